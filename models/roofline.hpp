// Time of every kernel call under all its roofs: compute, each memory level, dispatch.
//
// Williams, Waterman and Patterson, "Roofline: An Insightful Visual Performance Model for Multicore
// Architectures", CACM 52(4), 2009, with one roof per memory level (Ilic, Pratas and Sousa,
// "Cache-aware Roofline model", IEEE CAL 13(1), 2014) and a compute roof per kernel:
//
//   compute  = macs x mac_factor / (peak(1 core) x speedup x tile_use x efficiency)
//            + vector instructions / (pipes x lanes x clock x speedup x vector_efficiency)
//            + passes x bytes of operands and scratch / (pipes x vector bytes x clock x speedup)
//            + cycles x elements of the results / (clock x speedup)
//              all of it / (1 + (issue - 1) x pairing)
//   loads    = bytes / bandwidth of the nearest level
//   kernel   = max(compute, loads) + (1 - overlap) x min(compute, loads)
//   memory   = max over the levels behind it of bytes / bandwidth
//   latency  = max(kernel, memory) + (1 - overlap) x min(kernel, memory) + overhead
//
// On a GPU, where the runtime states `shaders`, the peak is that of the precision that they
// calculate in, times what they reach on its architecture, times its busy lanes
// (models/occupancy.hpp); bandwidths are times the share that their accesses reach, and what they
// load from caches is in their efficiency. The first call's overhead has the one submission of an
// inference, a call on the host two more.
//
// speedup = 1 / (serial + (1 - serial) / cores with work) (Amdahl, AFIPS 1967).
#pragma once

#include <vector>

#include "models/call_cost.hpp"
#include "models/traffic.hpp"
#include "models/workload.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

struct CallTime {
  double tile_use = 1;
  double cores_used = 1;
  double compute_s = 0;
  std::vector<double> level_s;  // one a level of the traffic
  double memory_s = 0;          // the slowest level behind the nearest
  double overhead_s = 0;        // dispatch + launch, fork if several threads work, submit
  double latency_s = 0;
};

// A memory level as a roof.
struct LevelRoof {
  double bandwidth = 0;  // bytes/s
  bool nearest = false;  // see above
  bool cache = false;
};

// One row a call; one roof a level of `traffic`. What does not depend on rates is in
// models/call_cost.hpp.
[[nodiscard]] std::vector<CallTime> time_calls(const Workload& workload, const Traffic& traffic,
                                               const std::vector<LevelRoof>& roofs,
                                               const Engine& engine, const Runtime& runtime);

}  // namespace roofbeam
