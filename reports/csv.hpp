// Comma-separated values as RFC 4180 has them, lines ending in CR LF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roofbeam {

// One line; cells with a comma, a quote or a line break are quoted, quotes inside doubled.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);
// As few digits as it takes to read back the same bits: "0.1", "1e-09"; empty for what is unknown,
// not a number.
[[nodiscard]] std::string csv_number(double value);

}  // namespace roofbeam
