// A table that leaves out whole columns where there is no room, in a stated order, instead of
// cutting all of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/table.hpp"

namespace roofbeam {

struct FittedColumn {
  Column column;
  std::string short_title;  // where room lacks; empty: the title
  std::size_t rank = 0;     // the higher, the sooner it is left out; 0: never
  std::vector<std::string> cells;
};

struct FittedTable {
  Table table{{}};
  std::vector<std::string> left_out;  // titles, in the order of the columns
};

// First all titles become short, then columns go by their rank; at last Table shortens what it may.
// REQUIRES: columns of equal length.
[[nodiscard]] FittedTable fitted(std::vector<FittedColumn> columns, std::size_t width);

// "Left out to fit 80 columns: memory, threads; --format csv has all.", of which `remedy` is what
// follows the names. Empty where nothing is left out.
[[nodiscard]] std::string left_out_text(const FittedTable& table, std::size_t width,
                                        std::string_view remedy = {});

}  // namespace roofbeam
