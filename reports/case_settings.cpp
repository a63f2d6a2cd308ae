#include "reports/case_settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "core/quantity/text.hpp"
#include "scenarios/recommendation.hpp"

namespace roofbeam {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t dot = path.find('.');
    parts.push_back(path.substr(0, dot));
    if (dot == path.npos) return parts;
    path.remove_prefix(dot + 1);
  }
}

bool is_number(std::string_view word) { return word.find_first_not_of("0123456789") == word.npos; }

bool is_room(std::string_view word) {
  return word == "network" || word == "platform" || word == "runtime" || word == "run";
}

std::string last_parts(const std::vector<std::string_view>& parts, std::size_t count) {
  return fmt::format("{}",
                     fmt::join(parts.end() - static_cast<std::ptrdiff_t>(count), parts.end(), "."));
}

}  // namespace

std::string short_axis_name(const CaseTable& table, std::size_t axis, bool shortest) {
  const std::string& name = table.axes[axis].name;
  const auto parts = parts_of(name);
  if (parts.size() < 2 || !is_room(parts.front())) return printable(name);
  const auto stands_for_others = [&](const std::string& end) {
    return std::ranges::any_of(table.axes, [&](const CaseTable::Axis& other) {
      return other.name != name && ("." + other.name).ends_with("." + end);
    });
  };
  std::size_t count = shortest || parts.size() == 2 ? 1 : 2;
  if (count == 2 && is_number(parts[parts.size() - 2])) ++count;  // "engines.0.clock"
  while (count < parts.size() && stands_for_others(last_parts(parts, count))) ++count;
  return printable(last_parts(parts, std::min(count, parts.size())));
}

std::string constants_text(const CaseTable& table, const std::vector<std::size_t>& rows) {
  const auto varying = differing_axes(table, rows);
  std::vector<std::string> parts;
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    const bool acts = table.values[axis][rows.front()] != CaseTable::kNone;
    if (!acts || std::ranges::find(varying, axis) != varying.end()) continue;
    parts.push_back(
        fmt::format("{} {}", table.axes[axis].name, printable(table.text(axis, rows.front()))));
  }
  return parts.empty() ? "" : fmt::format("All: {}", fmt::join(parts, ", "));
}

std::vector<FittedColumn> CaseSettings::columns() const {
  FittedColumn number{{"case", Align::right}, "", 0, {}};
  for (const std::size_t row : rows_) number.cells.push_back(grouped(table_.index[row]));
  std::vector<FittedColumn> columns = {std::move(number)};
  for (const std::size_t axis : axes_) {
    FittedColumn column{{short_axis_name(table_, axis, false)},
                        short_axis_name(table_, axis, true),
                        columns.size(),
                        {}};
    for (const std::size_t row : rows_) column.cells.push_back(cell(axis, row));
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<std::string> CaseSettings::legend(const FittedTable& shown) const {
  std::vector<std::string> lines;
  for (const std::size_t axis : axes_) {
    const std::string name = short_axis_name(table_, axis, true);
    if (std::ranges::find(shown.left_out, name) != shown.left_out.end()) continue;
    std::map<std::int32_t, std::string_view> seen;
    for (const std::size_t row : rows_) {
      if (is_long(axis, row)) seen[table_.values[axis][row]] = table_.text(axis, row);
    }
    for (const auto& [value, words] : seen) {
      lines.push_back(fmt::format("{} #{}: {}", short_axis_name(table_, axis, true), value + 1,
                                  printable(words)));
    }
  }
  return lines;
}

bool CaseSettings::is_long(std::size_t axis, std::size_t row) const {
  constexpr std::size_t kLongest = 24;
  return display_width(table_.text(axis, row)) > kLongest;
}

std::string CaseSettings::cell(std::size_t axis, std::size_t row) const {
  if (is_long(axis, row)) return fmt::format("#{}", table_.values[axis][row] + 1);
  return printable(table_.text(axis, row));
}

void add_settings(Document& document, const CaseTable& table, std::int64_t more,
                  std::size_t width) {
  std::vector<std::size_t> rows(table.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::vector<std::size_t> axes(table.axes.size());
  std::iota(axes.begin(), axes.end(), std::size_t{0});
  const CaseSettings settings(table, rows, axes);
  const FittedTable list = fitted(settings.columns(), width);
  document.table(list.table);
  std::vector<std::string> notes = settings.legend(list);
  if (more > 0) notes.insert(notes.begin(), fmt::format("{} more", grouped(more)));
  notes.push_back(left_out_text(list, width));
  document.bullets("", std::move(notes));
}

}  // namespace roofbeam
