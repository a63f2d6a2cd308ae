// Workload + Platform -> Prediction. Pure: the same inputs give the same bits, whatever the number
// of threads that the caller runs.
#pragma once

#include "models/calibration.hpp"
#include "models/prediction.hpp"
#include "models/workload.hpp"

namespace roofbeam {

// Sums layers; the total's bound is what bounds the largest share of the latency.
void add_totals(Prediction& prediction);

// A calibration scales the layers; without one, the profile's own errors give the intervals.
// `engine` is one of platform.engines, `runtime` the one that the workload was lowered for.
[[nodiscard]] Prediction predict(const Workload& workload, const Platform& platform,
                                 const Engine& engine, const Runtime& runtime,
                                 const Calibration* calibration = nullptr);

}  // namespace roofbeam
