#include <fmt/format.h>

#include <cmath>

#include "reports/recommend_views.hpp"

namespace roofbeam {
namespace {

// "precision" of "network.precision", "memory.DRAM.bandwidth" of "platform.memory.DRAM.bandwidth".
std::string_view short_name(std::string_view axis) {
  for (const std::string_view room : {"network.", "platform.", "runtime.", "run."}) {
    if (axis.starts_with(room)) return axis.substr(room.size());
  }
  return axis;
}

bool speaks_for_itself(std::string_view axis) {
  return axis == "network" || axis == "platform" || axis == "runtime";
}

std::string miss_text(const Requirement& requirement, double value, double by) {
  const std::string metric(to_text(requirement.metric));
  if (std::isnan(by)) return metric + " is not known";
  const auto sign = [&] {
    switch (requirement.relation) {
      case Relation::at_most:
        return ">";
      case Relation::less:
        return ">=";
      case Relation::at_least:
        return "<";
      case Relation::more:
        return "<=";
    }
    return "";
  }();
  std::string text = fmt::format("{} {} {} {}", metric, to_text(requirement.metric, value), sign,
                                 to_text(requirement.metric, requirement.bound));
  if (!std::isfinite(by)) return text;
  constexpr double kManyTimes = 9;
  if (by >= kManyTimes) return text + fmt::format(", {:.0f} times as much", by + 1);
  return text +
         fmt::format(", {:.3g} % {}", 100 * by, requirement.bounds_above() ? "over" : "short");
}

}  // namespace

std::string case_name(const CaseTable& table, std::size_t row) {
  std::string text;
  for (const std::size_t axis : table.varying()) {
    if (table.values[axis][row] == CaseTable::kNone) continue;
    const std::string& name = table.axes[axis].name;
    if (!text.empty()) text += ", ";
    if (!speaks_for_itself(name)) text += fmt::format("{} ", short_name(name));
    text += table.text(axis, row);
  }
  return text.empty() ? fmt::format("case {}", table.index[row]) : text;
}

std::vector<std::string> reasons_out(const CaseTable& table, std::size_t row) {
  std::vector<std::string> reasons;
  for (std::size_t r = 0; r < table.requirements.size(); ++r) {
    const double by = table.missed[r][row];
    if (by == 0) continue;
    const Requirement& requirement = table.requirements[r];
    reasons.push_back(miss_text(requirement, table.column(requirement.metric)[row], by));
  }
  if (table.must_fit && table.fits[row] == 0) {
    const std::int32_t reason = table.fits_reason[row];
    reasons.push_back(reason == CaseTable::kNone
                          ? "does not fit"
                          : "does not fit: " + table.reasons[static_cast<std::size_t>(reason)]);
  }
  return reasons;
}

}  // namespace roofbeam
