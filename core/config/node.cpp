#include "core/config/node.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/input_error.hpp"
#include "core/nearest.hpp"

namespace roofbeam::config {
namespace {

// The scalar that names an item of a list: its `level` or its `name`.
const std::string* name_of(const Node& item) {
  for (const std::string_view key : {"level", "name"}) {
    const auto* named = item.find(key);
    if (named != nullptr && named->kind == Node::Kind::scalar) return &named->scalar;
  }
  return nullptr;
}

bool all_named(const Node& list) {
  return !list.items.empty() &&
         std::all_of(list.items.begin(), list.items.end(),
                     [](const Node& item) { return name_of(item) != nullptr; });
}

void merge_map(Node& base, const Node& change) {
  for (const auto& entry : change.entries) {
    if (auto* found = base.find(entry.key)) {
      *found = merge(std::move(*found), entry.value);
    } else {
      base.entries.push_back(entry);
    }
  }
}

void merge_named_list(Node& base, const Node& change) {
  std::vector<Node> added;
  for (const auto& item : change.items) {
    const auto same_name = [&](const Node& other) { return *name_of(other) == *name_of(item); };
    const auto found = std::find_if(base.items.begin(), base.items.end(), same_name);
    if (found == base.items.end()) {
      added.push_back(item);
    } else {
      *found = merge(std::move(*found), item);
    }
  }
  base.items.insert(base.items.end(), added.begin(), added.end());
}

// A number written with its origin is one value, not a map to merge into.
bool is_sourced_value(const Node& node) { return node.find("value") != nullptr; }

// What a dotted path can step to from here.
std::vector<std::string> steps_from(const Node& node) {
  std::vector<std::string> steps;
  for (const auto& entry : node.entries) steps.push_back(entry.key);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const auto* name = name_of(node.items[i]);
    const auto step = name != nullptr ? *name : fmt::format("{}", i);
    if (std::find(steps.begin(), steps.end(), step) == steps.end()) steps.push_back(step);
  }
  return steps;
}

std::optional<std::size_t> as_index(std::string_view step, std::size_t size) {
  std::size_t index = 0;
  const auto* end = step.data() + step.size();
  const auto [stop, error] = std::from_chars(step.data(), end, index);
  if (error != std::errc{} || stop != end || index >= size) return std::nullopt;
  return index;
}

// All nodes that a step leads to: several where list items share a name.
std::vector<Node*> follow(Node& node, std::string_view step) {
  if (auto* value = node.find(step)) return {value};
  std::vector<Node*> found;
  for (auto& item : node.items) {
    const auto* name = name_of(item);
    if (name != nullptr && *name == step) found.push_back(&item);
  }
  if (!found.empty()) return found;
  const auto index = as_index(step, node.items.size());
  return index ? std::vector<Node*>{&node.items[*index]} : found;
}

// A step of a path that does not exist, and what is there instead.
struct NoStep {
  std::string text;
  std::string there_is;
  std::string did_you_mean;
};

[[noreturn]] void throw_no_step(const Node& node, std::string_view step) {
  const auto steps = steps_from(node);
  const bool is_number = as_index(step, std::string_view::npos).has_value();
  const auto hint = is_number ? std::nullopt : nearest(step, steps);
  throw NoStep{fmt::format("there is no '{}'", step),
               steps.empty() ? "nothing can follow here"
                             : fmt::format("there is: {}", fmt::join(steps, ", ")),
               hint ? fmt::format("; did you mean '{}'?", *hint) : ""};
}

void set_at(Node& node, std::string_view rest, const Node& value) {
  const auto dot = rest.find('.');
  const auto step = rest.substr(0, dot);
  const bool is_last = dot == std::string_view::npos;
  const auto found = follow(node, step);
  if (found.empty()) {
    const bool may_be_new = is_last && !step.empty() && node.kind == Node::Kind::map;
    if (!may_be_new) throw_no_step(node, step);
    node.entries.push_back({std::string(step), value.mark, value});
  }
  for (auto* each : found) {
    if (is_last) {
      *each = value;
    } else {
      set_at(*each, rest.substr(dot + 1), value);
    }
  }
}

// Everything that a path leads to; at least one.
std::vector<Node*> reach(Node& node, std::string_view rest) {
  const auto dot = rest.find('.');
  const auto found = follow(node, rest.substr(0, dot));
  if (found.empty()) throw_no_step(node, rest.substr(0, dot));
  if (dot == std::string_view::npos) return found;
  std::vector<Node*> all;
  for (auto* each : found) {
    for (auto* end : reach(*each, rest.substr(dot + 1))) all.push_back(end);
  }
  return all;
}

// "68.25 GB/s" times a factor; nothing if the text does not begin with a number.
std::optional<std::string> multiplied(const std::string& text, double factor) {
  double number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{}) return std::nullopt;
  return fmt::format("{}{}", number * factor, std::string_view(stop, end));
}

void scale_one(Node& node, std::string_view path, double factor, const Mark& place) {
  auto* value = node.find("value");
  auto& number = value != nullptr ? *value : node;
  const auto text =
      number.kind == Node::Kind::scalar ? multiplied(number.scalar, factor) : std::nullopt;
  if (!text) {
    throw InputError(complaint(place, fmt::format("{} is no number that could be multiplied", path),
                               "list values instead of factors"));
  }
  number.scalar = *text;
  number.mark = place;
}

std::string_view line_of(const Mark& mark) {
  std::string_view text = mark.source->text;
  for (int line = 1; line < mark.line; ++line) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return "";
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find_first_of("\r\n"));
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The nearest start of a UTF-8 character at or before a place in a line.
std::size_t character_at(std::string_view line, std::size_t place) {
  if (place >= line.size()) return line.size();
  while (place > 0 && continues_character(line[place])) --place;
  return place;
}

// As wide as `text` on a terminal: tabs stay tabs, a character of many bytes is one space.
std::string blanks_for(std::string_view text) {
  std::string blanks;
  for (const char c : text) {
    if (!continues_character(c)) blanks += c == '\t' ? '\t' : ' ';
  }
  return blanks;
}

// The marked line with a caret below; of a long line, what surrounds the mark.
std::string excerpt(const Mark& mark) {
  constexpr std::size_t kWidest = 200;
  const auto line = line_of(mark);
  const auto place = std::min(static_cast<std::size_t>(std::max(mark.column, 1) - 1), line.size());
  const auto begin = place < kWidest * 3 / 4 ? 0 : character_at(line, place - kWidest / 2);
  const auto end = character_at(line, begin + kWidest);
  const std::string_view left = begin > 0 ? "..." : "";
  const std::string_view right = end < line.size() ? "..." : "";
  return fmt::format("    {}{}{}\n    {}{}^", left, line.substr(begin, end - begin), right,
                     blanks_for(left), blanks_for(line.substr(begin, place - begin)));
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

Node* Node::find(std::string_view key) { return const_cast<Node*>(std::as_const(*this).find(key)); }

Node merge(Node base, const Node& change) {
  const bool both_maps = base.kind == Node::Kind::map && change.kind == Node::Kind::map;
  const bool both_lists = base.kind == Node::Kind::list && change.kind == Node::Kind::list;
  if (both_maps && !is_sourced_value(base) && !is_sourced_value(change)) {
    merge_map(base, change);
  } else if (both_lists && all_named(base) && all_named(change)) {
    merge_named_list(base, change);
  } else {
    return change;
  }
  return base;
}

void set(Node& root, std::string_view dotted_path, std::string_view value) {
  const auto parsed = parse(std::string(value), fmt::format("--set {}", dotted_path));
  try {
    set_at(root, dotted_path, parsed);
  } catch (const NoStep& missing) {
    throw InputError(fmt::format("--set {}: {}; {}{}", dotted_path, missing.text, missing.there_is,
                                 missing.did_you_mean));
  }
}

void set(Node& root, std::string_view dotted_path, const Node& value) {
  try {
    set_at(root, dotted_path, value);
  } catch (const NoStep& missing) {
    throw InputError(complaint(value.mark, fmt::format("{}: {}", dotted_path, missing.text),
                               missing.there_is + missing.did_you_mean));
  }
}

void scale(Node& root, std::string_view dotted_path, double factor, const Mark& place) {
  try {
    for (auto* node : reach(root, dotted_path)) scale_one(*node, dotted_path, factor, place);
  } catch (const NoStep& missing) {
    throw InputError(complaint(place, fmt::format("{}: {}", dotted_path, missing.text),
                               missing.there_is + missing.did_you_mean));
  }
}

std::string flow_text(const Node& node) {
  std::vector<std::string> parts;
  for (const auto& item : node.items) parts.push_back(flow_text(item));
  for (const auto& entry : node.entries) {
    parts.push_back(fmt::format("{}: {}", entry.key, flow_text(entry.value)));
  }
  if (node.kind == Node::Kind::list) return fmt::format("[{}]", fmt::join(parts, ", "));
  if (node.kind == Node::Kind::map) return fmt::format("{{{}}}", fmt::join(parts, ", "));
  return node.scalar;
}

std::string complaint(const Mark& mark, std::string_view text, std::string_view hint) {
  if (mark.source == nullptr) return fmt::format("error: {}", text);
  auto result = fmt::format("{}:{}:{}: error: {}\n{}", mark.source->name, mark.line, mark.column,
                            text, excerpt(mark));
  if (!hint.empty()) result += fmt::format("\n  {}", hint);
  return result;
}

}  // namespace roofbeam::config
