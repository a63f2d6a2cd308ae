// Numbers in the cells of tables that people or programs wrote.
#pragma once

#include <optional>
#include <string_view>

namespace roofbeam {

// A number without a unit, of either sign and with an exponent, or a share ("88.5 %" is 0.885);
// NaN for an empty cell, "nan", "null", "unknown" or "-"; infinity for "inf", "infinite" and their
// negatives. Case does not count. Nothing for anything else, leftovers included.
[[nodiscard]] std::optional<double> cell_number(std::string_view text);

}  // namespace roofbeam
