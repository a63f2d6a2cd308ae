// What a kernel call asks of one core of an engine, before any rate is known: everything about its
// time that neither clock nor peak nor bandwidth changes.
//
//   compute = cycle x (multiplies / MACs per cycle + vectors / vector_efficiency + cycles)
//
// with `cycle` of models/rates.hpp. Depends on pipes, vector width, cores in use and on what the
// runtime's kernels reach of them.
#pragma once

#include <vector>

#include "models/workload.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

// Share of useful work after every dimension is rounded up to the tile: 1 if all are multiples. The
// channels of a depthwise kernel are its columns.
[[nodiscard]] double tile_use(const KernelCall& call);

// Cores that have work on average, when a call's tiles are dealt out to `cores`: 9 tiles on 4
// cores take 3 rounds, so 3 cores are busy on average. Calls without MACs share perfectly.
[[nodiscard]] double cores_with_work(const KernelCall& call, int cores);

struct CallCost {
  double tile_use = 1;
  double cores_used = 1;
  Precision arithmetic = Precision::fp32;  // whose MACs per cycle count
  double multiplies = 0;  // MACs that one core would do in that time, waste included
  double vectors = 0;     // cycles of vector arithmetic, were every vector slot filled
  double cycles = 0;      // of passes over operands and of what no vector shortens
};

// One a call.
[[nodiscard]] std::vector<CallCost> cost_calls(const Workload& workload, const Engine& engine,
                                               const Runtime& runtime);

// How often a call pays for being started, all runs.
struct Starts {
  double dispatches = 0;
  double submits = 0;  // hand-overs to the engine: one an inference, two more a call on the host
};
[[nodiscard]] Starts starts_of(const KernelCall& call, bool first);
// Whether several threads share each call.
[[nodiscard]] bool forks(const Workload& workload, const Engine& engine);

}  // namespace roofbeam
