#include "models/placement.hpp"

namespace roofbeam {
namespace {

using Levels = std::vector<const MemoryLevel*>;

bool holds(const MemoryLevel& level, bool weights) {
  return level.kind == MemoryLevel::Kind::memory &&
         (weights ? level.holds_weights : level.holds_activations);
}

// The nearest memory of the right sort with room, or the largest one if none has.
const MemoryLevel* home_of(const Levels& levels, bool weights, double bytes,
                           const MemoryLevel* taken_from, double taken) {
  const MemoryLevel* largest = nullptr;
  for (const auto* level : levels) {
    if (!holds(*level, weights)) continue;
    const double room = level->size.value.si() - (level == taken_from ? taken : 0);
    if (bytes <= room) return level;
    if (largest == nullptr || level->size.value > largest->size.value) largest = level;
  }
  return largest;
}

// Caches, then the memory; a memory that is not cached is reached directly.
std::vector<std::size_t> path_to(const Levels& levels, const MemoryLevel* home) {
  std::vector<std::size_t> path;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const bool on_the_way = levels[i]->kind == MemoryLevel::Kind::cache && home->cached;
    if (on_the_way || levels[i] == home) path.push_back(i);
  }
  return path;
}

}  // namespace

Placed place(const Workload& workload, const Platform& platform, const Engine& engine) {
  const auto arena = static_cast<double>(workload.plan.arena_bytes);
  const int cores = workload.threads;
  Placed placed;
  placed.levels = platform.levels(engine);
  placed.activations = home_of(placed.levels, false, arena, nullptr, 0);
  placed.weights = home_of(placed.levels, true, workload.weight_bytes, placed.activations, arena);
  for (const auto* level : placed.levels) {
    placed.hierarchy.levels.push_back(
        {level->size_for(cores).si(), level->per_core ? static_cast<double>(cores) : 1.0});
  }
  placed.hierarchy.activation_path = path_to(placed.levels, placed.activations);
  placed.hierarchy.weight_path = path_to(placed.levels, placed.weights);
  placed.nearest = nearest_levels(placed.hierarchy);
  return placed;
}

std::vector<LevelRoof> roofs_of(const Placed& placed, int cores) {
  std::vector<LevelRoof> roofs;
  for (std::size_t i = 0; i < placed.levels.size(); ++i) {
    const auto& level = *placed.levels[i];
    roofs.push_back({level.bandwidth_for(cores).si(), placed.nearest[i],
                     level.kind == MemoryLevel::Kind::cache});
  }
  return roofs;
}

}  // namespace roofbeam
