// Reads a config tree against a schema and collects every complaint, up to ten, before it throws.
//
//   Complaints complaints;
//   MapReader map(node, "memory[0]", complaints);
//   level.size = map.required<Bytes>("size");
//   level.bandwidth = map.optional<BytesPerSecond>("bandwidth");
//   map.finish();                     // complains about keys that nobody asked for
//   complaints.throw_if_any();
//
// Any value of required and optional may be written plain or as {value, kind, source}, where a kind
// needs a source; see Sourced. Words of choice and words are plain.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/node.hpp"
#include "core/quantity/text.hpp"

namespace roofbeam::config {

// How a number came to be.
enum class OriginKind { unstated, datasheet, measured, derived, estimated, fitted };
struct Origin {
  OriginKind kind = OriginKind::unstated;
  std::string source;
};
[[nodiscard]] std::string_view to_text(OriginKind);

// A value and where it comes from. Reads as the value itself.
template <class T>
struct Sourced {
  T value{};
  Origin origin;
  constexpr operator const T&() const { return value; }
};

class Complaints {
 public:
  static constexpr std::size_t kMost = 10;
  void add(const Mark& mark, std::string_view text, std::string_view hint = {});
  [[nodiscard]] bool any() const { return !texts_.empty(); }
  // Throws InputError with all complaints, one after another, and how many more there were.
  void throw_if_any() const;

 private:
  std::vector<std::string> texts_;
  std::size_t unreported_ = 0;
};

// Values are returned even after a complaint (as T{}), so that reading goes on to the next error.
// T of required/optional: std::string, bool, int, long long, double, or any quantity of text.hpp.
// A bool is `true` or `false`; an int or long long is digits only, so never negative.
class MapReader {
 public:
  // `what` names the map in messages ("engine 'cpu'"). Complains if the node is not a map.
  MapReader(const Node& node, std::string what, Complaints& complaints);

  template <class T>
  Sourced<T> required(std::string_view key);
  template <class T>
  std::optional<Sourced<T>> optional(std::string_view key);

  // One word out of a list: complains with the list and the nearest word. Returns its index, or
  // nullopt if the key is absent or wrong.
  std::optional<std::size_t> choice(std::string_view key, std::span<const std::string> words);
  std::optional<std::size_t> required_choice(std::string_view key,
                                             std::span<const std::string> words);

  std::vector<std::string> words(std::string_view key);           // list of words; absent is empty
  const Node* list(std::string_view key, bool required = false);  // nullptr if absent or wrong
  const Node* map(std::string_view key, bool required = false);   // nullptr if absent or wrong

  // The node under a key, or this map's own place if the key is absent: for the caller's
  // complaints.
  [[nodiscard]] Mark mark(std::string_view key) const;
  void complain(std::string_view key, std::string_view text, std::string_view hint = {});

  // Complains about every key that was never asked for, with the nearest known one.
  void finish();

 private:
  template <class T>
  friend Sourced<T> read_value(const Node& node, std::string_view what, Complaints& complaints);

  const Node* take(std::string_view key);
  const Node* take_required(std::string_view key, std::string_view expected);

  const Node& node_;
  std::string what_;
  Complaints& complaints_;
  std::vector<std::string> known_;
};

// One node as T, plain or with its origin; complains at the node's place. For values read in loops.
template <class T>
Sourced<T> read_value(const Node& node, std::string_view what, Complaints& complaints);

}  // namespace roofbeam::config
