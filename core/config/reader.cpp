#include "core/config/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <type_traits>

#include "core/input_error.hpp"
#include "core/nearest.hpp"

namespace roofbeam::config {
namespace {

const std::array<std::string, 5> kKinds = {"datasheet", "measured", "derived", "estimated",
                                           "fitted"};

std::string_view kind_word(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::scalar:
      return "a single value";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::map:
      return "a map";
  }
  return "";
}

template <class T>
std::string_view expected() {
  if constexpr (std::is_same_v<T, std::string>) {
    return "a word";
  } else if constexpr (std::is_same_v<T, bool>) {
    return "true or false";
  } else if constexpr (std::is_same_v<T, int> || std::is_same_v<T, long long>) {
    return "a whole number such as 4";
  } else {
    return expectation<T>();
  }
}

Parsed<std::string> parse_scalar(const std::string& text, std::string*) { return {text, ""}; }

Parsed<bool> parse_scalar(const std::string& text, bool*) {
  if (text == "true") return {true, ""};
  if (text == "false") return {false, ""};
  return {false, fmt::format("'{}' is not true or false", text)};
}

template <class Integer>
Parsed<Integer> parse_integer(const std::string& text) {
  const bool whole = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  if (!whole) return {0, fmt::format("'{}' is not a whole number", text)};
  Integer value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{}) return {value, ""};
  return {0, fmt::format("'{}' is larger than {}", text, std::numeric_limits<Integer>::max())};
}
Parsed<int> parse_scalar(const std::string& text, int*) { return parse_integer<int>(text); }
Parsed<long long> parse_scalar(const std::string& text, long long*) {
  return parse_integer<long long>(text);
}
template <class Q>
Parsed<Q> parse_scalar(const std::string& text, Q*) {
  return parse_quantity<Q>(text);
}

Origin read_origin(const Node& node, MapReader& map) {
  Origin origin;
  if (const auto kind = map.choice("kind", kKinds)) {
    origin.kind = static_cast<OriginKind>(*kind + 1);
    origin.source = map.required<std::string>("source").value;
    const auto* source = node.find("source");
    if (source != nullptr && source->kind == Node::Kind::scalar && source->scalar.empty()) {
      map.complain("source", "source: is empty", "write where the number comes from");
    }
  } else if (const auto source = map.optional<std::string>("source")) {
    origin.source = source->value;
  }
  return origin;
}

template <class T>
T read_scalar(const Node& node, std::string_view what, Complaints& complaints) {
  if (node.kind != Node::Kind::scalar) {
    complaints.add(node.mark, fmt::format("{}: expected {}, found {}", what, expected<T>(),
                                          kind_word(node.kind)));
    return T{};
  }
  auto parsed = parse_scalar(node.scalar, static_cast<T*>(nullptr));
  if (parsed.problem.empty()) return std::move(parsed.value);
  complaints.add(node.mark, fmt::format("{}: {}", what, parsed.problem),
                 fmt::format("write {}", expected<T>()));
  return T{};
}

}  // namespace

std::string_view to_text(OriginKind kind) {
  if (kind == OriginKind::unstated) return "unstated";
  return kKinds[static_cast<std::size_t>(kind) - 1];
}

void Complaints::add(const Mark& mark, std::string_view text, std::string_view hint) {
  if (texts_.size() < kMost) {
    texts_.push_back(complaint(mark, text, hint));
  } else {
    ++unreported_;
  }
}

void Complaints::throw_if_any() const {
  if (texts_.empty()) return;
  auto all = fmt::format("{}", fmt::join(texts_, "\n"));
  if (unreported_ > 0) {
    all += fmt::format("\nand {} more error{}", unreported_, unreported_ == 1 ? "" : "s");
  }
  throw InputError(all);
}

MapReader::MapReader(const Node& node, std::string what, Complaints& complaints)
    : node_(node), what_(std::move(what)), complaints_(complaints) {
  if (node.kind == Node::Kind::map) return;
  complaints.add(node.mark,
                 fmt::format("{}: expected a map of keys, found {}", what_, kind_word(node.kind)));
}

const Node* MapReader::take(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return node_.find(key);
}

const Node* MapReader::take_required(std::string_view key, std::string_view expected_text) {
  const auto* found = take(key);
  if (found == nullptr && node_.kind == Node::Kind::map) {
    complaints_.add(node_.mark, fmt::format("{}: key '{}' is missing", what_, key),
                    fmt::format("add '{}:' with {}", key, expected_text));
  }
  return found;
}

template <class T>
Sourced<T> read_value(const Node& node, std::string_view what, Complaints& complaints) {
  if (node.kind != Node::Kind::map) return {read_scalar<T>(node, what, complaints), {}};
  MapReader map(node, std::string(what), complaints);
  const auto* value = map.take_required("value", expected<T>());
  const auto origin = read_origin(node, map);
  map.finish();
  return {value == nullptr ? T{} : read_scalar<T>(*value, what, complaints), origin};
}

template <class T>
Sourced<T> MapReader::required(std::string_view key) {
  const auto* found = take_required(key, expected<T>());
  return found == nullptr ? Sourced<T>{} : read_value<T>(*found, key, complaints_);
}

template <class T>
std::optional<Sourced<T>> MapReader::optional(std::string_view key) {
  const auto* found = take(key);
  if (found == nullptr) return std::nullopt;
  return read_value<T>(*found, key, complaints_);
}

std::optional<std::size_t> MapReader::choice(std::string_view key,
                                             std::span<const std::string> words) {
  const auto* found = take(key);
  if (found == nullptr) return std::nullopt;
  const auto word = read_scalar<std::string>(*found, key, complaints_);
  const auto match = std::find(words.begin(), words.end(), word);
  if (match != words.end()) return static_cast<std::size_t>(match - words.begin());
  if (found->kind != Node::Kind::scalar) return std::nullopt;
  const auto hint = nearest(word, words);
  complaints_.add(found->mark,
                  fmt::format("{}: '{}' is none of: {}", key, word, fmt::join(words, ", ")),
                  hint ? fmt::format("did you mean '{}'?", *hint) : "");
  return std::nullopt;
}

std::optional<std::size_t> MapReader::required_choice(std::string_view key,
                                                      std::span<const std::string> words) {
  if (node_.find(key) != nullptr) return choice(key, words);
  (void)take_required(key, fmt::format("one of: {}", fmt::join(words, ", ")));
  return std::nullopt;
}

std::vector<std::string> MapReader::words(std::string_view key) {
  std::vector<std::string> result;
  if (const auto* found = list(key)) {
    for (const auto& item : found->items) {
      result.push_back(read_scalar<std::string>(item, key, complaints_));
    }
  }
  return result;
}

const Node* MapReader::list(std::string_view key, bool required) {
  const auto* found = required ? take_required(key, "a list") : take(key);
  if (found == nullptr || found->kind == Node::Kind::list) return found;
  complaints_.add(found->mark,
                  fmt::format("{}: expected a list, found {}", key, kind_word(found->kind)));
  return nullptr;
}

const Node* MapReader::map(std::string_view key, bool required) {
  const auto* found = required ? take_required(key, "a map") : take(key);
  if (found == nullptr || found->kind == Node::Kind::map) return found;
  complaints_.add(found->mark,
                  fmt::format("{}: expected a map, found {}", key, kind_word(found->kind)));
  return nullptr;
}

Mark MapReader::mark(std::string_view key) const {
  const auto* found = node_.find(key);
  return found == nullptr ? node_.mark : found->mark;
}

void MapReader::complain(std::string_view key, std::string_view text, std::string_view hint) {
  complaints_.add(mark(key), text, hint);
}

void MapReader::finish() {
  for (const auto& entry : node_.entries) {
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    const auto hint = nearest(entry.key, known_);
    complaints_.add(entry.key_mark, fmt::format("{}: unknown key '{}'", what_, entry.key),
                    hint ? fmt::format("did you mean '{}'?", *hint)
                         : fmt::format("known keys: {}", fmt::join(known_, ", ")));
  }
}

// NOLINTBEGIN(bugprone-macro-parentheses): T is a type
#define ROOFBEAM_INSTANTIATE(T)                                                \
  template Sourced<T> MapReader::required<T>(std::string_view);                \
  template std::optional<Sourced<T>> MapReader::optional<T>(std::string_view); \
  template Sourced<T> read_value<T>(const Node&, std::string_view, Complaints&)
// NOLINTEND(bugprone-macro-parentheses)
ROOFBEAM_INSTANTIATE(std::string);
ROOFBEAM_INSTANTIATE(bool);
ROOFBEAM_INSTANTIATE(int);
ROOFBEAM_INSTANTIATE(long long);
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

}  // namespace roofbeam::config
