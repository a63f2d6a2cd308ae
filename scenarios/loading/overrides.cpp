#include "scenarios/loading/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "core/input_error.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {
namespace {

using config::Mark;
using config::Node;

Mark mark_of(const std::string& option, const std::string& text) {
  return {std::make_shared<const config::Source>(config::Source{option, text}), 1, 1};
}

Node node_of(Node::Kind kind, const Mark& mark, std::string text = "") {
  Node node;
  node.kind = kind;
  node.mark = mark;
  node.scalar = std::move(text);
  return node;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The value under a key, made if there is none.
Node& child(Node& map, const std::string& key, Node::Kind kind, const Mark& mark) {
  if (Node* found = map.find(key); found != nullptr && found->kind == kind) return *found;
  if (Node* wrong = map.find(key)) return *wrong = node_of(kind, mark);
  map.entries.push_back({key, mark, node_of(kind, mark)});
  return map.entries.back().value;
}

// Scalars between commas; of a list in brackets, what is in it.
void add_parts(Node& list, std::string_view text, const Mark& mark) {
  while (true) {
    const auto comma = text.find(',');
    list.items.push_back(
        node_of(Node::Kind::scalar, mark, std::string(trimmed(text.substr(0, comma)))));
    if (comma == std::string_view::npos) return;
    text.remove_prefix(comma + 1);
  }
}

std::pair<std::string, std::string> split(std::string_view option, const std::string& text,
                                          std::string_view example) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    throw InputError(fmt::format("{} {}: write {}", option, text, example));
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::string with_room(const std::string& path) {
  return room_path(path) ? path : "platform." + path;
}

// "10..100 GB/s:20": the first end has the second one's unit unless it states its own.
std::optional<Node> range_of(std::string_view text, const Mark& mark) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto colon = text.rfind(':');
  const bool counted = colon != std::string_view::npos && colon > dots;
  const auto to = trimmed(text.substr(dots + 2, counted ? colon - dots - 2 : text.npos));
  std::string from(trimmed(text.substr(0, dots)));
  const bool bare = from.find_first_not_of("0123456789.eE+-") == std::string::npos;
  const auto unit = to.find_first_not_of("0123456789.eE+-");
  if (bare && unit != std::string_view::npos) from += to.substr(unit);
  Node range = node_of(Node::Kind::map, mark);
  const auto add = [&](std::string key, std::string value) {
    range.entries.push_back(
        {std::move(key), mark, node_of(Node::Kind::scalar, mark, std::move(value))});
  };
  add("from", from);
  add("to", std::string(to));
  add("steps", counted ? std::string(trimmed(text.substr(colon + 1))) : "10");
  return range;
}

// Values between commas: the commas inside brackets and braces do not count, because it is YAML.
Node list_of(const std::string& text, const std::string& option, const Mark& mark) {
  Node list = config::parse(fmt::format("[{}]", text), option);
  list.mark = mark;
  return list;
}

// ---- platforms

// How reports and rules of the file call a platform that it lists.
std::string name_of(const Node& item) {
  const auto word = [&](std::string_view key) {
    const Node* node = item.find(key);
    return node == nullptr ? std::string() : node->scalar;
  };
  if (!word("name").empty()) return word("name");
  const bool is_map = item.kind == Node::Kind::map;
  const std::string platform = is_map ? word("platform") : item.scalar;
  const bool is_file = platform.find('/') != std::string::npos || platform.ends_with(".yaml");
  const std::string name = is_file ? std::filesystem::path(platform).stem().string() : platform;
  return word("engine").empty() ? name : name + "/" + word("engine");
}

// Takes platforms that are left out from a rule; false if it was about no other.
bool still_holds(Node& condition, const std::vector<std::string>& left_out) {
  Node* platforms = condition.find("platform");
  if (platforms == nullptr) return true;
  const auto is_left_out = [&](const Node& word) {
    return std::ranges::find(left_out, word.scalar) != left_out.end();
  };
  if (platforms->kind != Node::Kind::list) return !is_left_out(*platforms);
  std::erase_if(platforms->items, is_left_out);
  return !platforms->items.empty();
}

void drop_rules(Node& root, const std::vector<std::string>& left_out) {
  for (const std::string_view key : {"exclude", "given", "require"}) {
    Node* rules = root.find(key);
    if (rules == nullptr) continue;
    std::erase_if(rules->items, [&](Node& rule) {
      Node* const condition = key == "exclude" ? &rule : rule.find("when");
      return condition != nullptr && !still_holds(*condition, left_out);
    });
  }
}

// Those that the file lists by these names, as it describes them, and others by their own.
void choose_platforms(Node& root, const std::vector<std::string>& names) {
  Node& list = child(root, "platforms", Node::Kind::list, mark_of("", names.front()));
  const std::vector<Node> listed = std::exchange(list.items, {});
  for (const std::string& name : names) {
    const auto found = std::ranges::find(listed, name, name_of);
    list.items.push_back(
        found != listed.end() ? *found : node_of(Node::Kind::scalar, mark_of("", name), name));
  }
  std::vector<std::string> left_out;
  for (const Node& item : listed) {
    const std::string name = name_of(item);
    if (std::ranges::find(list.items, name, name_of) == list.items.end()) left_out.push_back(name);
  }
  drop_rules(root, left_out);
}

}  // namespace

Node scenario_of_network(const std::string& onnx) {
  const Mark mark = mark_of("", onnx);
  Node root = node_of(Node::Kind::map, mark);
  const std::string name = std::filesystem::path(onnx).stem().string();
  root.entries.push_back({"scenario", mark, node_of(Node::Kind::scalar, mark, name)});
  add_parts(child(root, "networks", Node::Kind::list, mark), onnx, mark);
  return root;
}

void apply_overrides(Node& root, const ScenarioOverrides& overrides) {
  if (root.kind != Node::Kind::map) return;  // complained of when it is read
  if (!overrides.objectives.empty()) {
    const Mark mark = mark_of("--objectives", overrides.objectives);
    Node& list = child(root, "objectives", Node::Kind::list, mark);
    list.items.clear();
    add_parts(list, overrides.objectives, mark);
  }
  for (const std::string& text : overrides.requirements) {
    const Mark mark = mark_of("--require", text);
    add_parts(child(root, "require", Node::Kind::list, mark), text, mark);
  }
  for (const std::string& text : overrides.settings) {
    const auto [path, value] = split("--set", text, "PATH=VALUE, such as run.batch=4");
    Node& set = child(root, "set", Node::Kind::map, mark_of("--set", text));
    set.entries.push_back(
        {with_room(path), mark_of("--set", text), config::parse(value, "--set " + path)});
  }
  for (const std::string& text : overrides.vary) {
    const auto [path, value] =
        split("--vary", text, "PATH=FROM..TO:STEPS or PATH=A,B,C, such as run.batch=1,2,4");
    const Mark mark = mark_of("--vary", text);
    Node& vary = child(root, "vary", Node::Kind::map, mark);
    auto range = range_of(value, mark);
    Node values = range ? std::move(*range) : list_of(value, "--vary " + path, mark);
    vary.entries.push_back({with_room(path), mark, std::move(values)});
  }
  if (!overrides.platforms.empty()) choose_platforms(root, overrides.platforms);
}

}  // namespace roofbeam
