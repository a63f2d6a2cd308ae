#include "reports/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <numeric>

namespace roofbeam {
namespace {

constexpr std::string_view kGap = "  ";
constexpr std::string_view kEllipsis = "…";
constexpr std::size_t kNarrowest = 8;  // a shortened column keeps at least this

// One UTF-8 character: its bytes and the columns that it takes. A wrong byte is one column.
struct Character {
  std::size_t bytes = 1;
  std::size_t columns = 1;
};

std::size_t expected_bytes(unsigned char lead) {
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return lead >= 0xC0 ? 2 : 1;
}

bool is_combining(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200D) ||
         (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F);
}

bool is_wide(char32_t c) {  // East Asian characters and pictures take two columns
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = expected_bytes(lead);
  if (bytes == 1 || bytes > text.size()) return {};
  auto code = static_cast<char32_t>(lead & (0xFFu >> (bytes + 1)));
  for (const char next : text.substr(1, bytes - 1)) {
    const auto byte = static_cast<unsigned char>(next);
    if ((byte & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte & 0x3F);
  }
  if (is_combining(code)) return {bytes, 0};
  return {bytes, is_wide(code) ? 2u : 1u};
}

std::string padded(const std::string& cell, std::size_t width, Align align) {
  const std::size_t used = display_width(cell);
  const std::string space(width > used ? width - used : 0, ' ');
  return align == Align::left ? cell + space : space + cell;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  const std::size_t gaps = widths.empty() ? 0 : (widths.size() - 1) * kGap.size();
  return std::accumulate(widths.begin(), widths.end(), gaps);
}

// Takes one column after another from the widest that may be shortened until the table fits.
void fit(std::vector<std::size_t>& widths, const std::vector<Column>& columns, std::size_t width) {
  while (total(widths) > width) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (!columns[i].shortens || widths[i] <= kNarrowest) continue;
      if (widest == widths.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == widths.size()) return;
    --widths[widest];
  }
}

void append_line(std::string& text, const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths, const std::vector<Column>& columns) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += kGap;
    line += padded(shortened(cells[i], std::max<std::size_t>(widths[i], 1)), widths[i],
                   columns[i].align);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + '\n';
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
  for (auto& cell : cells) cell = printable(cell);
  assert(cells.size() == columns_.size());
  rows_.push_back(std::move(cells));
}

std::string Table::text(std::size_t width) const {
  std::vector<std::string> titles;
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) {
    titles.push_back(column.title);
    widths.push_back(display_width(column.title));
  }
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  fit(widths, columns_, width);
  std::string text;
  append_line(text, titles, widths, columns_);
  for (const auto& row : rows_) append_line(text, row, widths, columns_);
  return text;
}

std::string Table::markdown() const {
  std::string text = "|";
  for (const Column& column : columns_) text += fmt::format(" {} |", in_markdown(column.title));
  text += "\n|";
  for (const Column& column : columns_) text += column.align == Align::right ? " ---: |" : " --- |";
  for (const auto& row : rows_) {
    text += "\n|";
    for (const auto& cell : row) text += fmt::format(" {} |", in_markdown(cell));
  }
  return text + '\n';
}

std::string in_markdown(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    if (std::string_view("\\`*_|<>[]#~").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string printable(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return result;
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    columns += character.columns;
    text.remove_prefix(character.bytes);
  }
  return columns;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t bytes = 0;
  std::size_t columns = 0;
  while (bytes < text.size()) {
    const Character character = first_character(text.substr(bytes));
    if (columns + character.columns + 1 > width) break;
    columns += character.columns;
    bytes += character.bytes;
  }
  return std::string(text.substr(0, bytes)) + std::string(kEllipsis);
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string result;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t columns = display_width(word);
    if (result.empty()) {
      result = word;
      column += columns;
    } else if (column + 1 + columns <= width) {
      result.append(" ").append(word);
      column += 1 + columns;
    } else {
      result.append("\n").append(indent, ' ').append(word);
      column = indent + columns;
    }
  }
  return result;
}

std::string numbered(std::string_view title, const std::vector<std::string>& lines,
                     std::size_t width) {
  if (lines.empty()) return "";
  std::string text = fmt::format("\n{}\n\n", title);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += fmt::format("{:>3}. {}\n", i + 1, wrapped(lines[i], 5, width));
  }
  return text;
}

}  // namespace roofbeam
