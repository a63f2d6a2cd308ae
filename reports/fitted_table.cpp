#include "reports/fitted_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace roofbeam {
namespace {

constexpr std::size_t kGap = 2;

std::size_t width_of(const FittedColumn& column) {
  std::size_t width = display_width(column.column.title);
  for (const auto& cell : column.cells) width = std::max(width, display_width(cell));
  return width;
}

using Columns = std::vector<const FittedColumn*>;

std::size_t total(const Columns& columns) {
  std::size_t width = columns.empty() ? 0 : kGap * (columns.size() - 1);
  for (const auto* column : columns) width += width_of(*column);
  return width;
}

Table table_of(const Columns& columns) {
  std::vector<Column> heads;
  for (const auto* column : columns) heads.push_back(column->column);
  Table table(heads);
  for (std::size_t row = 0; !columns.empty() && row < columns.front()->cells.size(); ++row) {
    std::vector<std::string> cells;
    for (const auto* column : columns) cells.push_back(column->cells[row]);
    table.add(cells);
  }
  return table;
}

Columns all_of(const std::vector<FittedColumn>& columns) {
  Columns all;
  for (const auto& column : columns) all.push_back(&column);
  return all;
}

}  // namespace

FittedTable fitted(std::vector<FittedColumn> columns, std::size_t width) {
  Columns shown = all_of(columns);
  if (total(shown) > width) {
    for (auto& column : columns) {
      if (!column.short_title.empty()) column.column.title = column.short_title;
    }
  }
  while (total(shown) > width) {
    const auto next =
        std::ranges::max_element(shown, {}, [](const auto* column) { return column->rank; });
    if (next == shown.end() || (*next)->rank == 0) break;
    shown.erase(next);
  }
  FittedTable table{table_of(shown), {}};
  for (const auto& column : columns) {
    const bool is_shown = std::ranges::find(shown, &column) != shown.end();
    if (!is_shown) table.left_out.push_back(column.column.title);
  }
  return table;
}

std::string left_out_text(const FittedTable& table, std::size_t width, std::string_view remedy) {
  if (table.left_out.empty()) return "";
  return fmt::format("Left out to fit {} columns: {}{}.", width, fmt::join(table.left_out, ", "),
                     remedy);
}

}  // namespace roofbeam
