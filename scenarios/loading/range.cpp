#include "scenarios/loading/range.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <type_traits>

#include "core/quantity/text.hpp"

namespace roofbeam {
namespace {

// Both ends in SI units, and the first one's unit.
struct Ends {
  double from = 0;
  double to = 0;
  double unit = 1;
};

template <class Q>
double si(const Q& value) {
  if constexpr (std::is_same_v<Q, double>) {
    return value;
  } else {
    return value.si();
  }
}

bool per_cycle(std::string_view text) { return text.ends_with("cycle"); }

std::string_view unit_of(std::string_view text) {
  const auto at = text.find_first_not_of("0123456789.eE+-");
  return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}

template <class Q>
std::optional<Ends> ends_as(std::string_view from, std::string_view to) {
  const auto first = parse_quantity<Q>(from);
  const auto last = parse_quantity<Q>(to);
  const auto unit = parse_quantity<Q>(fmt::format("1{}", unit_of(from)));
  if (!first.problem.empty() || !last.problem.empty() || !unit.problem.empty()) return std::nullopt;
  if (per_cycle(from) != per_cycle(to)) return std::nullopt;
  return Ends{si(first.value), si(last.value), si(unit.value)};
}

// The first quantity that both ends are.
template <class... Q>
std::optional<Ends> ends_of(std::string_view from, std::string_view to) {
  std::optional<Ends> found;
  ((found = found ? found : ends_as<Q>(from, to)), ...);
  return found;
}

// Whole numbers as such, others with six digits.
std::string number_text(double number) {
  const double whole = std::round(number);
  if (std::abs(number - whole) <= 1e-9 * std::abs(number) && std::abs(whole) < 1e15) {
    return fmt::format("{:.0f}", whole);
  }
  return fmt::format("{:.6g}", number);
}

}  // namespace

Range range_values(std::string_view from, std::string_view to, int steps, bool geometric) {
  if (steps < 2 || steps > kMostSteps) {
    return {{}, fmt::format("{} steps: there must be 2 to {}", steps, kMostSteps)};
  }
  const auto ends = ends_of<double, Seconds, Hertz, Bytes, StatedBandwidth, Watts, Joules,
                            JoulesPerByte, JoulesPerMac, MacsPerSecond>(from, to);
  if (!ends) {
    return {{}, fmt::format("'{}' and '{}' are not two values of one quantity", from, to)};
  }
  if (geometric && (ends->from <= 0 || ends->to <= 0)) {
    return {{}, "equal factors never lead to or from zero"};
  }
  Range range;
  for (int step = 0; step < steps; ++step) {
    const double share = static_cast<double>(step) / (steps - 1);
    const double value = geometric ? ends->from * std::pow(ends->to / ends->from, share)
                                   : ends->from + share * (ends->to - ends->from);
    range.values.push_back(number_text(value / ends->unit) + std::string(unit_of(from)));
  }
  range.values.front() = from;
  range.values.back() = to;
  return range;
}

}  // namespace roofbeam
