#include "reports/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <set>

namespace roofbeam {
namespace {

constexpr std::string_view kGap = "  ";
constexpr std::size_t kAnyWidth = static_cast<std::size_t>(-1);
constexpr std::size_t kNarrowestName = 12;    // a shortened column keeps at least this,
constexpr std::size_t kComfortableName = 20;  // this where the table goes on below anyway
constexpr std::size_t kNarrowestWords = 24;   // and a wrapped one this
// Of a shortened name's beginning: mostly the end tells names apart, but not always.
constexpr std::array kShares = {1.0 / 3, 1.0 / 2, 2.0 / 3, 0.85, 0.15};

std::size_t total(const std::vector<std::size_t>& widths) {
  const std::size_t gaps = widths.empty() ? 0 : (widths.size() - 1) * kGap.size();
  return std::accumulate(widths.begin(), widths.end(), gaps);
}

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    longest = std::max(longest, display_width(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

// Takes one column after another from the widest until the table fits or all are at their least.
void narrow(std::vector<std::size_t>& widths, const std::vector<std::size_t>& least,
            std::size_t width) {
  for (std::size_t excess = total(widths); excess > width; --excess) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] <= least[i]) continue;
      if (widest == widths.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == widths.size()) return;
    --widths[widest];
  }
}

struct Cell {
  std::vector<std::string> lines;
  Style style = Style::plain;
  Align align = Align::left;
};

// One line of a row; spaces are outside of what is painted.
std::string line_of(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                    std::size_t line, const Terminal& terminal) {
  std::string text;
  std::size_t spaces = 0;  // due before the next word
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    const std::string& words = line < cell.lines.size() ? cell.lines[line] : std::string();
    const std::size_t used = display_width(words);
    const std::size_t pad = widths[i] > used ? widths[i] - used : 0;
    if (i > 0) spaces += kGap.size();
    if (cell.align == Align::right) spaces += pad;
    const std::size_t end = words.find_last_not_of(' ') + 1;  // 0 where there is nothing to see
    if (end > 0) {
      text += std::string(spaces, ' ') + paint(words.substr(0, end), cell.style, terminal);
      spaces = 0;
    }
    spaces += words.size() - end;
    if (cell.align == Align::left) spaces += pad;
  }
  return text + '\n';
}

std::string row_text(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                     const Terminal& terminal) {
  std::size_t height = 1;
  for (const Cell& cell : cells) height = std::max(height, cell.lines.size());
  std::string text;
  for (std::size_t line = 0; line < height; ++line) text += line_of(cells, widths, line, terminal);
  return text;
}

// Titles stand on the rows: short ones have empty lines above.
void sink(std::vector<Cell>& titles) {
  std::size_t height = 1;
  for (const Cell& title : titles) height = std::max(height, title.lines.size());
  for (Cell& title : titles) {
    title.lines.insert(title.lines.begin(), height - title.lines.size(), "");
  }
}

}  // namespace

void Table::add(std::vector<Span> cells) {
  assert(cells.size() == columns_.size());
  for (Span& cell : cells) cell.text = printable(cell.text);
  rows_.push_back(std::move(cells));
}

std::size_t Table::widest_cell(std::size_t column) const {
  std::size_t widest = 0;
  for (const auto& row : rows_) widest = std::max(widest, display_width(row[column].text));
  return widest;
}

std::size_t Table::different(std::size_t column, std::size_t width, double share) const {
  std::set<std::string> names;
  for (const auto& row : rows_) {
    const std::string& name = row[column].text;
    names.insert(width == 0 ? name : shortened(name, width, share));
  }
  return names.size();
}

double Table::best_share(std::size_t column, std::size_t width) const {
  double best = kShares.front();
  std::size_t most = 0;
  for (const double share : kShares) {
    const std::size_t names = different(column, width, share);
    if (names <= most) continue;
    most = names;
    best = share;
  }
  return best;
}

std::size_t Table::narrowest_name(std::size_t column, std::size_t least) const {
  const std::size_t widest = widest_cell(column);
  const std::size_t all = different(column, 0, 0);
  for (std::size_t width = least; width < widest; ++width) {
    if (different(column, width, best_share(column, width)) == all) return width;
  }
  return widest;
}

std::size_t Table::narrowest(std::size_t column, std::size_t name) const {
  std::size_t cells = widest_cell(column);
  if (columns_[column].shortens) cells = narrowest_name(column, name);
  if (columns_[column].wraps) {
    std::size_t words = kNarrowestWords;
    for (const auto& row : rows_) words = std::max(words, longest_word(row[column].text));
    cells = std::min(cells, words);
  }
  return std::max(cells, longest_word(columns_[column].title));
}

std::vector<Table::Part> Table::parts(std::size_t width) const {
  Part all(columns_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (total(widths(all, kAnyWidth)) <= width) return {all};
  auto parts = this->parts(width, kNarrowestName);
  return parts.size() < 2 ? parts : this->parts(width, kComfortableName);
}

std::vector<Table::Part> Table::parts(std::size_t width, std::size_t name) const {
  std::vector<Part> parts = {{}};
  std::vector<std::size_t> taken;
  for (std::size_t i = 0; i < columns_.size();) {
    Part group = {i};  // a column without a title belongs to the one before
    while (++i < columns_.size() && columns_[i].title.empty()) group.push_back(i);
    for (const std::size_t column : group) taken.push_back(narrowest(column, name));
    if (total(taken) > width && parts.back().size() > 1) {
      parts.push_back({0});
      taken = {narrowest(0, name)};
      for (const std::size_t column : group) taken.push_back(narrowest(column, name));
    }
    parts.back().insert(parts.back().end(), group.begin(), group.end());
  }
  return parts;
}

std::vector<std::size_t> Table::widths(const Part& part, std::size_t width) const {
  std::vector<std::size_t> widths;
  std::vector<std::size_t> narrow_titles;
  std::vector<std::size_t> least;
  for (const std::size_t i : part) {
    const std::size_t cells = widest_cell(i);
    widths.push_back(std::max(display_width(columns_[i].title), cells));
    narrow_titles.push_back(std::max(longest_word(columns_[i].title), cells));
  }
  if (total(widths) <= width) return widths;
  narrow(widths, narrow_titles, width);
  for (const std::size_t i : part) least.push_back(narrowest(i, kNarrowestName));
  narrow(widths, least, width);
  return widths;
}

// The column's cells as lines of at most so many columns.
std::vector<std::vector<std::string>> Table::lines(std::size_t column, std::size_t width) const {
  std::vector<std::vector<std::string>> lines;
  const bool shortens = columns_[column].shortens && widest_cell(column) > width;
  const double share = shortens ? best_share(column, width) : 0;
  for (const auto& row : rows_) {
    const std::string& text = row[column].text;
    if (columns_[column].wraps) {
      lines.push_back(wrapped_lines(text, width));
    } else {
      lines.push_back({shortens ? shortened(text, width, share) : text});
    }
  }
  return lines;
}

std::string Table::part_text(const Part& part, const Terminal& terminal) const {
  const auto widths = this->widths(part, terminal.width);
  std::vector<Cell> titles;
  std::vector<std::vector<std::vector<std::string>>> cells_of;  // by column, row and line
  for (std::size_t i = 0; i < part.size(); ++i) {
    const Column& column = columns_[part[i]];
    titles.push_back({wrapped_lines(column.title, widths[i]), Style::heading, column.align});
    cells_of.push_back(lines(part[i], widths[i]));
  }
  sink(titles);
  std::string text = row_text(titles, widths, terminal);
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < part.size(); ++i) {
      cells.push_back({cells_of[i][row], rows_[row][part[i]].style, columns_[part[i]].align});
    }
    text += row_text(cells, widths, terminal);
  }
  return text;
}

std::string Table::text(const Terminal& terminal) const {
  std::string text;
  for (const Part& part : parts(terminal.width)) {
    text += (text.empty() ? "" : "\n") + part_text(part, terminal);
  }
  return text;
}

std::string Table::markdown() const {
  std::string text = "|";
  for (const Column& column : columns_) text += fmt::format(" {} |", in_markdown(column.title));
  text += "\n|";
  for (const Column& column : columns_) text += column.align == Align::right ? " ---: |" : " --- |";
  for (const auto& row : rows_) {
    text += "\n|";
    for (const Span& cell : row) text += fmt::format(" {} |", in_markdown(cell.text));
  }
  return text + '\n';
}

}  // namespace roofbeam
