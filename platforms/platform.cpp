#include "platforms/platform.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "platforms/words.hpp"

namespace roofbeam {

MacsPerSecond Engine::peak(Precision precision, int cores_used) const {
  const double per_cycle = macs_per_cycle[precision].value_or(0.0);
  return MacsPerSecond::from_si(cores_used * per_cycle * clock.value.si());
}

bool MemoryLevel::serves(const Engine& engine) const {
  return engines.empty() || std::ranges::find(engines, engine.name) != engines.end();
}

BytesPerSecond MemoryLevel::bandwidth_for(int cores_used) const {
  const BytesPerSecond all = bandwidth.value * sustained.value * (per_core ? cores_used : 1);
  if (!core_bandwidth) return all;
  return std::min(all, core_bandwidth->value * cores_used);
}

Bytes MemoryLevel::size_for(int cores_used) const {
  return size.value * (per_core ? cores_used : 1);
}

const Engine& Platform::engine(std::string_view wanted) const {
  if (wanted.empty()) return engines.front();
  const auto found = std::ranges::find(engines, wanted, &Engine::name);
  if (found != engines.end()) return *found;
  std::vector<std::string> names;
  for (const Engine& engine : engines) names.push_back(engine.name);
  const auto near = nearest(wanted, names);
  throw InputError(fmt::format("platform '{}' has no engine '{}'{}; its engines: {}", name, wanted,
                               near ? fmt::format(", did you mean '{}'?", *near) : "",
                               join(names)));
}

std::vector<const MemoryLevel*> Platform::levels(const Engine& engine) const {
  std::vector<const MemoryLevel*> serving;
  for (const MemoryLevel& level : memory) {
    if (level.serves(engine)) serving.push_back(&level);
  }
  return serving;
}

}  // namespace roofbeam
