// "latency <= 33 ms": what a case must meet, and "min energy": what it is ranked by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/metric.hpp"

namespace roofbeam {

enum class Relation : std::uint8_t { less, at_most, more, at_least };
[[nodiscard]] std::string_view to_text(Relation);  // "<", "<=", ">", ">="

// A bound on one metric.
struct Requirement {
  Metric metric = Metric::latency;
  Relation relation = Relation::at_most;
  double bound = 0;  // SI units
  std::string text;  // as written, spaces made one

  // NaN meets nothing.
  [[nodiscard]] bool met_by(double value) const;
  // By what share of the bound a value misses it: 0.24 for 41 ms where 33 ms are allowed, 0 if it
  // is met, infinity where the bound is 0, NaN for NaN.
  [[nodiscard]] double missed_by(double value) const;
  [[nodiscard]] bool bounds_above() const {
    return relation == Relation::less || relation == Relation::at_most;
  }
};

// "METRIC RELATION VALUE", the relation one of < <= > >=. Throws InputError: the part that is wrong
// and what was expected.
[[nodiscard]] Requirement parse_requirement(std::string_view text);
// Several, separated by commas or "and".
[[nodiscard]] std::vector<Requirement> parse_requirements(std::string_view text);

// A metric to make small or large.
struct Objective {
  Metric metric = Metric::latency;
  Sense sense = Sense::smaller;
};
[[nodiscard]] std::string to_text(const Objective& objective);  // "min latency"
// "min METRIC", "max METRIC", or the metric alone in the sense in which it is better.
[[nodiscard]] Objective parse_objective(std::string_view text);
[[nodiscard]] std::vector<Objective> parse_objectives(std::string_view text);  // by commas

}  // namespace roofbeam
