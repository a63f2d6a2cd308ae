// What cases are set to, as columns of text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/document.hpp"
#include "reports/fitted_table.hpp"
#include "scenarios/case_table.hpp"

namespace roofbeam {

// The end of an axis' path that no other axis ends in: "precision" of "network.precision",
// "bandwidth" or, not the shortest, "DRAM.bandwidth" of "platform.memory.DRAM.bandwidth".
[[nodiscard]] std::string short_axis_name(const CaseTable& table, std::size_t axis, bool shortest);

// "All: network full, run.batch 1": axes that stand at one value in all of these rows; empty if
// there are none. REQUIRES: there is a row.
[[nodiscard]] std::string constants_text(const CaseTable& table,
                                         const std::vector<std::size_t>& rows);

// The number of each case and the values of some axes. A value that is too long for a column
// stands there as its number on the axis, from 1, and is told in a legend.
class CaseSettings {
 public:
  static constexpr std::size_t kRanks = 1000;  // columns rank below it, the last axis highest

  CaseSettings(const CaseTable& table, std::vector<std::size_t> rows, std::vector<std::size_t> axes)
      : table_(table), rows_(std::move(rows)), axes_(std::move(axes)) {}

  [[nodiscard]] std::vector<FittedColumn> columns() const;
  // "precision #2: weights: int8, layers: head*", a line a value of the columns that are shown.
  [[nodiscard]] std::vector<std::string> legend(const FittedTable& shown) const;

 private:
  [[nodiscard]] bool is_long(std::size_t axis, std::size_t row) const;
  [[nodiscard]] std::string cell(std::size_t axis, std::size_t row) const;

  const CaseTable& table_;
  std::vector<std::size_t> rows_;
  std::vector<std::size_t> axes_;
};

// The settings of all rows, without figures; `more` is how many cases have no row.
void add_settings(Document& document, const CaseTable& table, std::int64_t more, std::size_t width);

}  // namespace roofbeam
