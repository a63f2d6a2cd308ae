// Logarithmic axes whose ticks carry their unit: "10 ms" rather than a 10 and an exponent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roofbeam {

enum class Prefixes : std::uint8_t { decimal, binary };  // 1 kB is 1000 B, 1 KiB is 1024 B

// The range, and the values at which a label stands, ascending; three labels or more wherever the
// range spans a factor of three.
struct LogAxis {
  double low = 0;
  double high = 0;
  std::vector<double> ticks;
};

// Around values from `low` to `high`, rounded out to one digit (to a power of two with binary
// prefixes). Labels are at 1, 2, 5 or 1, 3 or 1 of each decade, or fewer, as the range has room: at
// most ten. REQUIRES: 0 < low <= high, finite.
[[nodiscard]] LogAxis log_axis(double low, double high, Prefixes prefixes = Prefixes::decimal);

// "500 us", "64 KiB", "3 k/s"; without a unit plain digits up to 10000. Ticks are of few digits:
// three are shown.
[[nodiscard]] std::string tick_text(double value, std::string_view unit,
                                    Prefixes prefixes = Prefixes::decimal);

// gnuplot's commands for the axis `name`, "x" or "y", of data in `unit`: its scale, range, labels
// and, of few decades, marks between them.
[[nodiscard]] std::string axis_script(std::string_view name, const LogAxis& axis,
                                      std::string_view unit, Prefixes prefixes = Prefixes::decimal);

}  // namespace roofbeam
