#include "reports/plots/case_charts.hpp"

#include <fmt/format.h>

namespace roofbeam {

std::string case_values(const CaseTable& table, std::size_t row) {
  std::string text;
  for (const auto axis : table.varying()) {
    if (table.values[axis][row] == CaseTable::kNone) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", table.text(axis, row));
  }
  return text.empty() ? fmt::format("case {}", table.index[row]) : text;
}

std::string cases_title(const CaseTable& table, const std::string& what) {
  const std::string& name = table.title.empty() ? table.scenario : table.title;
  return name.empty() ? what : fmt::format("{}: {}", name, what);
}

}  // namespace roofbeam
