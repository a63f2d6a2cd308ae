#include "scenarios/audit/stated.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/quantity/text.hpp"

namespace roofbeam::audit {
namespace {

constexpr std::size_t kLongest = 80;
constexpr double kAbout = 0.1;  // what "~" allows either way
constexpr double kEndless = std::numeric_limits<double>::infinity();

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text = trimmed(text.substr(prefix.size()));
  return true;
}

template <std::size_t N>
bool take_any(std::string_view& text, const std::array<std::string_view, N>& prefixes) {
  for (const std::string_view prefix : prefixes) {
    if (take(text, prefix)) return true;
  }
  return false;
}

constexpr std::array<std::string_view, 7> kAboutWords = {
    "~", "\xE2\x89\x88", "about ", "approx", "some ", "circa ", "nearly "};
constexpr std::array<std::string_view, 5> kAtLeastWords = {">=", "\xE2\x89\xA5", "at least ",
                                                           "more than ", ">"};
constexpr std::array<std::string_view, 6> kAtMostWords = {"<=",     "\xE2\x89\xA4", "at most ",
                                                          "up to ", "less than ",   "<"};

// What is written before the number.
struct Front {
  bool about = false;
  bool at_least = false;
  bool at_most = false;
  int sign = 0;
};

Front take_front(std::string_view& text) {
  Front front;
  front.about = take_any(text, kAboutWords);
  front.at_least = take_any(text, kAtLeastWords);
  front.at_most = !front.at_least && take_any(text, kAtMostWords);
  front.about = take_any(text, kAboutWords) || front.about;
  if (take(text, "+")) {
    front.sign = 1;
  } else if (take(text, "-") || take(text, "\xE2\x88\x92")) {
    front.sign = -1;
  }
  return front;
}

struct Number {
  double value = 0;
  double place = 1;  // of the last written digit
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "2,270,794", "3.50", "1e-5". Commas only between groups of three digits.
std::optional<Number> take_number(std::string_view& text) {
  std::string digits;
  std::size_t at = 0;
  int decimals = 0;
  bool point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    const bool group = c == ',' && !point && at > 0 && at + 3 < text.size() &&
                       is_digit(text[at + 1]) && is_digit(text[at + 2]) && is_digit(text[at + 3]);
    if (group) continue;
    const bool decimal_point = c == '.' && !point && at + 1 < text.size() && is_digit(text[at + 1]);
    if (!is_digit(c) && !decimal_point) break;
    if (decimal_point) point = true;
    if (is_digit(c) && point) ++decimals;
    digits += c;
  }
  if (at + 1 < text.size() && (text[at] == 'e' || text[at] == 'E') &&
      (is_digit(text[at + 1]) || text[at + 1] == '-' || text[at + 1] == '+')) {
    std::size_t end = at + 2;
    while (end < text.size() && is_digit(text[end])) ++end;
    digits += fmt::format("e{}", text.substr(at + (text[at + 1] == '+' ? 2 : 1),
                                             end - at - (text[at + 1] == '+' ? 2 : 1)));
    at = end;
  }
  double value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc{} || stop != digits.data() + digits.size() ||
      !std::isfinite(value)) {
    return std::nullopt;
  }
  int exponent = 0;
  if (const auto e = digits.find('e'); e != std::string::npos) {
    std::from_chars(digits.data() + e + 1, digits.data() + digits.size(), exponent);
  }
  text = trimmed(text.substr(at));
  return Number{value, std::pow(10.0, exponent - decimals)};
}

struct Unit {
  std::string_view name;
  Kind kind;
  double factor;
  double binary = 1;
};

constexpr double kKilo = 1.024;
constexpr double kMega = kKilo * kKilo;
constexpr double kGiga = kMega * kKilo;
constexpr double kTera = kGiga * kKilo;

// Units that core/quantity does not have, or that mean two things in reports.
constexpr std::array kUnits = {
    Unit{"", Kind::number, 1},
    Unit{"k", Kind::number, 1e3},
    Unit{"K", Kind::number, 1e3},
    Unit{"M", Kind::number, 1e6},
    Unit{"G", Kind::number, 1e9},
    Unit{"T", Kind::number, 1e12},
    Unit{"thousand", Kind::number, 1e3},
    Unit{"million", Kind::number, 1e6},
    Unit{"billion", Kind::number, 1e9},
    Unit{"%", Kind::percent, 0.01},
    Unit{"percent", Kind::percent, 0.01},
    Unit{"points", Kind::points, 0.01},
    Unit{"percentage points", Kind::points, 0.01},
    Unit{"pp", Kind::points, 0.01},
    Unit{"x", Kind::ratio, 1},
    Unit{"X", Kind::ratio, 1},
    Unit{"\xC3\x97", Kind::ratio, 1},
    Unit{"times", Kind::ratio, 1},
    Unit{"fold", Kind::ratio, 1},
    Unit{"sec", Kind::time, 1},
    Unit{"seconds", Kind::time, 1},
    Unit{"min", Kind::time, 60},
    Unit{"kB", Kind::bytes, 1e3, kKilo},
    Unit{"KB", Kind::bytes, 1e3, kKilo},
    Unit{"MB", Kind::bytes, 1e6, kMega},
    Unit{"GB", Kind::bytes, 1e9, kGiga},
    Unit{"TB", Kind::bytes, 1e12, kTera},
    Unit{"FPS", Kind::per_second, 1},
    Unit{"fps", Kind::per_second, 1},
    Unit{"/s", Kind::per_second, 1},
    Unit{"1/s", Kind::per_second, 1},
    Unit{"images/s", Kind::per_second, 1},
    Unit{"inferences/s", Kind::per_second, 1},
};

// "MFLOP", "GFLOPs", "MAC", "GFLOPS", "GOP/s": a prefix, what is counted, and whether by the
// second. FLOPS in capitals is a rate, FLOPs a count.
std::optional<Unit> counting_unit(std::string_view text) {
  double factor = 1;
  constexpr std::string_view kPrefixes = "kMGTP";
  if (const auto prefix = kPrefixes.find(text.empty() ? ' ' : text[0]);
      prefix != std::string_view::npos) {
    factor = std::pow(1000.0, static_cast<double>(prefix) + 1);
    text.remove_prefix(1);
  }
  const bool macs = text.starts_with("MAC");
  const bool known = macs || text.starts_with("FLOP") || text.starts_with("OP");
  if (!known) return std::nullopt;
  text.remove_prefix(macs ? 3 : text.starts_with("FLOP") ? 4 : 2);
  if (text.empty() || text == "s") return Unit{"", macs ? Kind::macs : Kind::flops, factor};
  if (text == "S" || text == "/s" || text == "s/s" || text == "ps") {
    return Unit{"", macs ? Kind::macs_per_second : Kind::flops_per_second, factor};
  }
  return std::nullopt;
}

template <class Q>
std::optional<Unit> as_quantity(std::string_view unit, Kind kind) {
  const auto parsed = parse_quantity<Q>(fmt::format("1 {}", unit));
  if (!parsed.problem.empty()) return std::nullopt;
  return Unit{"", kind, parsed.value.si()};
}

std::optional<Unit> find_unit(std::string_view text) {
  for (const Unit& unit : kUnits) {
    if (unit.name == text) return unit;
  }
  if (const auto unit = counting_unit(text)) return unit;
  if (const auto unit = as_quantity<Seconds>(text, Kind::time)) return unit;
  if (const auto unit = as_quantity<Bytes>(text, Kind::bytes)) return unit;
  if (const auto unit = as_quantity<Joules>(text, Kind::energy)) return unit;
  if (const auto unit = as_quantity<Watts>(text, Kind::power)) return unit;
  if (const auto unit = as_quantity<Hertz>(text, Kind::frequency)) return unit;
  if (const auto unit = as_quantity<BytesPerSecond>(text, Kind::bandwidth)) return unit;
  return as_quantity<JoulesPerMac>(text, Kind::energy_per_mac);
}

Stated made(std::string_view text, const Front& front, Number first, Number last, const Unit& unit,
            bool plus) {
  Stated stated;
  stated.text = text;
  stated.kind = unit.kind;
  stated.place = last.place * unit.factor;
  stated.value = (first.value + last.value) / 2 * unit.factor;
  const double slack = front.about ? kAbout : 0;
  stated.range.low =
      std::min(first.value - first.place / 2, first.value * (1 - slack)) * unit.factor;
  stated.range.high = std::max(last.value + last.place / 2, last.value * (1 + slack)) * unit.factor;
  stated.range.low = std::max(stated.range.low, 0.0);
  stated.open = plus || front.at_least || front.at_most;
  if (plus || front.at_least) stated.range.high = kEndless;
  if (front.at_most) stated.range.low = 0;
  stated.binary = unit.binary;
  stated.sign = front.sign;
  stated.about = front.about;
  return stated;
}

ParsedStated fail(std::string_view text, std::string_view why) {
  return {{}, fmt::format("'{}' is not a number as reports write them: {}", text, why)};
}

constexpr std::array<std::string_view, 5> kTo = {"..", "\xE2\x80\x93", "\xE2\x80\x94", "to ", "-"};

}  // namespace

std::string_view to_text(Kind kind) {
  constexpr std::array<std::string_view, 16> kWords = {
      "a number such as 2.27 M",     "a share such as 33 %",
      "a number of points",          "a ratio such as 2.8x",
      "a time such as 3.5 ms",       "a size such as 26.4 MB",
      "an energy such as 35 mJ",     "a power such as 5 W",
      "a frequency such as 480 MHz", "a bandwidth such as 68.25 GB/s",
      "FLOPs such as 612.75 MFLOP",  "MACs such as 300 MMAC",
      "a rate such as 50 GFLOP/s",   "a rate such as 25 GMAC/s",
      "a rate such as 180 FPS",      "an energy per multiply-add such as 0.5 nJ"};
  return kWords[static_cast<std::size_t>(kind)];
}

ParsedStated parse_stated(std::string_view text) {
  if (text.size() > kLongest) return fail(text.substr(0, kLongest), "it is too long");
  std::string_view rest = trimmed(text);
  const Front front = take_front(rest);
  const auto first = take_number(rest);
  if (!first) return fail(text, "it must begin with a decimal number");
  std::string_view after = rest;
  auto last = first;
  if (take_any(after, kTo)) {
    (void)take(after, "~");
    last = take_number(after);
    if (!last || last->value < first->value) return fail(text, "a range ends with a larger number");
    rest = after;
  }
  bool plus = take(rest, "+");
  if (rest.ends_with('+')) {
    plus = true;
    rest = trimmed(rest.substr(0, rest.size() - 1));
  }
  const auto unit = find_unit(rest);
  if (!unit) return fail(text, fmt::format("unknown unit '{}'", rest));
  const Stated stated = made(trimmed(text), front, *first, *last, *unit, plus);
  if (!std::isfinite(stated.value)) return fail(text, "its number is out of range");
  return {stated, ""};
}

namespace {

std::string counted(double value, std::string_view unit) {
  return fmt::format("{}{}{}", with_prefix(value), value < 999.5 ? " " : "", unit);
}

std::string significant(double value) {
  if (value == 0) return "0";
  if (value >= 99.95) return fmt::format("{:.0f}", value);
  return fmt::format("{:#.3g}", value);
}

// Sizes in decimal units, as reports have them.
std::string decimal_bytes(double value) {
  return value < 999.5 ? fmt::format("{:.0f} B", value) : with_prefix(value) + "B";
}

}  // namespace

std::string show(Kind kind, double value) {
  if (value < 0) return "-" + show(kind, -value);
  if (!std::isfinite(value)) return "any";
  switch (kind) {
    case Kind::number:
      return value < 999.5 ? significant(value) : with_prefix(value);
    case Kind::percent:
      return fmt::format("{:.{}f} %", 100 * value, value < 0.1 ? 2 : 1);
    case Kind::points:
      return fmt::format("{:.2f} points", 100 * value);
    case Kind::ratio:
      return (value >= 10 ? fmt::format("{:.4g}", value) : significant(value)) + "x";
    case Kind::time:
      return roofbeam::to_text(Seconds::from_si(value));
    case Kind::bytes:
      return decimal_bytes(value);
    case Kind::energy:
      return roofbeam::to_text(Joules::from_si(value));
    case Kind::power:
      return roofbeam::to_text(Watts::from_si(value));
    case Kind::frequency:
      return roofbeam::to_text(Hertz::from_si(value));
    case Kind::bandwidth:
      return roofbeam::to_text(BytesPerSecond::from_si(value));
    case Kind::flops:
      return counted(value, "FLOP");
    case Kind::macs:
      return counted(value, "MAC");
    case Kind::flops_per_second:
      return counted(value, "FLOP/s");
    case Kind::macs_per_second:
      return counted(value, "MAC/s");
    case Kind::per_second:
      return significant(value) + " /s";
    case Kind::energy_per_mac:
      return roofbeam::to_text(Joules::from_si(value)) + "/MAC";
  }
  return "";
}

std::string show(Kind kind, Range range) {
  const std::string low = show(kind, range.low);
  const std::string high = show(kind, range.high);
  if (low == high) return low;
  const auto unit_of = [](const std::string& text) {
    const auto space = text.rfind(' ');
    return space == std::string::npos ? std::string() : text.substr(space);
  };
  const std::string unit = unit_of(low);
  const bool same = !unit.empty() && unit == unit_of(high);
  return fmt::format("{} to {}", same ? low.substr(0, low.size() - unit.size()) : low, high);
}

}  // namespace roofbeam::audit
