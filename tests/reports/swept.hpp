// A sweep by hand: three cases on the frontier, one that is beaten, one that does not fit.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "scenarios/case_table.hpp"

namespace roofbeam::testing {

struct SweptCase {
  std::int64_t index;
  std::vector<std::int32_t> values;
  double latency;  // s
  double energy;   // J
  double memory;   // B
  double accuracy;
  bool on_frontier = false;
  std::int64_t twins = 0;
  bool fits = true;
};

inline void add_case(CaseTable& table, const SweptCase& one) {
  table.index.push_back(one.index);
  for (std::size_t axis = 0; axis < one.values.size(); ++axis) {
    table.values[axis].push_back(one.values[axis]);
  }
  Metrics metrics;
  metrics[Metric::latency] = one.latency;
  metrics[Metric::energy] = one.energy;
  metrics[Metric::memory] = one.memory;
  metrics[Metric::accuracy] = one.accuracy;
  for (std::size_t i = 0; i < kMetrics; ++i) table.metrics[i].push_back(metrics.values[i]);
  for (std::size_t i = 0; i < table.requirements.size(); ++i) {
    const Requirement& requirement = table.requirements[i];
    table.missed[i].push_back(requirement.missed_by(metrics[requirement.metric]));
  }
  table.latency_deviation.push_back(0.1);
  table.energy_deviation.push_back(0.2);
  table.fits.push_back(one.fits ? 1 : 0);
  table.fits_reason.push_back(one.fits ? 0 : 1);
  table.on_frontier.push_back(one.on_frontier ? 1 : 0);
  table.twins.push_back(one.twins);
}

// Five axes, of which the batch stands at one value and the bandwidth does not act on the board.
inline CaseTable swept_axes(const std::string& requirements) {
  CaseTable table;
  table.scenario = "ship";
  table.title = "Which one ships";
  table.axes = {{"network", {"full", "slim"}},
                {"platform", {"phone", "board"}},
                {"network.precision", {"fp32", "weights: int8, activations: fp16"}},
                {"platform.memory.DRAM.bandwidth", {"x1", "x2"}},
                {"run.batch", {"1"}}};
  table.objectives = parse_objectives("min latency, max accuracy");
  if (!requirements.empty()) table.requirements = parse_requirements(requirements);
  table.reasons = {"all in DRAM", "weights need 3.38 MiB, flash has 2.00 MiB"};
  table.values.resize(table.axes.size());
  table.missed.resize(table.requirements.size());
  table.counts.failed.resize(table.requirements.size());
  return table;
}

inline constexpr double kMiB = 1024.0 * 1024;

inline CaseTable swept() {
  CaseTable table = swept_axes("latency <= 10 ms, memory <= 8 MiB");
  add_case(table, {0, {0, 0, 0, 0, 0}, 0.008, 0.04, 4 * kMiB, 0.72, true});
  add_case(table, {1, {0, 0, 0, 1, 0}, 0.009, 0.05, 4 * kMiB, 0.72});
  add_case(table, {3, {0, 0, 1, 1, 0}, 0.002, 0.01, 2 * kMiB, 0.71, true, 2});
  add_case(table, {4, {0, 1, 0, CaseTable::kNone, 0}, 0.02, 0.01, 4 * kMiB, 0.72, false, 0, false});
  add_case(table, {14, {1, 1, 1, CaseTable::kNone, 0}, 0.001, 0.005, kMiB, 0.6, true});
  CaseCounts& counts = table.counts;
  counts.all = 16;
  counts.repeated = 4;
  counts.impossible = 2;
  counts.why_impossible = {{"no fp16 on 'cpu'", 2}};
  counts.forecast = 10;
  counts.unfit = 1;
  counts.failed = {1, 0};
  counts.feasible = 9;
  return table;
}

// No case meets what is asked.
inline CaseTable swept_in_vain() {
  CaseTable table = swept_axes("latency <= 1 ms, accuracy >= 80 %, memory <= 8 MiB");
  add_case(table, {0, {0, 0, 0, 0, 0}, 0.008, 0.04, 4 * kMiB, 0.72});
  add_case(table, {3, {0, 0, 1, 1, 0}, 0.002, 0.01, 2 * kMiB, 0.72});
  add_case(table,
           {4, {0, 1, 0, CaseTable::kNone, 0}, 0.0005, 0.01, 4 * kMiB, 0.8, false, 0, false});
  add_case(table,
           {5, {1, 0, 0, 0, 0}, 0.001, 0.01, 4 * kMiB, std::numeric_limits<double>::quiet_NaN()});
  CaseCounts& counts = table.counts;
  counts.all = counts.forecast = 4;
  counts.unfit = 1;
  counts.failed = {2, 3, 0};
  return table;
}

}  // namespace roofbeam::testing
