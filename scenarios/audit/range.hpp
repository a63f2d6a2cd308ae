// Interval arithmetic on numbers that are known to within their last written digit.
//
// R. E. Moore, "Interval Analysis", Prentice-Hall, 1966: the result of an operation holds every
// result that values inside the operands can have.
#pragma once

namespace roofbeam::audit {

struct Range {
  double low = 0;
  double high = 0;

  [[nodiscard]] static constexpr Range of(double value) { return {value, value}; }
  [[nodiscard]] constexpr double middle() const { return low + (high - low) / 2; }
  [[nodiscard]] constexpr bool holds(double value) const { return low <= value && value <= high; }
};

// Operands of quotients and products are not negative, divisors are above zero.
constexpr Range operator+(Range a, Range b) { return {a.low + b.low, a.high + b.high}; }
constexpr Range operator-(Range a, Range b) { return {a.low - b.high, a.high - b.low}; }
constexpr Range operator*(Range a, Range b) { return {a.low * b.low, a.high * b.high}; }
constexpr Range operator*(Range a, double factor) { return {a.low * factor, a.high * factor}; }
constexpr Range operator/(Range a, Range b) { return {a.low / b.high, a.high / b.low}; }

// Decimal digits are not exact in binary: ends that touch overlap. Ends may be infinite.
inline constexpr double kTouching = 1e-9;

constexpr bool overlap(Range a, Range b) {
  const auto reaches = [](double low, double high) {
    return low <= high + kTouching * (low < 0 ? -low : low);
  };
  return reaches(a.low, b.high) && reaches(b.low, a.high);
}

}  // namespace roofbeam::audit
