// Numbers as reports write them: "3.50 ms", "612.75 MFLOP", "~1.4 ms", "97 %+", "9.08x",
// "2,270,794", "4.22 .. 11.52 ms", "-0.95 %", "< 5 %".
//
// A written number stands for all values that round to it: "3.50 ms" for 3.495 to 3.505 ms. "~"
// widens that to 10 % either way; "<", ">", "at least" and a "+" behind it leave one side open. A
// size in kB, MB, GB may mean powers of 1000 or of 1024, since reports do not tell: both readings
// are kept.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scenarios/audit/range.hpp"

namespace roofbeam::audit {

enum class Kind {
  number,            // plain, or with k, M, G, T, thousand, million, billion
  percent,           // value is the share: "33 %" is 0.33
  points,            // of percent: "0.95 points" is 0.0095
  ratio,             // "9.08x"
  time,              // s
  bytes,             // B
  energy,            // J
  power,             // W
  frequency,         // Hz
  bandwidth,         // B/s
  flops,             // floating-point or integer operations
  macs,              // multiply-adds
  flops_per_second,  // "50 GFLOPS", "50 GFLOP/s", "4 TOPS"
  macs_per_second,
  per_second,  // "180.3 FPS"
  energy_per_mac,
};
[[nodiscard]] std::string_view to_text(Kind);  // "a time", for messages

struct Stated {
  std::string text;  // as written
  Kind kind = Kind::number;
  double value = 0;    // SI; of a range its middle
  Range range;         // all values that it stands for; ends may be infinite
  double place = 0;    // what one more in the last written digit adds
  double binary = 1;   // times this where MB means MiB; 1 if there is one reading only
  int sign = 0;        // +1 or -1 where a sign was written; `value` has none
  bool about = false;  // "~"
  bool open = false;   // a limit: one side is open

  [[nodiscard]] Range binary_range() const { return range * binary; }
  // Everything that either reading allows.
  [[nodiscard]] Range any_range() const { return {range.low, range.high * binary}; }
};

struct ParsedStated {
  Stated stated;
  std::string problem;  // "" if there is none
};
[[nodiscard]] ParsedStated parse_stated(std::string_view text);

// A value as people write it, to three digits: "175 GFLOP/s", "12.3 ms", "40.6 %".
[[nodiscard]] std::string show(Kind kind, double value);
// "40.0 to 41.2 %", or one value where both look the same.
[[nodiscard]] std::string show(Kind kind, Range range);

}  // namespace roofbeam::audit
