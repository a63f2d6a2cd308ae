// How far an engine is used: its multiply-add units, its caches, its memory bandwidths.
//
//   simd    = sum over calls of MACs / peak at the precision they calculate in, over the latency
//   caches  = 1 - bytes that pass all caches / bytes that the kernels ask the nearest cache for
//   level   = bytes / (bandwidth for the cores in use x latency)
//
// Peak and bandwidths are what the platform states, so that shares of different runtimes compare.
// The first is the "percentage of peak" of the roofline model (Williams, Waterman and Patterson,
// CACM 52(4), 2009), the last its counterpart under the slanted roofs. A share of a cluster's peak
// counts the cores in use, not those that rest.
#pragma once

#include "models/prediction.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

// Requires a whole prediction of this platform, engine and runtime. Shares are 0 where nothing
// takes time.
[[nodiscard]] Utilisation utilisation_of(const Prediction& prediction, const Platform& platform,
                                         const Engine& engine, const Runtime& runtime);

}  // namespace roofbeam
