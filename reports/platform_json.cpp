#include <nlohmann/json.hpp>

#include "reports/json_text.hpp"
#include "reports/platform_views.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

Json peaks(const Engine& engine) {
  Json json = Json::object();
  for (std::size_t i = 0; i < kPrecisions; ++i) {
    const auto precision = static_cast<Precision>(i);
    if (!engine.macs_per_cycle[precision]) continue;
    json[std::string(to_text(precision))] = engine.peak(precision, engine.cores).si();
  }
  return json;
}

Json engine_json(const Engine& engine) {
  return {{"name", engine.name},
          {"kind", to_text(engine.kind)},
          {"core", engine.core.empty() ? Json() : Json(engine.core)},
          {"cores", engine.cores.value},
          {"clock_hz", engine.clock.value.si()},
          {"runtime", engine.runtime},
          {"overlap", engine.overlap.value},
          {"launch_s", engine.launch.value.si()},
          {"active_w", engine.active.value.si()},
          {"core_active_w", engine.core_active.value.si()},
          {"peak_macs_per_s", peaks(engine)}};
}

Json level_json(const MemoryLevel& level) {
  const bool is_cache = level.kind == MemoryLevel::Kind::cache;
  return {{"level", level.name},
          {"kind", is_cache ? "cache" : "memory"},
          {"engines", level.engines},
          {"per_core", level.per_core},
          {"size_bytes", level.size.value.si()},
          {"bandwidth_bytes_per_s", level.bandwidth.value.si()},
          {"sustained", level.sustained.value},
          {"energy_j_per_byte", level.energy.value.si()},
          {"holds_activations", level.holds_activations},
          {"holds_weights", level.holds_weights}};
}

Json storage_json(const Storage& storage) {
  return {{"name", storage.name},
          {"size_bytes", storage.size.value.si()},
          {"bandwidth_bytes_per_s", storage.bandwidth.value.si()}};
}

Json to_json(const Platform& platform) {
  Json json;
  json["name"] = platform.name;
  json["title"] = platform.title;
  json["engines"] = Json::array();
  for (const Engine& engine : platform.engines) json["engines"].push_back(engine_json(engine));
  json["memory"] = Json::array();
  for (const MemoryLevel& level : platform.memory) json["memory"].push_back(level_json(level));
  json["storage"] = platform.storage ? storage_json(*platform.storage) : Json(nullptr);
  json["idle_w"] = platform.idle.value.si();
  json["budget_w"] = platform.budget ? Json(platform.budget->value.si()) : Json(nullptr);
  json["assumptions"] = platform.assumptions;
  return json;
}

}  // namespace

std::string platform_list_json(const std::vector<Platform>& platforms) {
  Json all = Json::array();
  for (const Platform& platform : platforms) all.push_back(to_json(platform));
  return json_text({{"schema", "roofbeam.platforms/1"}, {"platforms", std::move(all)}});
}

std::string platform_json(const Platform& platform) {
  Json json = {{"schema", "roofbeam.platform/1"}};
  json.update(to_json(platform));
  return json_text(json);
}

}  // namespace roofbeam
