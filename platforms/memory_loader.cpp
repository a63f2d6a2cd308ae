#include "platforms/memory_loader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "platforms/reading.hpp"
#include "platforms/words.hpp"

namespace roofbeam {
namespace {

using config::Complaints;
using config::Node;
using reading::Map;
using reading::Sign;
using Kind = MemoryLevel::Kind;

const std::vector<std::string>& holds_words() {
  static const std::vector<std::string> words = {"activations", "weights"};
  return words;
}

const std::vector<std::string>& per_words() {
  static const std::vector<std::string> words = {"engine", "core"};
  return words;
}

std::vector<std::string> engine_names(const Platform& platform) {
  std::vector<std::string> names;
  for (const Engine& engine : platform.engines) names.push_back(engine.name);
  return names;
}

// A level that holds something is a memory, and so is the last one; all others are caches.
void read_kind(MemoryLevel& level, Map& map, bool last, Platform& platform) {
  const auto holds = reading::choices(map, "holds", holds_words());
  const auto has = [&](std::size_t i) { return std::ranges::find(holds, i) != holds.end(); };
  level.holds_activations = has(0);
  level.holds_weights = has(1);
  const auto stated = enumerator<Kind>(map.reader.choice("kind", level_kind_words()));
  level.kind = stated.value_or(!holds.empty() || last ? Kind::memory : Kind::cache);
  if (level.kind == Kind::cache && !holds.empty()) {
    map.reader.complain("holds",
                        fmt::format("level '{}': a cache holds nothing by itself", level.name));
  }
  if (level.kind == Kind::cache || map.node.find("holds") != nullptr) return;
  if (!last) {
    map.reader.complain("holds",
                        fmt::format("level '{}': a memory states what it holds", level.name),
                        "add holds: [activations, weights] or one of the two");
    return;
  }
  level.holds_activations = level.holds_weights = true;
  platform.assumptions.push_back(fmt::format(
      "level '{}' is the last and does not state what it holds: activations and weights",
      level.name));
}

void read_users(MemoryLevel& level, Map& map, const Platform& platform) {
  const std::vector<std::string> names = engine_names(platform);
  for (std::size_t i : reading::choices(map, "of", names)) level.engines.push_back(names[i]);
  level.per_core = map.reader.choice("per", per_words()).value_or(0) == 1;
}

// The level's own energy, or what the platform's `energy.byte` states for it.
void read_byte_energy(MemoryLevel& level, Map& map, const Node* shared, Platform& platform) {
  const auto own = map.optional<JoulesPerByte>("energy", Sign::not_negative);
  const Node* common = shared == nullptr ? nullptr : shared->find(level.name);
  if (own && common != nullptr) {
    map.reader.complain("energy", fmt::format("level '{}': its energy is stated twice", level.name),
                        "here and under the platform's energy.byte");
  }
  const bool counts = std::ranges::any_of(platform.engines, [&](const Engine& engine) {
    return level.serves(engine) && engine.energy_known();
  });
  if (own) {
    level.energy = *own;
  } else if (common == nullptr && counts) {
    platform.assumptions.push_back(fmt::format(
        "level '{}' states no energy per byte: it is taken to be part of the active power",
        level.name));
  }
}

// True if one core of a CPU could draw less than all of it and the descriptor does not say.
bool lacks_core_bandwidth(const MemoryLevel& level, const Platform& platform) {
  if (level.per_core || level.core_bandwidth) return false;
  return std::ranges::any_of(platform.engines, [&](const Engine& engine) {
    return level.serves(engine) && engine.kind == EngineKind::cpu && engine.cores.value > 1;
  });
}

// The clock that a level's bytes per cycle follow: that of the first engine it serves.
Hertz clock_of(const MemoryLevel& level, const Platform& platform) {
  const auto served = std::ranges::find_if(
      platform.engines, [&](const Engine& engine) { return level.serves(engine); });
  return served == platform.engines.end() ? Hertz{} : served->clock.value;
}

void read_bandwidth(MemoryLevel& level, Map& map, Platform& platform) {
  const Hertz clock = clock_of(level, platform);
  const auto at_clock = [clock](const Sourced<StatedBandwidth>& stated) {
    return Sourced<BytesPerSecond>{stated.value.at(clock), stated.origin};
  };
  level.bandwidth = at_clock(map.required<StatedBandwidth>("bandwidth", Sign::positive));
  const auto of_core = map.optional<StatedBandwidth>("core_bandwidth", Sign::positive);
  if (of_core) level.core_bandwidth = at_clock(*of_core);
  level.sustained =
      map.optional<double>("sustained", Sign::positive_share).value_or(Sourced<double>{1.0, {}});
  if (lacks_core_bandwidth(level, platform)) {
    platform.assumptions.push_back(fmt::format(
        "level '{}' states no core_bandwidth: one core is taken to draw all of it", level.name));
  }
}

MemoryLevel read_level(const Node& node, std::size_t index, bool last, const Node* byte_energy,
                       Platform& platform, Complaints& complaints) {
  MemoryLevel level;
  Map map(node, reading::describe("level", node, "level", index), complaints);
  level.name = map.reader.required<std::string>("level").value;
  read_kind(level, map, last, platform);
  read_users(level, map, platform);
  level.size = map.required<Bytes>("size", Sign::positive);
  read_bandwidth(level, map, platform);
  read_byte_energy(level, map, byte_energy, platform);
  const auto cached = map.reader.optional<bool>("cached");
  if (cached) level.cached = cached->value;
  if (cached && level.kind == Kind::cache) {
    map.reader.complain("cached", fmt::format("level '{}': a cache is not cached", level.name),
                        "'cached' says whether accesses to a memory pass the caches");
  }
  map.reader.finish();
  return level;
}

// Energies under the platform's `energy.byte`, by level.
void apply_byte_energy(const Node* node, Platform& platform, Complaints& complaints) {
  if (node == nullptr) return;
  std::vector<std::string> names;
  for (const MemoryLevel& level : platform.memory) names.push_back(level.name);
  reading::each_number<JoulesPerByte>(*node, "byte", names, Sign::not_negative, complaints,
                                      [&](std::size_t i, const Sourced<JoulesPerByte>& value) {
                                        platform.memory[i].energy = value;
                                      });
}

std::string out_of_order(const MemoryLevel& nearer, const MemoryLevel& level) {
  if (level.kind != Kind::cache) return "";
  if (nearer.kind == Kind::memory) {
    return nearer.cached ? fmt::format("the cache '{}' stands behind the memory '{}'", level.name,
                                       nearer.name)
                         : "";
  }
  if (level.size.value >= nearer.size.value || level.bandwidth_for(1) <= nearer.bandwidth_for(1)) {
    return "";
  }
  return fmt::format("'{}' is smaller and faster than '{}' before it", level.name, nearer.name);
}

// Each pair of levels that some engine sees, nearest first.
void check_order(const Node& list, const Platform& platform, Complaints& complaints) {
  for (std::size_t i = 1; i < platform.memory.size(); ++i) {
    const MemoryLevel& level = platform.memory[i];
    for (std::size_t j = 0; j < i; ++j) {
      const MemoryLevel& nearer = platform.memory[j];
      const bool related = std::ranges::any_of(platform.engines, [&](const Engine& engine) {
        return level.serves(engine) && nearer.serves(engine);
      });
      const std::string problem = related ? out_of_order(nearer, level) : "";
      if (problem.empty()) continue;
      complaints.add(list.items[i].mark, "memory: level listed out of order: " + problem,
                     "list levels nearest to the cores first");
      return;
    }
  }
}

void check_names(const Node& list, const Platform& platform, Complaints& complaints) {
  for (std::size_t i = 1; i < platform.memory.size(); ++i) {
    const std::string& name = platform.memory[i].name;
    for (std::size_t j = 0; j < i; ++j) {
      if (platform.memory[j].name != name) continue;
      complaints.add(list.items[i].mark, fmt::format("memory: a second level is named '{}'", name),
                     "a level of one engine takes its name, such as GPU-L1");
      break;
    }
  }
}

void check_reach(const Node& list, const Platform& platform, Complaints& complaints) {
  for (const Engine& engine : platform.engines) {
    bool activations = false;
    bool weights = false;
    for (const MemoryLevel* level : platform.levels(engine)) {
      activations = activations || level->holds_activations;
      weights = weights || level->holds_weights;
    }
    if (activations && weights) continue;
    complaints.add(list.mark,
                   fmt::format("memory: engine '{}' reaches none that holds {}", engine.name,
                               activations ? "weights" : "activations"),
                   "a memory states holds: [activations, weights] or one of the two");
  }
}

}  // namespace

void read_memory(const Node* list, const Node* byte_energy, Platform& platform,
                 Complaints& complaints) {
  if (list == nullptr) return;
  const bool engines_known = !complaints.any();
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const bool last = i + 1 == list->items.size();
    platform.memory.push_back(
        read_level(list->items[i], i, last, byte_energy, platform, complaints));
  }
  const bool levels_known = !complaints.any();
  apply_byte_energy(byte_energy, platform, complaints);
  check_names(*list, platform, complaints);
  if (!engines_known || !levels_known) return;  // what follows would only repeat the errors
  check_order(*list, platform, complaints);
  check_reach(*list, platform, complaints);
}

}  // namespace roofbeam
