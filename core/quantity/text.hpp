// Quantities as people write them: "68.25 GB/s", "12 MiB", "3.2 GHz", "0.4 pJ", "2.5 us", "5 W".
//
// Decimal and binary prefixes are different things: 1 kB is 1000 B, 1 KiB is 1024 B. The whole text
// must be a number, optional spaces and a unit of the quantity asked for; anything left over is an
// error, so "2.4 GHz" can never become 2. Numbers are finite, decimal, never negative (zero may
// be: whether it makes sense is for the schema to say). "µ" is read as "u".
#pragma once

#include <string>
#include <string_view>

#include "core/quantity/quantity.hpp"

namespace roofbeam {

// What a text turned out to be. `problem` is empty exactly when `value` may be used; otherwise it
// says in one clause what is wrong and what was expected.
template <class Q>
struct Parsed {
  Q value{};
  std::string problem;
};

// A bandwidth as a descriptor states it: absolute ("68.25 GB/s"), or for each cycle of a clock
// ("32 B/cycle"), which it follows.
struct StatedBandwidth {
  double value = 0;  // in B/s or B/cycle
  bool per_cycle = false;

  [[nodiscard]] constexpr double si() const { return value; }
  [[nodiscard]] constexpr BytesPerSecond at(Hertz clock) const {
    return BytesPerSecond::from_si(per_cycle ? value * clock.si() : value);
  }
};

// Defined for double (a number without unit; "88.48 %" is 0.8848), Seconds, Hertz, Bytes,
// BytesPerSecond, StatedBandwidth, Joules, Watts, JoulesPerByte ("4 pJ/B", or "4 pJ" where a byte
// is understood), JoulesPerMac ("4 pJ/MAC", or "4 pJ"), MacsPerSecond ("100 GMAC/s").
template <class Q>
[[nodiscard]] Parsed<Q> parse_quantity(std::string_view text);

// "a bandwidth such as 68.25 GB/s": for messages about missing or wrong values.
template <class Q>
[[nodiscard]] std::string_view expectation();

// Rounded to three significant digits, trailing zeros kept, in the largest unit in which the
// rounded value is at least 1: 0.0035 s is "3.50 ms", 999.6 us is "1.00 ms". Digits before the
// point are never rounded away ("1023 KiB", "7200 s"). Zero is "0 s". Bytes take binary prefixes
// ("12.0 MiB"), everything else decimal ones; what is not a number is "unknown". The rounding is printf's, of the binary value.
[[nodiscard]] std::string to_text(Seconds);
[[nodiscard]] std::string to_text(Hertz);
[[nodiscard]] std::string to_text(Bytes);
[[nodiscard]] std::string to_text(BytesPerSecond);
[[nodiscard]] std::string to_text(Joules);
[[nodiscard]] std::string to_text(Watts);
[[nodiscard]] std::string to_text(MacsPerSecond);
[[nodiscard]] std::string to_text(Macs);  // "301 M"

// Counts without unit: "3.49 M", whole below 1000; "3,504,872".
[[nodiscard]] std::string with_prefix(double value);
[[nodiscard]] std::string grouped(long long value);

}  // namespace roofbeam
