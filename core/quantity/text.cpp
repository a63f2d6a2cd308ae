#include "core/quantity/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/nearest.hpp"

namespace roofbeam {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr double kKiB = 1024.0;
constexpr double kMiB = kKiB * kKiB;
constexpr double kGiB = kMiB * kKiB;
constexpr double kTiB = kGiB * kKiB;

constexpr std::array kNumbers = {Unit{"", 1}, Unit{"%", 0.01}};
constexpr std::array kSeconds = {Unit{"s", 1}, Unit{"ms", 1e-3}, Unit{"us", 1e-6}, Unit{"ns", 1e-9},
                                 Unit{"ps", 1e-12}};
constexpr std::array kHertz = {Unit{"Hz", 1}, Unit{"kHz", 1e3}, Unit{"MHz", 1e6}, Unit{"GHz", 1e9}};
constexpr std::array kBytes = {Unit{"B", 1},      Unit{"kB", 1e3},   Unit{"MB", 1e6},
                               Unit{"GB", 1e9},   Unit{"TB", 1e12},  Unit{"KiB", kKiB},
                               Unit{"MiB", kMiB}, Unit{"GiB", kGiB}, Unit{"TiB", kTiB}};
constexpr std::array kBandwidths = {Unit{"B/s", 1},      Unit{"kB/s", 1e3},   Unit{"MB/s", 1e6},
                                    Unit{"GB/s", 1e9},   Unit{"TB/s", 1e12},  Unit{"KiB/s", kKiB},
                                    Unit{"MiB/s", kMiB}, Unit{"GiB/s", kGiB}, Unit{"TiB/s", kTiB}};
constexpr std::array kStatedBandwidths = {
    Unit{"B/s", 1},      Unit{"kB/s", 1e3},   Unit{"MB/s", 1e6},   Unit{"GB/s", 1e9},
    Unit{"TB/s", 1e12},  Unit{"KiB/s", kKiB}, Unit{"MiB/s", kMiB}, Unit{"GiB/s", kGiB},
    Unit{"TiB/s", kTiB}, Unit{"B/cycle", 1}};
constexpr std::array kJoules = {Unit{"J", 1},     Unit{"mJ", 1e-3},  Unit{"uJ", 1e-6},
                                Unit{"nJ", 1e-9}, Unit{"pJ", 1e-12}, Unit{"fJ", 1e-15}};
constexpr std::array kWatts = {Unit{"W", 1}, Unit{"kW", 1e3}, Unit{"mW", 1e-3}, Unit{"uW", 1e-6}};
constexpr std::array kJoulesPerByte = {Unit{"J/B", 1},     Unit{"mJ/B", 1e-3},  Unit{"uJ/B", 1e-6},
                                       Unit{"nJ/B", 1e-9}, Unit{"pJ/B", 1e-12}, Unit{"fJ/B", 1e-15},
                                       Unit{"J", 1},       Unit{"mJ", 1e-3},    Unit{"uJ", 1e-6},
                                       Unit{"nJ", 1e-9},   Unit{"pJ", 1e-12},   Unit{"fJ", 1e-15}};
constexpr std::array kJoulesPerMac = {
    Unit{"J/MAC", 1},      Unit{"mJ/MAC", 1e-3},  Unit{"uJ/MAC", 1e-6}, Unit{"nJ/MAC", 1e-9},
    Unit{"pJ/MAC", 1e-12}, Unit{"fJ/MAC", 1e-15}, Unit{"J", 1},         Unit{"mJ", 1e-3},
    Unit{"uJ", 1e-6},      Unit{"nJ", 1e-9},      Unit{"pJ", 1e-12},    Unit{"fJ", 1e-15}};
constexpr std::array kMacRates = {Unit{"MAC/s", 1}, Unit{"kMAC/s", 1e3}, Unit{"MMAC/s", 1e6},
                                  Unit{"GMAC/s", 1e9}, Unit{"TMAC/s", 1e12}};

// What a quantity is called, and its units.
struct Facts {
  std::string_view what;
  std::string_view expected;
  std::span<const Unit> units;
};

template <class Q>
constexpr Facts kFacts{};
template <>
constexpr Facts kFacts<double> = {"a number", "a number such as 0.75", kNumbers};
template <>
constexpr Facts kFacts<Seconds> = {"a time", "a time such as 2.5 us", kSeconds};
template <>
constexpr Facts kFacts<Hertz> = {"a frequency", "a frequency such as 3.2 GHz", kHertz};
template <>
constexpr Facts kFacts<Bytes> = {"a size", "a size such as 12 MiB", kBytes};
template <>
constexpr Facts kFacts<BytesPerSecond> = {"a bandwidth", "a bandwidth such as 68.25 GB/s",
                                          kBandwidths};
template <>
constexpr Facts kFacts<StatedBandwidth> = {
    "a bandwidth", "a bandwidth such as 68.25 GB/s or 32 B/cycle", kStatedBandwidths};
template <>
constexpr Facts kFacts<Joules> = {"an energy", "an energy such as 0.4 pJ", kJoules};
template <>
constexpr Facts kFacts<Watts> = {"a power", "a power such as 5 W", kWatts};
template <>
constexpr Facts kFacts<JoulesPerByte> = {"an energy per byte", "an energy per byte such as 4 pJ/B",
                                         kJoulesPerByte};
template <>
constexpr Facts kFacts<JoulesPerMac> = {
    "an energy per multiply-add", "an energy per multiply-add such as 4 pJ/MAC", kJoulesPerMac};
template <>
constexpr Facts kFacts<MacsPerSecond> = {"a rate of multiply-adds",
                                         "a rate of multiply-adds such as 100 GMAC/s", kMacRates};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// "µs" in either of its two spellings (U+00B5, U+03BC) as "us".
std::string with_plain_micro(std::string_view unit) {
  for (const std::string_view micro : {"\xC2\xB5", "\xCE\xBC"}) {
    if (unit.starts_with(micro)) return "u" + std::string(unit.substr(micro.size()));
  }
  return std::string(unit);
}

const Unit* find_unit(std::span<const Unit> units, std::string_view name) {
  for (const auto& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

std::string unknown_unit(const Facts& facts, const std::string& unit) {
  const auto after_prefix = unit.substr(std::min<std::size_t>(unit.size(), 2));
  if (unit.starts_with("KB") && find_unit(facts.units, "kB" + after_prefix) != nullptr) {
    return fmt::format("unknown unit '{}': write kB{} (1000 bytes) or KiB{} (1024 bytes)", unit,
                       after_prefix, after_prefix);
  }
  std::vector<std::string> names;
  for (const auto& each : facts.units) {
    if (!each.name.empty()) names.emplace_back(each.name);
  }
  const auto hint = nearest(unit, names);
  return fmt::format("unknown unit '{}'{}", unit,
                     hint ? fmt::format("; did you mean '{}'?", *hint) : "");
}

// The number at the start of a text and what follows it; or why there is none.
struct Split {
  double number = 0;
  std::string_view rest;
  std::string problem;
};

Split split_number(std::string_view text) {
  const bool may_be_number = text.find_first_of("-.0123456789") == 0;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!may_be_number || error == std::errc::invalid_argument || !std::isfinite(number)) {
    return {0, {}, "it must begin with a decimal number"};
  }
  if (error != std::errc{}) return {0, {}, "its number is out of range"};
  if (std::signbit(number)) return {0, {}, "it must not be negative"};
  return {number, text.substr(static_cast<std::size_t>(end - text.data())), ""};
}

Parsed<double> parse_with(const Facts& facts, std::string_view text) {
  const auto fail = [&](const std::string& why) {
    return Parsed<double>{0, fmt::format("'{}' is not {}: {}", text, facts.what, why)};
  };
  const auto [number, rest, problem] = split_number(trimmed(text));
  if (!problem.empty()) return fail(problem);
  const auto unit_name = with_plain_micro(trimmed(rest));
  const auto* unit = find_unit(facts.units, unit_name);
  if (unit == nullptr && unit_name.empty()) return fail("its unit is missing");
  if (unit == nullptr) return fail(unknown_unit(facts, unit_name));
  const double value = number * unit->factor;
  const bool vanished = value == 0 && number != 0;
  if (!std::isfinite(value) || vanished) return fail("its number is out of range");
  return {value, ""};
}

// What rounds to 1.00 of a unit; a little less than 0.9995, so that the last bit does not matter.
constexpr double kLeast = 0.9995 * (1 - 1e-12);

// Three significant digits, trailing zeros kept; all digits of the whole part above that.
std::string three_digits(double value) {
  if (value < kLeast) return fmt::format("{:#.3g}", value);
  const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return fmt::format("{:.{}f}", value, decimals);
}

// In the largest unit in which the value rounds to 1 or more.
std::string scaled(double value, std::span<const Unit> ascending) {
  const Unit* chosen = &ascending.front();
  for (const auto& unit : ascending) {
    if (value / unit.factor >= kLeast) chosen = &unit;
  }
  return fmt::format("{} {}", three_digits(value / chosen->factor), chosen->name);
}

std::string scaled_or_zero(double value, std::span<const Unit> ascending, std::string_view base) {
  if (std::isnan(value)) return "unknown";
  if (value == 0) return fmt::format("0 {}", base);
  return value < 0 ? "-" + scaled(-value, ascending) : scaled(value, ascending);
}

constexpr std::array kSecondsUp = {Unit{"ps", 1e-12}, Unit{"ns", 1e-9}, Unit{"us", 1e-6},
                                   Unit{"ms", 1e-3}, Unit{"s", 1}};
constexpr std::array kBytesUp = {Unit{"B", 1}, Unit{"KiB", kKiB}, Unit{"MiB", kMiB},
                                 Unit{"GiB", kGiB}, Unit{"TiB", kTiB}};
constexpr std::array kBandwidthsUp = {Unit{"B/s", 1}, Unit{"kB/s", 1e3}, Unit{"MB/s", 1e6},
                                      Unit{"GB/s", 1e9}, Unit{"TB/s", 1e12}};
constexpr std::array kJoulesUp = {Unit{"fJ", 1e-15}, Unit{"pJ", 1e-12}, Unit{"nJ", 1e-9},
                                  Unit{"uJ", 1e-6},  Unit{"mJ", 1e-3},  Unit{"J", 1}};
constexpr std::array kWattsUp = {Unit{"uW", 1e-6}, Unit{"mW", 1e-3}, Unit{"W", 1}, Unit{"kW", 1e3}};
constexpr std::array kCountsUp = {Unit{"k", 1e3}, Unit{"M", 1e6}, Unit{"G", 1e9}, Unit{"T", 1e12}};

}  // namespace

template <class Q>
Parsed<Q> parse_quantity(std::string_view text) {
  auto parsed = parse_with(kFacts<Q>, text);
  if constexpr (std::is_same_v<Q, double>) {
    return parsed;
  } else if constexpr (std::is_same_v<Q, StatedBandwidth>) {
    return {{parsed.value, trimmed(text).ends_with("/cycle")}, std::move(parsed.problem)};
  } else {
    return {Q::from_si(parsed.value), std::move(parsed.problem)};
  }
}

template <class Q>
std::string_view expectation() {
  return kFacts<Q>.expected;
}

#define ROOFBEAM_INSTANTIATE(Q)                           \
  template Parsed<Q> parse_quantity<Q>(std::string_view); \
  template std::string_view expectation<Q>()
ROOFBEAM_INSTANTIATE(double);
ROOFBEAM_INSTANTIATE(Seconds);
ROOFBEAM_INSTANTIATE(Hertz);
ROOFBEAM_INSTANTIATE(Bytes);
ROOFBEAM_INSTANTIATE(BytesPerSecond);
ROOFBEAM_INSTANTIATE(StatedBandwidth);
ROOFBEAM_INSTANTIATE(Joules);
ROOFBEAM_INSTANTIATE(Watts);
ROOFBEAM_INSTANTIATE(JoulesPerByte);
ROOFBEAM_INSTANTIATE(JoulesPerMac);
ROOFBEAM_INSTANTIATE(MacsPerSecond);
#undef ROOFBEAM_INSTANTIATE

std::string to_text(Seconds value) { return scaled_or_zero(value.si(), kSecondsUp, "s"); }
std::string to_text(Bytes value) { return scaled_or_zero(value.si(), kBytesUp, "B"); }
std::string to_text(BytesPerSecond value) {
  return scaled_or_zero(value.si(), kBandwidthsUp, "B/s");
}
std::string to_text(Hertz value) { return scaled_or_zero(value.si(), kHertz, "Hz"); }
std::string to_text(Joules value) { return scaled_or_zero(value.si(), kJoulesUp, "J"); }
std::string to_text(Watts value) { return scaled_or_zero(value.si(), kWattsUp, "W"); }
std::string to_text(MacsPerSecond value) { return scaled_or_zero(value.si(), kMacRates, "MAC/s"); }
std::string to_text(Macs value) { return with_prefix(value.si()); }

std::string with_prefix(double value) {
  if (value < -0.5) return "-" + with_prefix(-value);
  return value < 999.5 ? fmt::format("{:.0f}", std::abs(value)) : scaled(value, kCountsUp);
}

std::string grouped(long long value) {
  auto digits = fmt::format("{}", value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t end = digits.size(); end > first + 3;) {
    end -= 3;
    digits.insert(end, ",");
  }
  return digits;
}

}  // namespace roofbeam
