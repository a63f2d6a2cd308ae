#include "reports/plots/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "reports/plots/plot.hpp"

namespace roofbeam {
namespace {

constexpr double kMostLabels = 8;         // of whole decades, or of powers of two
constexpr double kMostMarkedDecades = 4;  // with marks between their labels

// 10^exponent as its own digits say, which std::pow does not promise.
double power_of_ten(int exponent) { return std::stod(fmt::format("1e{}", exponent)); }

double digit_of(double value, int exponent) { return value / power_of_ten(exponent); }

// The decade of a value: 10^decade <= value.
int decade_of(double value) {
  int decade = static_cast<int>(std::floor(std::log10(value)));
  if (digit_of(value, decade) >= 10) ++decade;
  if (digit_of(value, decade) < 1) --decade;
  return decade;
}

double times(int digit, int decade) { return std::stod(fmt::format("{}e{}", digit, decade)); }

constexpr double kRounding = 1e-9;  // so that 3e-3 is not rounded out to 4e-3

double rounded_down(double value) {
  const int decade = decade_of(value);
  return times(static_cast<int>(std::floor(digit_of(value, decade) + kRounding)), decade);
}

double rounded_up(double value) {
  const int decade = decade_of(value);
  return times(static_cast<int>(std::ceil(digit_of(value, decade) - kRounding)), decade);
}

void add_decimal_ticks(LogAxis& axis) {
  static constexpr std::array<int, 3> kDense = {1, 2, 5};
  static constexpr std::array<int, 2> kSparse = {1, 3};
  static constexpr std::array<int, 1> kDecades = {1};
  const double decades = std::log10(axis.high / axis.low);
  std::span<const int> digits = kDecades;
  if (decades <= 2.5) digits = kSparse;
  if (decades <= 1.5) digits = kDense;
  const int step = std::max(1, static_cast<int>(std::ceil(decades / kMostLabels)));
  for (int decade = decade_of(axis.low); decade <= decade_of(axis.high); ++decade) {
    if (decade % step != 0) continue;
    for (const int digit : digits) {
      const double tick = times(digit, decade);
      if (tick >= axis.low && tick <= axis.high) axis.ticks.push_back(tick);
    }
  }
}

void add_binary_ticks(LogAxis& axis) {
  const double doublings = std::log2(axis.high / axis.low);
  int step = 10;
  for (const int finer : {5, 2, 1}) {
    if (doublings / finer <= kMostLabels) step = finer;
  }
  for (int power = static_cast<int>(std::log2(axis.low)); std::ldexp(1, power) <= axis.high;
       ++power) {
    if (power % step == 0) axis.ticks.push_back(std::ldexp(1, power));
  }
}

std::string binary_text(double value, std::string_view unit) {
  static constexpr std::array<std::string_view, 5> kPrefixes = {"", "Ki", "Mi", "Gi", "Ti"};
  std::size_t prefix = 0;
  for (; prefix + 1 < kPrefixes.size() && value >= 1024; ++prefix) value /= 1024;
  return fmt::format("{:.3g} {}{}", value, kPrefixes[prefix], unit);
}

bool is_labelled(const LogAxis& axis, double value) {
  return std::find(axis.ticks.begin(), axis.ticks.end(), value) != axis.ticks.end();
}

// Marks without labels at the other digits of each decade; a "1" makes them small.
std::string marks_of(const LogAxis& axis) {
  if (std::log10(axis.high / axis.low) > kMostMarkedDecades) return {};
  std::string marks;
  for (int decade = decade_of(axis.low); decade <= decade_of(axis.high); ++decade) {
    for (int digit = 1; digit <= 9; ++digit) {
      const double mark = times(digit, decade);
      if (mark < axis.low || mark > axis.high || is_labelled(axis, mark)) continue;
      marks += fmt::format(", '' {} 1", cell(mark));
    }
  }
  return marks;
}

}  // namespace

LogAxis log_axis(double low, double high, Prefixes prefixes) {
  LogAxis axis;
  if (prefixes == Prefixes::binary) {
    axis.low = std::exp2(std::floor(std::log2(low)));
    axis.high = std::exp2(std::ceil(std::log2(high)));
    if (axis.low == axis.high) axis.high *= 2;
    add_binary_ticks(axis);
  } else {
    axis.low = rounded_down(low);
    axis.high = rounded_up(high);
    if (axis.low == axis.high) axis.high *= 2;
    add_decimal_ticks(axis);
  }
  return axis;
}

std::string tick_text(double value, std::string_view unit, Prefixes prefixes) {
  constexpr double kPlain = 1e4;
  if (prefixes == Prefixes::binary) return binary_text(value, unit);
  if (unit.empty() && value <= kPlain) return fmt::format("{:.5g}", value);
  const AxisUnit scale = axis_unit(value);
  return fmt::format("{:.3g} {}{}", value / scale.factor, scale.prefix, unit);
}

std::string axis_script(std::string_view name, const LogAxis& axis, std::string_view unit,
                        Prefixes prefixes) {
  std::string labels;
  for (const double tick : axis.ticks) {
    labels += fmt::format("{}{} {}", labels.empty() ? "" : ", ",
                          quoted(tick_text(tick, unit, prefixes)), cell(tick));
  }
  if (prefixes == Prefixes::decimal) labels += marks_of(axis);
  return fmt::format("set logscale {0}\nset {0}range [{1}:{2}]\nset {0}tics ({3})\n", name,
                     cell(axis.low), cell(axis.high), labels);
}

}  // namespace roofbeam
