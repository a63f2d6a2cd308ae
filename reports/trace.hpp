// Predictions as a timeline in the trace event format of Chrome, which Perfetto and
// chrome://tracing open ("Trace Event Format", Google, 2016).
#pragma once

#include <string>
#include <vector>

#include "models/prediction.hpp"

namespace roofbeam {

// One process a prediction; its calls one after another on one track, what each spends in compute,
// at each memory level and in dispatch on tracks below, the average power as a counter. In which
// order a call does these is not forecast: compute and levels begin with it, dispatch ends with it.
// Times in microseconds from the start of the inference.
[[nodiscard]] std::string predict_trace(const std::vector<Prediction>& predictions);

}  // namespace roofbeam
