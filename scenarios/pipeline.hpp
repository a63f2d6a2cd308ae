// What each stage of a pipeline did: the cases of a table along its axis `stage`.
//
// Sizes, times and energies multiply, so a stage's part of the whole is log(after / before) over
// log(last / first): parts sum to 1, and swapping two stages that do not act on each other swaps
// their parts. The accuracy is a share: its changes add up.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "scenarios/case_table.hpp"

namespace roofbeam {

// One value a metric; NaN where it is not known or there is nothing before.
using PerMetric = std::array<double, kMetrics>;

struct PipelineStage {
  std::string name;
  Metrics metrics;
  PerMetric change{};  // after / before; of the accuracy after - before
  PerMetric part{};    // of the whole change; NaN where the whole is none
  bool fits = true;
  std::string fits_reason;
};

struct PipelineCheck {
  std::string requirement;
  double missed_by = 0;  // 0: met; NaN: its metric is not known
};

struct Pipeline {
  std::string where;                  // values of the other axes that vary: "apple-m1, fp16"
  std::vector<PipelineStage> stages;  // the first is what it starts from
  PerMetric whole{};                  // last / first; of the accuracy last - first
  std::vector<PipelineCheck> checks;  // after the last stage
};

// One for each combination of the other axes, in the table's order; none without an axis `stage`.
// Stages without a row (impossible, excluded) are left out.
[[nodiscard]] std::vector<Pipeline> pipelines(const CaseTable& table);

}  // namespace roofbeam
