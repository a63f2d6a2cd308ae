#include "scenarios/stated_number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/quantity/text.hpp"

namespace roofbeam {
namespace {

using config::Node;

// A dimension: what one of a unit is in SI, if the unit belongs to it.
struct UnitKind {
  std::optional<double> (*si_of_one)(const std::string& text);
  int time_exponent;
};

template <class Q>
std::optional<double> si_of_one(const std::string& text) {
  const auto parsed = parse_quantity<Q>(text);
  if (!parsed.problem.empty()) return std::nullopt;
  if constexpr (std::is_same_v<Q, double>) {
    return parsed.value;
  } else {
    return parsed.value.si();
  }
}

// A bandwidth for each cycle follows the clock, so it has no time of its own.
constexpr std::array kKinds = {
    UnitKind{si_of_one<double>, 0},          UnitKind{si_of_one<Seconds>, 1},
    UnitKind{si_of_one<Hertz>, -1},          UnitKind{si_of_one<Bytes>, 0},
    UnitKind{si_of_one<BytesPerSecond>, -1}, UnitKind{si_of_one<StatedBandwidth>, 0},
    UnitKind{si_of_one<Watts>, -1},          UnitKind{si_of_one<JoulesPerByte>, 0},
    UnitKind{si_of_one<JoulesPerMac>, 0},
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

bool is_structure(std::string_view key) {
  static constexpr std::array kKeys = {"kind",    "source", "title", "match", "tile",
                                       "outputs", "name",   "level", "errors"};
  return std::ranges::find(kKeys, key) != kKeys.end();
}

const Node* scalar_in(const Node& node) {
  if (node.kind == Node::Kind::scalar) return &node;
  const Node* value = node.find("value");
  return value != nullptr && value->kind == Node::Kind::scalar ? value : nullptr;
}

std::string step_of(const Node& item, std::size_t index) {
  for (const std::string_view key : {"level", "name"}) {
    const Node* named = item.find(key);
    if (named != nullptr && named->kind == Node::Kind::scalar) return named->scalar;
  }
  return fmt::format("{}", index);
}

// The kind that a map states for its numbers; engines have a `kind`, too, which is another thing.
std::string kind_of(const Node& node, const std::string& around) {
  const Node* kind = node.find("kind");
  return kind != nullptr && node.find("source") != nullptr ? kind->scalar : around;
}

void collect(const Node& node, const std::string& path, const std::string& around,
             std::vector<StatedNumber>& numbers) {
  const std::string kind = kind_of(node, around);
  if (const Node* scalar = scalar_in(node)) {
    const auto value = parse_unit_number(scalar->scalar);
    if (value) numbers.push_back({path, *value, kind});
    return;
  }
  const auto below = [&](const std::string& step) {
    return path.empty() ? step : path + '.' + step;
  };
  for (const auto& entry : node.entries) {
    if (!is_structure(entry.key)) collect(entry.value, below(entry.key), kind, numbers);
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (node.items[i].kind == Node::Kind::map) {
      collect(node.items[i], below(step_of(node.items[i], i)), kind, numbers);
    }
  }
}

}  // namespace

std::string UnitNumber::with(double other) const {
  return unit.empty() ? fmt::format("{}", other) : fmt::format("{} {}", other, unit);
}

bool UnitNumber::same_dimension(const UnitNumber& other) const { return kind == other.kind; }

std::optional<UnitNumber> parse_unit_number(std::string_view text) {
  text = trimmed(text);
  UnitNumber found;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found.number);
  if (error != std::errc{}) return std::nullopt;
  found.unit = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  const std::string one = "1 " + found.unit;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    const auto si = kKinds[i].si_of_one(one);
    if (!si) continue;
    found.si = *si;
    found.time_exponent = kKinds[i].time_exponent;
    found.kind = static_cast<int>(i);
    return found;
  }
  return std::nullopt;
}

std::vector<StatedNumber> stated_numbers(const Node& root) {
  std::vector<StatedNumber> numbers;
  collect(root, "", "", numbers);
  return numbers;
}

std::optional<UnitNumber> number_at(const Node& root, std::string_view path) {
  for (const StatedNumber& number : stated_numbers(root)) {
    if (number.path == path) return number.value;
  }
  return std::nullopt;
}

}  // namespace roofbeam
