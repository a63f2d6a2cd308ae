#include "scenarios/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "platforms/catalog.hpp"
#include "platforms/words.hpp"

namespace roofbeam {
namespace {

constexpr double kAround = 1000;    // times and parts of what is stated
constexpr double kMostWhole = 1e9;  // of whole numbers
constexpr double kLeast = 1e-30;    // of any number, in its unit
constexpr double kMost = 1e30;
constexpr std::string_view kBetween = "..";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::string_view before(std::string_view text, std::string_view mark) {
  return trimmed(text.substr(0, text.find(mark)));
}

// What follows a mark; the text has it.
std::string_view after(std::string_view text, std::string_view mark) {
  return trimmed(text.substr(text.find(mark) + mark.size()));
}

// The first comma outside braces and brackets: values may be YAML.
std::size_t comma_in(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' || text[i] == '[') ++depth;
    if (text[i] == '}' || text[i] == ']') --depth;
    if (text[i] == ',' && depth <= 0) return i;
  }
  return std::string_view::npos;
}

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw InputError(fmt::format("--vary {}: {}", path, why));
}

bool possible(const Subject& subject, const std::string& path, const std::string& value) {
  try {
    static_cast<void>(subject.setup({{path, value}}));
    return true;
  } catch (const InputError&) {
    return false;
  }
}

bool is_integer(double number) { return std::floor(number) == number; }

// Whether a path takes whole numbers only: 2 is taken, 2.5 is not.
bool takes_whole(const Subject& subject, const std::string& path, const UnitNumber& stated) {
  if (path.starts_with("run.")) return true;
  if (!stated.unit.empty() || !is_integer(stated.number)) return false;
  return !possible(subject, path, fmt::format("{}", stated.number + 0.5)) &&
         possible(subject, path, fmt::format("{}", stated.number));
}

// The end of a range; without a unit it has the other end's.
UnitNumber end_of(const std::string& path, std::string_view text, std::string_view other) {
  if (const auto number = parse_unit_number(text); number && !number->unit.empty()) return *number;
  if (const auto number = parse_unit_number(text)) {
    const auto with_unit = parse_unit_number(other);
    if (!with_unit || with_unit->unit.empty()) return *number;
    return *parse_unit_number(fmt::format("{} {}", number->number, with_unit->unit));
  }
  fail(path,
       fmt::format("'{}' is not a number with a unit; a range is such as 1 GB/s..100 GB/s", text));
}

// A name that nobody knows is a slip of the finger, not a value without a forecast.
void check_known(const std::string& path, const std::string& word) {
  if (path == "platform") static_cast<void>(tree(platform_catalog(), word, {}));
  if (path == "runtime") static_cast<void>(tree(runtime_catalog(), word, {}));
  if (path == "run.precision" && !parse_precision(word)) {
    const auto near = nearest(word, precision_words());
    fail(path,
         fmt::format("there is no precision '{}', there are {}{}", word, join(precision_words()),
                     near ? fmt::format("; did you mean '{}'?", *near) : ""));
  }
}

}  // namespace

DecimalLattice::DecimalLattice(int digits) : digits_(digits), decade_(9) {
  if (digits < 1 || digits > 15) {
    throw InputError(fmt::format("digits must be 1 to 15, not {}", digits));
  }
  for (int i = 1; i < digits; ++i) decade_ *= 10;
}

double DecimalLattice::at(std::int64_t index) const {
  const std::int64_t decade = index >= 0 ? index / decade_ : -((-index + decade_ - 1) / decade_);
  const std::int64_t mantissa = index - decade * decade_ + decade_ / 9;
  const std::string text = fmt::format("{}e{}", mantissa, decade - (digits_ - 1));
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t DecimalLattice::ceil(double number) const {
  const std::int64_t one = decade_ / 9;  // as a mantissa
  const auto decade = static_cast<std::int64_t>(std::floor(std::log10(number)));
  const double mantissa =
      number / std::pow(10.0, static_cast<double>(decade)) * static_cast<double>(one);
  std::int64_t index = decade * decade_ + static_cast<std::int64_t>(std::ceil(mantissa)) - one;
  while (at(index) < number) ++index;
  while (at(index - 1) >= number) --index;
  return index;
}

std::int64_t DecimalLattice::floor(double number) const {
  const std::int64_t index = ceil(number);
  return at(index) == number ? index : index - 1;
}

Axis::Axis(std::string_view text, const Subject& subject, int digits) : lattice_(digits) {
  const bool has_values = text.find('=') != std::string_view::npos;
  path_ = full_path(std::string(before(text, "=")));
  stated_ = subject.number(path_);
  const std::string_view values = has_values ? after(text, "=") : std::string_view{};
  if (has_values && values.find(kBetween) != std::string_view::npos) {
    set_range(values, subject);
  } else if (has_values) {
    set_list(values);
  } else {
    set_around(subject);
  }
}

void Axis::set_list(std::string_view text) {
  while (true) {
    const auto comma = comma_in(text);
    words_.emplace_back(trimmed(text.substr(0, comma)));
    if (words_.back().empty()) fail(path_, "a value is missing; a list is such as fp32,int8");
    check_known(path_, words_.back());
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  last_ = static_cast<std::int64_t>(words_.size()) - 1;
}

void Axis::set_range(std::string_view text, const Subject& subject) {
  const std::string_view low = before(text, kBetween);
  const std::string_view high = after(text, kBetween);
  const UnitNumber from = end_of(path_, low, high);
  const UnitNumber to = end_of(path_, high, low);
  unit_ = stated_ && stated_->same_dimension(to) ? *stated_ : to;
  if (!from.same_dimension(unit_) || !to.same_dimension(unit_)) {
    fail(path_, fmt::format("'{}' mixes units", text));
  }
  if (stated_ && !stated_->same_dimension(to)) {
    fail(path_, fmt::format("'{}' has another unit than what is stated there, '{}'", text,
                            stated_->with(stated_->number)));
  }
  const UnitNumber probe = stated_ ? *stated_ : UnitNumber{std::ceil(from.number), "", 1, 0, 0};
  whole_ = takes_whole(subject, path_, unit_.unit.empty() ? probe : unit_);
  set_bounds(from.number * (from.si / unit_.si), to.number * (to.si / unit_.si));
}

void Axis::set_around(const Subject& subject) {
  if (!stated_) fail(path_, "no number is stated there; write a range, PATH=FROM..TO, or a list");
  unit_ = *stated_;
  default_ = true;
  whole_ = takes_whole(subject, path_, unit_);
  if (unit_.number <= 0) {
    fail(path_,
         fmt::format("it is stated as {}; write a range, PATH=FROM..TO", unit_.with(unit_.number)));
  }
  double to = unit_.number * kAround;
  const double one = unit_.unit == "%" ? 100 : 1;
  const bool may_be_share = !whole_ && (unit_.unit.empty() || unit_.unit == "%");
  if (may_be_share && unit_.number <= one && possible(subject, path_, unit_.with(one)) &&
      !possible(subject, path_, unit_.with(1.5 * one))) {
    to = one;
  }
  if (path_ == "run.threads") to = subject.base().used().cores.value;
  set_bounds(whole_ ? 1 : unit_.number / kAround, to);
}

void Axis::set_bounds(double from, double to) {
  if (whole_) {
    from = std::ceil(from);
    to = std::floor(std::min(to, kMostWhole));
  }
  if (!(from > 0) || !(from <= to)) {
    fail(path_, fmt::format("from {} to {}: a range goes upwards, from above zero",
                            unit_.with(from), unit_.with(to)));
  }
  if (from < kLeast || to > kMost) {
    fail(path_, fmt::format("numbers from {} to {} are possible, write them in another unit",
                            kLeast, kMost));
  }
  first_ = whole_ ? static_cast<std::int64_t>(from) : lattice_.ceil(from);
  last_ = whole_ ? static_cast<std::int64_t>(to) : lattice_.floor(to);
  if (last_ < first_) fail(path_, "no number with so few digits is in that range");
}

std::string Axis::text(std::int64_t index) const {
  return is_list() ? words_[static_cast<std::size_t>(index)] : unit_.with(number(index));
}

double Axis::number(std::int64_t index) const {
  if (is_list() || whole_) return static_cast<double>(index);
  return lattice_.at(index);
}

}  // namespace roofbeam
