#include "platforms/reading.hpp"

#include <algorithm>

#include "platforms/words.hpp"

namespace roofbeam::reading {
namespace {

// The scalars of a list, or the one that stands in its place.
std::vector<const Node*> scalars(Map& map, std::string_view key) {
  const Node* node = map.node.find(key);
  if (node != nullptr && node->kind == Node::Kind::scalar) {
    (void)map.reader.optional<std::string>(key);  // known to the reader now
    return {node};
  }
  std::vector<const Node*> all;
  if (const Node* list = map.reader.list(key)) {
    for (const Node& item : list->items) {
      if (item.kind == Node::Kind::scalar) {
        all.push_back(&item);
      } else {
        map.complaints.add(item.mark, fmt::format("{}: expected a list of words", key));
      }
    }
  }
  return all;
}

}  // namespace

std::string_view sign_problem(double value, Sign sign) {
  switch (sign) {
    case Sign::positive:
      return value > 0 ? "" : "must be more than zero";
    case Sign::not_negative:
      return value >= 0 ? "" : "must not be negative";
    case Sign::share:
      return value >= 0 && value <= 1 ? "" : "must lie within 0 and 1";
    case Sign::positive_share:
      return value > 0 && value <= 1 ? "" : "must be more than 0 and at most 1";
  }
  return "";
}

const Node* scalar_of(const Node* node) {
  if (node == nullptr) return nullptr;
  if (node->kind == Node::Kind::map) node = node->find("value");
  return node != nullptr && node->kind == Node::Kind::scalar ? node : nullptr;
}

std::vector<std::size_t> choices(Map& map, std::string_view key,
                                 std::span<const std::string> known) {
  std::vector<std::size_t> indices;
  for (const Node* scalar : scalars(map, key)) {
    const auto found = std::ranges::find(known, scalar->scalar);
    if (found == known.end()) {
      const auto near = nearest(scalar->scalar, known);
      map.complaints.add(scalar->mark,
                         fmt::format("{}: '{}' is none of: {}", key, scalar->scalar, join(known)),
                         near ? fmt::format("did you mean '{}'?", *near) : "");
    } else {
      indices.push_back(static_cast<std::size_t>(found - known.begin()));
    }
  }
  return indices;
}

std::vector<std::string> words(Map& map, std::string_view key) {
  std::vector<std::string> all;
  for (const Node* scalar : scalars(map, key)) all.push_back(scalar->scalar);
  return all;
}

std::string describe(std::string_view kind, const Node& item, std::string_view key,
                     std::size_t index) {
  const Node* name = scalar_of(item.find(key));
  return name ? fmt::format("{} '{}'", kind, name->scalar) : fmt::format("{} {}", kind, index);
}

void complain_unknown_key(const config::Entry& entry, std::string_view where,
                          std::span<const std::string> known, Complaints& complaints) {
  const auto near = nearest(entry.key, known);
  complaints.add(
      entry.key_mark, fmt::format("{}: unknown key '{}'", where, entry.key),
      near ? fmt::format("did you mean '{}'?", *near) : fmt::format("known keys: {}", join(known)));
}

config::Origin common_origin(const Node& map, std::string_view what, Complaints& complaints) {
  Node value;
  value.kind = Node::Kind::map;
  value.mark = map.mark;
  Node zero;
  zero.kind = Node::Kind::scalar;
  zero.mark = map.mark;
  zero.scalar = "0";
  value.entries.push_back({"value", map.mark, zero});
  for (const config::Entry& entry : map.entries) {
    if (entry.key == "kind" || entry.key == "source") value.entries.push_back(entry);
  }
  return config::read_value<double>(value, what, complaints).origin;
}

}  // namespace roofbeam::reading
