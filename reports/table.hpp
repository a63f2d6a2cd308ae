// Text tables: aligned columns under a header, two spaces between them, at most so wide.
//
// Where a table is too wide, in this order: titles go over several lines, columns that may be
// shortened or wrapped give room, and what is still too wide goes on below in further tables that
// repeat the first column. Numbers are never cut, and names that differ still do when shortened.
#pragma once

#include <concepts>
#include <string>
#include <vector>

#include "reports/text.hpp"

namespace roofbeam {

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
  bool shortens = false;  // a name: its middle may be left out
  bool wraps = false;     // words: they may go on in the next line
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  // As many cells as there are columns.
  void add(std::vector<Span> cells);
  template <std::same_as<std::string> Plain>
  void add(const std::vector<Plain>& cells) {
    add(std::vector<Span>(cells.begin(), cells.end()));
  }
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  // Every line ends in a newline and has no trailing spaces.
  [[nodiscard]] std::string text(const Terminal& terminal = {}) const;
  // The same for a pull request or a page: nothing is shortened, what Markdown or HTML would take
  // as their own is escaped.
  [[nodiscard]] std::string markdown() const;

 private:
  using Part = std::vector<std::size_t>;  // columns that stand beside each other

  [[nodiscard]] std::size_t widest_cell(std::size_t column) const;
  // How many names of a column differ, shortened to a width or (0) as they are.
  [[nodiscard]] std::size_t different(std::size_t column, std::size_t width, double share) const;
  // The share of a shortened name's beginning that tells the most of them apart.
  [[nodiscard]] double best_share(std::size_t column, std::size_t width) const;
  [[nodiscard]] std::size_t narrowest_name(std::size_t column, std::size_t least) const;
  // With names of at least so many columns.
  [[nodiscard]] std::size_t narrowest(std::size_t column, std::size_t name) const;
  [[nodiscard]] std::vector<Part> parts(std::size_t width, std::size_t name) const;
  [[nodiscard]] std::vector<Part> parts(std::size_t width) const;
  [[nodiscard]] std::vector<std::size_t> widths(const Part& part, std::size_t width) const;
  [[nodiscard]] std::vector<std::vector<std::string>> lines(std::size_t column,
                                                            std::size_t width) const;
  [[nodiscard]] std::string part_text(const Part& part, const Terminal& terminal) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Span>> rows_;
};

}  // namespace roofbeam
