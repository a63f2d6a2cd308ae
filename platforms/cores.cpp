#include "platforms/cores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/config/reader.hpp"
#include "platforms/catalog.hpp"

namespace roofbeam {
namespace {

using config::Entry;
using config::Mark;
using config::Node;

const Node* word_at(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  return node != nullptr && node->kind == Node::Kind::scalar ? node : nullptr;
}

Node word(std::string text, const Mark& mark) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.mark = mark;
  node.scalar = std::move(text);
  return node;
}

Node list_of(std::vector<Node> items, const Mark& mark) {
  Node node;
  node.kind = Node::Kind::list;
  node.mark = mark;
  node.items = std::move(items);
  return node;
}

void put(Node& map, std::string key, Node value) {
  if (Node* found = map.find(key)) {
    *found = std::move(value);
  } else {
    const Mark mark = value.mark;
    map.entries.push_back({std::move(key), mark, std::move(value)});
  }
}

// A core file with everything it extends; its other keys are checked as those of the engine.
Node core_named_by(const Node& name) {
  Node core = tree_named_by(name, "core", core_catalog());
  config::Complaints complaints;
  config::MapReader map(core, "core file", complaints);
  (void)map.required<std::string>("core");
  (void)map.optional<std::string>("title");
  (void)map.list("memory");
  complaints.throw_if_any();
  return core;
}

bool is_of_the_core_alone(const Entry& entry) {
  constexpr std::array<std::string_view, 4> keys = {"core", "title", "extends", "memory"};
  return std::ranges::find(keys, entry.key) != keys.end();
}

// The engine over what its core states; messages about it as a whole show the engine's line.
Node engine_over(Node core, const Node& engine) {
  std::erase_if(core.entries, is_of_the_core_alone);
  Node merged = config::merge(std::move(core), engine);
  merged.mark = engine.mark;
  return merged;
}

Node private_level(Node level, const Node& engine_name, std::string_view prefix) {
  if (const Node* name = word_at(level, "level")) {
    put(level, "level", word(fmt::format("{}{}", prefix, name->scalar), name->mark));
  }
  put(level, "per", word("core", level.mark));
  put(level, "of", list_of({engine_name}, level.mark));
  return level;
}

// The core's levels as this engine has them.
std::vector<Node> private_levels(const Node& core, const Node& engine, bool alone) {
  std::vector<Node> levels;
  const Node* memory = core.find("memory");
  const Node* name = word_at(engine, "name");
  if (memory == nullptr || name == nullptr) return levels;
  const std::string prefix = alone ? "" : name->scalar + "-";
  for (const Node& level : memory->items) levels.push_back(private_level(level, *name, prefix));
  return levels;
}

void put_first(Node& memory, std::vector<Node> levels) {
  if (levels.empty()) return;
  const Mark mark = memory.mark;
  memory = config::merge(list_of(std::move(levels), mark), memory);
}

}  // namespace

std::vector<CoreType> catalog_cores() {
  std::vector<CoreType> cores;
  for (const EmbeddedFile& file : core_catalog().files) {
    const Node core = config::parse(std::string(file.text), std::string(file.name));
    const Node* title = word_at(core, "title");
    cores.push_back({std::string(file.name), title == nullptr ? "" : title->scalar});
  }
  return cores;
}

Node with_cores(Node descriptor) {
  Node* engines = descriptor.find("engines");
  if (engines == nullptr) return descriptor;
  const auto names_core = [](const Node& engine) { return word_at(engine, "core") != nullptr; };
  const bool alone = std::ranges::count_if(engines->items, names_core) == 1;
  std::vector<Node> levels;
  for (Node& engine : engines->items) {
    if (!names_core(engine)) continue;
    const Node core = core_named_by(*word_at(engine, "core"));
    std::ranges::move(private_levels(core, engine, alone), std::back_inserter(levels));
    engine = engine_over(core, engine);
  }
  if (Node* memory = descriptor.find("memory")) put_first(*memory, std::move(levels));
  return descriptor;
}

}  // namespace roofbeam
