// Comma-separated values as RFC 4180 has them, row by row; lines may end in LF as well. Blank lines
// are no rows. A quote inside a cell that does not begin with one is a letter like others.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/node.hpp"

namespace roofbeam {

class CsvRows {
 public:
  struct Cell {
    std::string text;  // without quotes and blanks around it
    config::Mark mark;
  };

  explicit CsvRows(std::shared_ptr<const config::Source> text);

  // The next row, into `cells`; false at the end. Throws InputError: a quote that is never closed,
  // something else than a comma behind a closing quote.
  bool next(std::vector<Cell>& cells);

 private:
  [[nodiscard]] config::Mark here() const;
  [[nodiscard]] bool at_end() const;
  [[nodiscard]] bool at_line_end() const;
  void skip_line_end();
  std::string cell();
  std::string quoted_cell();

  std::shared_ptr<const config::Source> source_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  int line_ = 1;
};

}  // namespace roofbeam
