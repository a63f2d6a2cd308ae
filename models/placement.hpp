// Where a workload lies on a platform: which memory holds its activations and its weights, and
// which levels requests to them pass.
#pragma once

#include <vector>

#include "models/roofline.hpp"
#include "models/traffic.hpp"
#include "models/workload.hpp"
#include "platforms/platform.hpp"

namespace roofbeam {

struct Placed {
  std::vector<const MemoryLevel*> levels;  // that serve the engine, nearest first
  const MemoryLevel* activations = nullptr;
  const MemoryLevel* weights = nullptr;
  Hierarchy hierarchy;        // of the same levels
  std::vector<bool> nearest;  // the kernel's own loads and stores go there
};

// Each goes to the nearest memory of its sort with room, or to the largest one if none has; weights
// get what activations leave. Depends on sizes, never on bandwidths. The platform must outlive the
// result.
[[nodiscard]] Placed place(const Workload& workload, const Platform& platform,
                           const Engine& engine);

// One roof a level, for the workload's threads.
[[nodiscard]] std::vector<LevelRoof> roofs_of(const Placed& placed, int cores);

}  // namespace roofbeam
