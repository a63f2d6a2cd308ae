// The charts that there are, each from the plain data of its command.
#pragma once

#include <string>
#include <vector>

#include "models/prediction.hpp"
#include "reports/plots/plot.hpp"
#include "scenarios/validation.hpp"

namespace roofbeam {

// Multiply-adds a second over multiply-adds a byte of the engine's memory, both logarithmic: a roof
// for each level and precision in use, ridge points, kernel calls as circles whose areas are their
// shares of the latency, coloured by what bounds them.
[[nodiscard]] Plot roofline_plot(const Prediction& prediction);

// The costliest kernel calls, at most `top`, and all others together: time with its 80 % interval,
// coloured by what bounds them.
[[nodiscard]] Plot layers_plot(const Prediction& prediction, std::size_t top = 30);

// Where every activation lies in the arena, and when; live bytes and the peak.
[[nodiscard]] Plot memory_plot(const Prediction& prediction);

// Forecast over measured latency, both logarithmic, with bands of 10 and 20 %.
[[nodiscard]] Plot validation_plot(const Validation& validation);

}  // namespace roofbeam
