// Doubles as ranks: all that dominance needs of them is their order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace roofbeam::pareto {

using Rank = std::uint32_t;

// Positions of the values, times the sign (1 or -1), in ascending order, equal ones (-0 and 0, too)
// in order of position. By radix sort of the bits, 11 at a time, digits that are the same in all
// values skipped. REQUIRES: no NaN, fewer than 2^32 values.
[[nodiscard]] std::vector<Rank> sorted_order(std::span<const double> values, double sign = 1);

// One rank a value: 0 for the smallest, equal values equal, no rank left out.
struct Ranks {
  std::vector<Rank> rank;
  Rank distinct = 0;
};
[[nodiscard]] Ranks ranks_of(std::span<const double> values);

}  // namespace roofbeam::pareto
