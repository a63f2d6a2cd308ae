// A sweep that several processes share.
#pragma once

#include "app/checkpoint.hpp"
#include "app/processes.hpp"
#include "scenarios/sweep.hpp"

namespace roofbeam::app {

// Positions are dealt out by rank; every process keeps the frontier of its own, and they are merged
// two by two. The first process gets what all have done, now and before; of the others each gets
// its own share. The result is the same, bit for bit, for any number of processes. What fails in
// one process ends all of them.
[[nodiscard]] SweepPart sweep_together(const Processes& processes, const CompiledScenario& compiled,
                                       SweepOptions options, const Checkpoint& checkpoint);

}  // namespace roofbeam::app
