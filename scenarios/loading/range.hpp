// "from 256 KiB to 4 MiB in 5 steps": ranges of quantities as the texts of their values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roofbeam {

// Values, or in one clause what is wrong with the range.
struct Range {
  std::vector<std::string> values;
  std::string problem;
};

inline constexpr int kMostSteps = 10000;

// `steps` values (at least 2, at most kMostSteps) from the first to the last, which stay as they
// are written; those between are rounded to six digits, in the first one's unit, and are what their
// text says. Evenly spaced, or by equal factors if `geometric` (both ends more than zero then).
// Both ends must be of the same quantity.
[[nodiscard]] Range range_values(std::string_view from, std::string_view to, int steps,
                                 bool geometric);

}  // namespace roofbeam
