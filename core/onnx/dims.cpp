#include "core/onnx/dims.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <vector>

#include "core/input_error.hpp"
#include "core/nearest.hpp"

namespace roofbeam::onnx {
namespace {

constexpr int kDeepest = 32;

// Not arithmetic after all.
struct NotArithmetic {};

// Without the last bits' error of a division: (31 - 1) / 3 as 31/3 - 1/3 comes out a little off 10.
double settled(double value) {
  const double nearest = std::round(value);
  return std::abs(value - nearest) < 1e-9 ? nearest : value;
}

// A recursive descent over the text: sum, product, factor. Values have 53 exact bits, as many as
// any dimension needs; a name without a number makes NaN, which stays.
class Arithmetic {
 public:
  Arithmetic(std::string_view text, const std::map<std::string, std::int64_t>& numbers)
      : rest_(text), numbers_(numbers) {}

  double run() {
    const double value = sum(0);
    if (!rest_after_space().empty()) throw NotArithmetic();
    return value;
  }
  [[nodiscard]] std::set<std::string> missing() const { return missing_; }

 private:
  std::string_view rest_after_space() {
    const auto start = rest_.find_first_not_of(' ');
    rest_.remove_prefix(std::min(start, rest_.size()));
    return rest_;
  }

  bool take(std::string_view token) {
    if (!rest_after_space().starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  double sum(int depth) {
    if (depth > kDeepest) throw NotArithmetic();
    double value = product(depth);
    while (true) {
      if (take("+")) {
        value += product(depth);
      } else if (take("-")) {
        value -= product(depth);
      } else {
        return value;
      }
    }
  }

  double product(int depth) {
    double value = factor(depth);
    while (true) {
      if (take("//")) {
        value = std::floor(value / factor(depth));
      } else if (take("*")) {
        value *= factor(depth);
      } else if (take("/")) {
        value /= factor(depth);
      } else if (take("%")) {
        const double divisor = factor(depth);
        value -= std::floor(value / divisor) * divisor;
      } else {
        return value;
      }
    }
  }

  double factor(int depth) {
    if (take("-")) return -factor(next(depth));
    if (take("(")) return closed(sum(next(depth)));
    const auto word = take_word();
    if (word.empty()) throw NotArithmetic();
    if (std::isdigit(static_cast<unsigned char>(word.front())) != 0) return number(word);
    return take("(") ? call(word, next(depth)) : named(std::string(word));
  }

  static int next(int depth) {
    if (depth >= kDeepest) throw NotArithmetic();
    return depth + 1;
  }

  double closed(double value) {
    if (!take(")")) throw NotArithmetic();
    return value;
  }

  double call(std::string_view function, int depth) {
    std::vector<double> arguments = {sum(depth)};
    while (take(",")) arguments.push_back(sum(depth));
    closed(0);
    const auto [least, most] = std::ranges::minmax(arguments);
    if (function == "floor") return std::floor(settled(arguments.front()));
    if (function == "ceil" || function == "ceiling") return std::ceil(settled(arguments.front()));
    if (function == "min" || function == "Min") return least;
    if (function == "max" || function == "Max") return most;
    throw NotArithmetic();
  }

  std::string_view take_word() {
    (void)rest_after_space();
    const auto end = std::ranges::find_if_not(rest_, [](unsigned char c) {
      return std::isalnum(c) != 0 || c == '_' || c == '.' || c == ':';
    });
    const auto word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(word.size());
    return word;
  }

  static double number(std::string_view word) {
    double value = 0;
    for (const char c : word) {
      if (std::isdigit(static_cast<unsigned char>(c)) == 0) throw NotArithmetic();
      value = value * 10 + (c - '0');
    }
    return value;
  }

  double named(std::string name) {
    const auto found = numbers_.find(name);
    if (found != numbers_.end()) return static_cast<double>(found->second);
    missing_.insert(std::move(name));
    return std::nan("");
  }

  std::string_view rest_;
  const std::map<std::string, std::int64_t>& numbers_;
  std::set<std::string> missing_;
};

// "batch-size" is a name, "past - 1" is not.
bool looks_like_arithmetic(std::string_view text) {
  return text.find_first_of("+*/%(") != std::string_view::npos ||
         text.find(" - ") != std::string_view::npos;
}

std::int64_t whole(std::string_view text, double value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const double number = settled(value);
  if (number == std::floor(number) && number >= 0 && number <= kExact) {
    return static_cast<std::int64_t>(number);
  }
  throw InputError(
      fmt::format("the dimension '{}' comes out as {}; it must be a whole number from "
                  "0 to 2^53: check what --dim gives",
                  text, std::isfinite(value) ? fmt::format("{}", value) : "no number"));
}

DimensionValue value_of_name(std::string_view text,
                             const std::map<std::string, std::int64_t>& numbers) {
  const auto found = numbers.find(std::string(text));
  if (found == numbers.end()) return {std::nullopt, {std::string(text)}};
  return {found->second, {}};
}

}  // namespace

DimensionValue evaluate(std::string_view text, const std::map<std::string, std::int64_t>& numbers) {
  auto by_name = value_of_name(text, numbers);
  if (by_name.value || !looks_like_arithmetic(text)) return by_name;
  Arithmetic arithmetic(text, numbers);
  try {
    const double value = arithmetic.run();
    if (arithmetic.missing().empty()) return {whole(text, value), {}};
    return {std::nullopt, arithmetic.missing()};
  } catch (const NotArithmetic&) {
    return by_name;
  }
}

DimensionValue Dims::resolve(std::string_view owner, const Dimension& dimension, std::size_t axis) {
  const auto name =
      dimension.name.empty() ? fmt::format("{}.{}", owner, axis) : std::string(dimension.name);
  const bool stated = dimension.value && *dimension.value >= 0;  // some write -1 for unknown
  if (stated) {
    const auto given = given_.find(name);
    if (given == given_.end()) return {dimension.value, {}};
    known_.insert(name);
    return {given->second, {}};
  }
  const auto names = evaluate(name, {}).missing;
  known_.insert(names.begin(), names.end());
  if (given_.count(name) != 0) known_.insert(name);
  return evaluate(name, given_);
}

void Dims::require_all_used() const {
  for (const auto& [name, value] : given_) {
    if (known_.count(name) != 0) continue;
    const std::vector<std::string> known(known_.begin(), known_.end());
    const auto hint = nearest(name, known);
    throw InputError(
        fmt::format("--dim {}={}: no input has a dimension '{}'{}{}", name, value, name,
                    known.empty() ? "; all dimensions are numbers"
                                  : fmt::format("; unknown ones are: {}", fmt::join(known, ", ")),
                    hint ? fmt::format("; did you mean '{}'?", *hint) : ""));
  }
}

}  // namespace roofbeam::onnx
