#include <cmath>

#include "reports/csv.hpp"
#include "reports/sweep_views.hpp"

namespace roofbeam {
namespace {

std::string flag(bool value) { return value ? "true" : "false"; }

std::string header(const CaseTable& table) {
  std::vector<std::string> cells = {"case"};
  for (const auto& axis : table.axes) cells.push_back(axis.name);
  for (const auto& kind : metric_kinds()) cells.emplace_back(kind.column);
  cells.insert(cells.end(), {"latency_deviation", "energy_deviation", "fits", "fits_reason"});
  for (const auto& requirement : table.requirements) {
    cells.push_back("missed " + requirement.text);
  }
  cells.insert(cells.end(), {"feasible", "on_frontier", "twins"});
  return csv_line(cells);
}

}  // namespace

std::string sweep_csv(const CaseTable& table) {
  std::string text = header(table);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::vector<std::string> cells = {std::to_string(table.index[row])};
    for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
      const bool acts = table.values[axis][row] != CaseTable::kNone;
      cells.emplace_back(acts ? table.text(axis, row) : "");
    }
    for (const auto& column : table.metrics) cells.push_back(csv_number(column[row]));
    cells.push_back(csv_number(table.latency_deviation[row]));
    cells.push_back(csv_number(table.energy_deviation[row]));
    cells.push_back(flag(table.fits[row] != 0));
    cells.push_back(table.reasons[static_cast<std::size_t>(table.fits_reason[row])]);
    for (const auto& column : table.missed) cells.push_back(csv_number(column[row]));
    cells.push_back(flag(table.feasible(row)));
    cells.push_back(flag(table.on_frontier[row] != 0));
    cells.push_back(std::to_string(table.twins[row]));
    text += csv_line(cells);
  }
  return text;
}

}  // namespace roofbeam
