// Measured on one machine, wanted on another.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/forecaster.hpp"
#include "scenarios/statistics.hpp"

namespace roofbeam {

// What is known of one network on both machines.
struct ScalingRow {
  Forecast from;                        // measured on A, and its forecast there
  Prediction to;                        // forecast on B, uncalibrated
  std::optional<Measurement> measured;  // on B, where it was
  bool known = false;                   // the measurement on B was used
};

struct ScaledRow {
  ScalingRow row;
  Prediction forecast;                // on B, with what A and the known rows tell
  std::optional<Seconds> by_ratio;    // the constant ratio that people use by hand
  std::vector<MeasuredLayer> layers;  // A's measured layers, by the ratio of their forecasts
};

struct Scaling {
  std::vector<ScaledRow> rows;
  double ratio = 0;  // geometric mean of B / A over the known rows; without any, of the forecasts
  ErrorStatistics latency;   // of rows measured on B that were not used
  ErrorStatistics by_ratio;  // of the same rows
};

// What calibration finds on one device is believed to hold on another by this share: of a device's
// error, about a fifth is the runtime's (bench/accuracy prints what other shares give).
inline constexpr double kSharedError = 0.2;

// The forecasts on B start from A's calibration, as far as it is shared, and learn from the known
// rows on B. Without known rows the constant ratio is that of the forecasts' sums.
[[nodiscard]] Scaling scale(std::vector<ScalingRow> rows);

}  // namespace roofbeam
