// The point of a frontier from which every way costs more than it gains.
#pragma once

#include <optional>
#include <span>

#include "scenarios/case_table.hpp"
#include "scenarios/frontier.hpp"

namespace roofbeam {

enum class KneeRule : std::uint8_t {
  bulge,    // the largest distance below the plane through the best points of each objective
  nearest,  // nothing lies below that plane, or there is none: nearest to the ideal
};

struct Knee {
  std::size_t point = 0;  // position in the frontier
  KneeRule rule = KneeRule::bulge;
  double distance = 0;  // below the plane, or from the ideal, in shares of the ranges
};

// Each objective is taken as a share of the frontier's range, 0 at the best and 1 at the worst;
// one in which all points are equal does not count, and a point with an infinity cannot be the
// knee. The plane goes through the points that are best in one objective each (Das, Structural
// Optimization 18, 1999: the bulge of normal boundary intersection). Of equal distances the first
// point wins. Nothing for a frontier without finite points or with one point only.
[[nodiscard]] std::optional<Knee> knee_of(const Frontier& frontier, std::span<const Sense> senses);
// Of the rows that are marked as the frontier; `point` is the row.
[[nodiscard]] std::optional<Knee> knee_of(const CaseTable& table);

}  // namespace roofbeam
