// How much of a GPU a kernel call keeps busy.
//
// A GPU hides the latency of an instruction behind other invocations on the same lane. With few
// invocations - small feature maps, few channels - its lanes wait: a lane with x invocations runs
// at x / (x + h) of its rate, where h is the number at which it reaches half (Little's law with a
// soft knee; Volkov, "Better Performance at Lower Occupancy", GTC 2010, and "Understanding Latency
// Hiding on GPUs", UC Berkeley 2016, chapter 4).
//
//   invocations = batch x ceil(m / tile.m) x ceil(n / tile.n): each computes one tile
//   busy        = invocations / (invocations + half x lanes)
#pragma once

#include "models/workload.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

// Tiles of the output; the channels of a depthwise kernel are its columns.
[[nodiscard]] double tiles_of(const KernelCall& call);

// float32 lanes of so many cores.
[[nodiscard]] double lanes_of(const Engine& engine, int cores);

// Share of the lanes' rate, within 0 and 1; 1 for calls without MACs and without `occupancy`.
[[nodiscard]] double busy_lanes(const KernelCall& call, const Shaders& shaders,
                                const Engine& engine, int cores);

}  // namespace roofbeam
