// How much a frontier covers: the volume between its points and a reference point that is worse,
// in the product of the objectives' units. The larger, the better the frontier; it grows with every
// point that no other beats (Zitzler and Thiele, PPSN V, 1998).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/frontier.hpp"

namespace roofbeam {

// Exact. In two objectives a sum, in three a sweep over a staircase (Fonseca, Paquete and
// Lopez-Ibanez, CEC 2006; O(n log n)), in more by exclusive volumes, one objective less with each
// point (WFG: While, Bradstreet and Barone, IEEE Transactions on Evolutionary Computation 16(1),
// 2012), which is O(n^2 log n) in four and grows about n-fold with each further objective.
//
// Points that are not better than the reference in every objective add nothing. Infinite where a
// point that counts is infinitely good. REQUIRES: as many senses and reference values as
// objectives, none NaN.
[[nodiscard]] double hypervolume(const Frontier& frontier, std::span<const Sense> senses,
                                 std::span<const double> reference);

// What the volume may take: about points^(objectives - 2) steps, as a count. One that takes over
// 10^9 is for people who ask for it.
[[nodiscard]] double hypervolume_steps(const Frontier& frontier);

// The best and the worst value of each objective among the frontier's points, infinite ones apart;
// NaN where there is none.
struct FrontierRange {
  std::vector<double> best;
  std::vector<double> worst;
};
[[nodiscard]] FrontierRange range_of(const Frontier& frontier, std::span<const Sense> senses);

}  // namespace roofbeam
