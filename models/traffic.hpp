// Bytes that each kernel call moves at each memory level: the cache model.
//
// A level serves what the level before it does not hold. Inside a call, what is re-read follows
// from the kernel's blocking against the capacity of that level; between calls, a tensor is still
// there if no more bytes than the capacity were touched since (its reuse distance, after Mattson et
// al., "Evaluation techniques for storage hierarchies", IBM Systems Journal 9(2), 1970).
#pragma once

#include <string>
#include <vector>

#include "models/workload.hpp"

namespace roofbeam {

// A level as one call sees it.
struct TrafficLevel {
  double capacity = 0;   // bytes, of all its instances together
  double instances = 1;  // private copies: what all cores need is in each
};

// Where requests go. A path lists levels nearest first and ends in the memory that holds the data.
struct Hierarchy {
  std::vector<TrafficLevel> levels;
  std::vector<std::size_t> activation_path;
  std::vector<std::size_t> weight_path;
};

// Bytes at each level of the hierarchy, one row a call.
using Traffic = std::vector<std::vector<double>>;

// Whether a level is the first on a path: the kernel's own loads and stores go there.
[[nodiscard]] std::vector<bool> nearest_levels(const Hierarchy& hierarchy);

[[nodiscard]] Traffic find_traffic(const Workload& workload, const Hierarchy& hierarchy);

// The parts below are public for tests and reports.

// Operands of the matrix product behind a call, in bytes, all batch items together.
struct Operands {
  double activations = 0;  // read
  double weights = 0;      // read; for a product of two activations, the second one
  double results = 0;      // written
};

// Bytes that a call's operands move between the registers and the nearest level. A micro-kernel
// with an m x n tile loads each activation once per n columns and each weight once per m rows:
//   activations: batch m k ceil(n / tile.n),  weights: batch n k ceil(m / tile.m).
// A depthwise kernel slides along a row of the window, so it loads sqrt(k) values per result.
[[nodiscard]] Operands register_traffic(const KernelCall& call, const Operands& once,
                                        double element_bytes);

// Bytes that a call's operands move past a level of `capacity` bytes, from best to worst:
//   everything once, if all of it fits, or all weights and one row of tiles, or all activations and
//   one column of tiles;
//   else the cheaper of: weights once per block of rows that fills half the capacity, activations
//   once per block of columns that does (Goto and van de Geijn, "Anatomy of High-Performance Matrix
//   Multiplication", ACM TOMS 34(3), 2008, section 4).
[[nodiscard]] Operands blocked_traffic(const KernelCall& call, const Operands& once,
                                       double element_bytes, double capacity);

}  // namespace roofbeam
