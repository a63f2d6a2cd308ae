// What a sweep leaves: cases as columns, with what they were judged by. No Prediction in it, so
// that tables that somebody else made (CSV) are the same thing.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/metric.hpp"
#include "scenarios/requirement.hpp"

namespace roofbeam {

// How many cases there were, and what became of them.
struct CaseCounts {
  std::int64_t all = 0;         // the product of the axes
  std::int64_t excluded = 0;    // by `exclude` rules
  std::int64_t repeated = 0;    // an axis does not act on them: its first value stands for all
  std::int64_t impossible = 0;  // no runtime, no instructions ...: see why_impossible
  std::int64_t forecast = 0;    // what is left
  std::int64_t unfit = 0;       // forecast, but they do not fit into the platform's memory
  std::int64_t feasible = 0;    // forecast, and all requirements are met
  std::int64_t unknown = 0;     // feasible, but an objective's metric is not known
  std::map<std::string, std::int64_t> why_impossible;  // reason -> cases
  std::vector<std::int64_t> failed;                    // one a requirement: cases that miss it
  std::map<std::string, std::int64_t> unknown_of;      // metric -> cases that it is unknown of

  CaseCounts& operator+=(const CaseCounts& other);
};

struct CaseTable {
  static constexpr std::int32_t kNone = -1;

  struct Axis {
    std::string name;  // "network", "platform", "runtime", "stage", or as `vary` has it
    std::vector<std::string> values;
  };

  std::string scenario;
  std::string title;
  std::vector<Axis> axes;  // the first is "network", the second "platform"
  std::vector<Objective> objectives;
  std::vector<Requirement> requirements;  // one that holds for some cases says so in its text
  bool must_fit = true;
  CaseCounts counts;  // of the whole sweep, whatever rows are kept

  // One row a case, in ascending order of the index.
  std::vector<std::int64_t> index;                // in the product of the axes, the last fastest
  std::vector<std::vector<std::int32_t>> values;  // [axis][row]: of Axis::values; kNone: no effect
  std::array<std::vector<double>, kMetrics> metrics;  // SI units; NaN where not known
  std::vector<double> latency_deviation;              // of the logarithms: see LogError
  std::vector<double> energy_deviation;
  std::vector<std::uint8_t> fits;           // 1 or 0
  std::vector<std::int32_t> fits_reason;    // of `reasons`
  std::vector<std::string> reasons;         // why a case fits, or why not
  std::vector<std::vector<double>> missed;  // [requirement][row]: Requirement::missed_by; 0: met
  std::vector<std::uint8_t> on_frontier;    // of feasible cases
  std::vector<std::int64_t> twins;          // further cases equal in every objective; else 0

  [[nodiscard]] std::size_t rows() const { return index.size(); }
  [[nodiscard]] const std::vector<double>& column(Metric metric) const {
    return metrics[static_cast<std::size_t>(metric)];
  }
  // Meets all requirements, and fits if it must. A requirement on an unknown metric is not met.
  [[nodiscard]] bool feasible(std::size_t row) const;
  // "fp16" for axis 2; "-" where the axis does not act.
  [[nodiscard]] std::string_view text(std::size_t axis, std::size_t row) const;
  // The axis with a name, or nothing.
  [[nodiscard]] const Axis* axis(std::string_view name) const;
  // Axes that take more than one value in the rows that are here.
  [[nodiscard]] std::vector<std::size_t> varying() const;

  // Rows of both, which must have the same axes, objectives and requirements.
  void append(const CaseTable& other);
  void sort_by_index();
};

}  // namespace roofbeam
