// Tables of cases, made by hand.
#pragma once

#include <string>
#include <vector>

#include "scenarios/case_table.hpp"
#include "scenarios/recommendation.hpp"

namespace roofbeam::testing {

struct MadeCase {
  std::string network;
  std::string platform;
  double latency = 0;
  double energy = 0;
  double accuracy = 0;
  double deviation = 0;  // of latency and energy
  bool fits = true;
};

inline std::int32_t value_of(CaseTable::Axis& axis, const std::string& text) {
  for (std::size_t i = 0; i < axis.values.size(); ++i) {
    if (axis.values[i] == text) return static_cast<std::int32_t>(i);
  }
  axis.values.push_back(text);
  return static_cast<std::int32_t>(axis.values.size()) - 1;
}

// Axes network and platform; indices count from 0.
inline CaseTable case_table(const std::vector<MadeCase>& cases,
                            const std::string& requirements = "") {
  CaseTable table;
  table.axes = {{"network", {}}, {"platform", {}}};
  table.values.resize(2);
  table.reasons = {"all in SRAM", "weights need 3.38 MiB, flash has 2.00 MiB"};
  for (auto& column : table.metrics) {
    column.resize(cases.size(), std::numeric_limits<double>::quiet_NaN());
  }
  for (std::size_t row = 0; row < cases.size(); ++row) {
    const MadeCase& one = cases[row];
    table.index.push_back(static_cast<std::int64_t>(row));
    table.values[0].push_back(value_of(table.axes[0], one.network));
    table.values[1].push_back(value_of(table.axes[1], one.platform));
    table.metrics[static_cast<std::size_t>(Metric::latency)][row] = one.latency;
    table.metrics[static_cast<std::size_t>(Metric::energy)][row] = one.energy;
    table.metrics[static_cast<std::size_t>(Metric::accuracy)][row] = one.accuracy;
    table.latency_deviation.push_back(one.deviation);
    table.energy_deviation.push_back(one.deviation);
    table.fits.push_back(one.fits ? 1 : 0);
    table.fits_reason.push_back(one.fits ? 0 : 1);
    table.on_frontier.push_back(0);
    table.twins.push_back(0);
  }
  if (!requirements.empty()) require(table, parse_requirements(requirements));
  return table;
}

}  // namespace roofbeam::testing
