// What the schemas of platforms and runtimes share beyond core/config: signs of numbers, words or
// lists of words, and maps of numbers with one origin.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/config/node.hpp"
#include "core/config/reader.hpp"
#include "core/nearest.hpp"
#include "platforms/precision.hpp"

namespace roofbeam::reading {

using config::Complaints;
using config::MapReader;
using config::Node;
using config::Sourced;

enum class Sign { positive, not_negative, share, positive_share };  // shares are at most 1

// One map of a schema: a reader and the node that it reads.
struct Map {
  Map(const Node& from, std::string what, Complaints& to)
      : node(from), complaints(to), reader(from, std::move(what), to) {}

  template <class T>
  Sourced<T> required(std::string_view key, Sign sign) {
    return checked(key, reader.required<T>(key), sign);
  }
  template <class T>
  std::optional<Sourced<T>> optional(std::string_view key, Sign sign) {
    auto value = reader.optional<T>(key);
    if (value) checked(key, *value, sign);
    return value;
  }

  const Node& node;
  Complaints& complaints;
  MapReader reader;

 private:
  template <class T>
  Sourced<T> checked(std::string_view key, Sourced<T> value, Sign sign);
};

// "" if a value has the sign that was asked for, else "must be more than zero".
[[nodiscard]] std::string_view sign_problem(double value, Sign sign);

// The scalar itself, or the one under `value` of {value, kind, source}; nullptr if neither.
[[nodiscard]] const Node* scalar_of(const Node* node);

template <class T>
double magnitude(const T& value) {
  if constexpr (std::is_arithmetic_v<T>) {
    return static_cast<double>(value);
  } else {
    return value.si();
  }
}

// Complains about a number that could be read but has the wrong sign.
template <class T>
void check_sign(const Node* node, std::string_view what, const T& value, Sign sign,
                Complaints& complaints) {
  using Quantity = std::conditional_t<std::is_arithmetic_v<T>, double, T>;
  const Node* scalar = scalar_of(node);
  const std::string_view problem = sign_problem(magnitude(value), sign);
  if (scalar == nullptr || problem.empty()) return;
  if (!parse_quantity<Quantity>(scalar->scalar).problem.empty()) return;  // already complained
  complaints.add(scalar->mark, fmt::format("{}: '{}' {}", what, scalar->scalar, problem));
}

template <class T>
Sourced<T> Map::checked(std::string_view key, Sourced<T> value, Sign sign) {
  check_sign(node.find(key), key, value.value, sign, complaints);
  return value;
}

// Words under a key that takes one word or a list of them; each must be known.
// Indices into `known`; complains about others with the nearest.
[[nodiscard]] std::vector<std::size_t> choices(Map& map, std::string_view key,
                                               std::span<const std::string> known);
// Any words.
[[nodiscard]] std::vector<std::string> words(Map& map, std::string_view key);

// "WHERE: unknown key 'KEY'", with the nearest known key or all of them.
void complain_unknown_key(const config::Entry& entry, std::string_view where,
                          std::span<const std::string> known, Complaints& complaints);

// "engine 'cpu'": how messages name an item of a list, by its name if it states one.
[[nodiscard]] std::string describe(std::string_view kind, const Node& item, std::string_view key,
                                   std::size_t index);

// The origin that a map of numbers states once for all of them, by `kind` and `source` beside them.
[[nodiscard]] config::Origin common_origin(const Node& map, std::string_view what,
                                           Complaints& complaints);

// A map from known words to numbers, in the file's order. A number without an origin of its own
// gets the map's. `f(index, value)` is called for each that is known and could be read.
template <class T, class F>
void each_number(const Node& map, std::string_view what, std::span<const std::string> known,
                 Sign sign, Complaints& complaints, F&& f) {
  const config::Origin common = common_origin(map, what, complaints);
  for (const config::Entry& entry : map.entries) {
    if (entry.key == "kind" || entry.key == "source") continue;
    std::size_t index = 0;
    while (index < known.size() && known[index] != entry.key) ++index;
    if (index == known.size()) {
      complain_unknown_key(entry, what, known, complaints);
      continue;
    }
    const std::string name = fmt::format("{}.{}", what, entry.key);
    auto value = config::read_value<T>(entry.value, name, complaints);
    check_sign(&entry.value, name, value.value, sign, complaints);
    if (value.origin.kind == config::OriginKind::unstated) value.origin = common;
    f(index, value);
  }
}

}  // namespace roofbeam::reading
