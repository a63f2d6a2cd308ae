// Text tables: aligned columns under a header, two spaces between them, at most so wide.
//
// Width counts what a terminal shows: UTF-8 characters, combining marks as nothing. Where the table
// is too wide, text is shortened with '…' in the widest column that may be shortened.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roofbeam {

inline constexpr std::size_t kReportWidth = 100;

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
  bool shortens = false;  // its text may be shortened
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  // As many cells as there are columns.
  void add(std::vector<std::string> cells);
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  // Every line ends in a newline and has no trailing spaces. Columns that may not be shortened are
  // never cut, even if the table becomes wider than asked for.
  [[nodiscard]] std::string text(std::size_t width = kReportWidth) const;
  // The same for a pull request or a page: nothing is shortened, what Markdown or HTML would take
  // as their own is escaped.
  [[nodiscard]] std::string markdown() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// The text as it reads in a Markdown cell or line.
[[nodiscard]] std::string in_markdown(std::string_view text);
// The text with control characters, which could drive a terminal, as '?'.
[[nodiscard]] std::string printable(std::string_view text);
// Columns that a terminal uses for UTF-8 text.
[[nodiscard]] std::size_t display_width(std::string_view text);
// The text, or its beginning and '…', at most `width` (at least 1) columns wide.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);
// Breaks at spaces into lines of at most `width` columns (longer words stay whole), joined by a
// newline and `indent` spaces; the first line is not indented, but counted as if it were.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent,
                                  std::size_t width = kReportWidth);
// An empty line, the title, an empty line and the numbered lines; nothing if there are none.
[[nodiscard]] std::string numbered(std::string_view title, const std::vector<std::string>& lines,
                                   std::size_t width = kReportWidth);

}  // namespace roofbeam
