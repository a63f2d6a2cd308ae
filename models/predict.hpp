// Workload + Platform -> Prediction. Pure: the same inputs give the same bits, whatever the number
// of threads that the caller runs.
#pragma once

#include "models/prediction.hpp"
#include "models/workload.hpp"

namespace roofbeam {

// `engine` is one of platform.engines, `runtime` the one that the workload was lowered for.
[[nodiscard]] Prediction predict(const Workload& workload, const Platform& platform,
                                 const Engine& engine, const Runtime& runtime);

}  // namespace roofbeam
