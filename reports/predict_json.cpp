#include "reports/predict_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/json_text.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

// Counts and sizes are whole and far below 2^53, where doubles stop being exact.
std::int64_t whole(double count) { return static_cast<std::int64_t>(count); }
std::int64_t whole(Bytes bytes) { return whole(bytes.si()); }

void add_energy(Json& json, const EnergyParts& energy) {
  json["energy_j"] = energy.total().si();
  json["energy_operations_j"] = energy.operations.si();
  json["energy_traffic_j"] = energy.traffic.si();
  json["energy_power_j"] = energy.power.si();
}

template <class Q>
void add_intervals(Json& json, const std::string& what, const std::string& unit, Q value,
                   LogError error) {
  const auto ends = [&](Interval<Q> interval) {
    const bool known = !std::isnan(value.si());
    return known ? Json::array({interval.low.si(), interval.high.si()}) : Json(nullptr);
  };
  json[what + "_80_" + unit] = ends(error.interval_80(value));
  json[what + "_95_" + unit] = ends(error.interval_95(value));
}

Json traffic(const LayerPrediction& layer, const std::vector<std::string>& levels) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < layer.levels.size() && i < levels.size(); ++i) {
    rows.push_back({{"level", levels[i]},
                    {"bytes", layer.levels[i].bytes.si()},
                    {"time_s", layer.levels[i].time.si()}});
  }
  return rows;
}

Json layer_json(const LayerPrediction& layer, const std::vector<std::string>& levels) {
  Json json;
  json["name"] = layer.name;
  json["op"] = layer.op;
  json["algorithm"] = to_text(layer.algorithm);
  json["precision"] = to_text(layer.precision);
  json["repeat"] = layer.repeat;
  json["macs"] = whole(layer.macs);
  json["weights_bytes"] = whole(layer.weights);
  json["latency_s"] = layer.latency.si();
  add_intervals(json, "latency", "s", layer.latency, layer.latency_error);
  json["compute_s"] = layer.compute.si();
  json["overhead_s"] = layer.overhead.si();
  add_energy(json, layer.energy);
  add_intervals(json, "energy", "j", layer.energy.total(), layer.energy_error);
  json["bound"] = layer.bound;
  json["tile_use"] = layer.tile_use;
  json["cores_used"] = layer.cores_used;
  json["traffic"] = traffic(layer, levels);
  return json;
}

Json placement(const Placement& place) {
  return {{"level", place.level},
          {"needed_bytes", whole(place.needed)},
          {"size_bytes", whole(place.size)},
          {"fits", place.fits()}};
}

Json utilisation(const Prediction& p) {
  const auto& use = p.utilisation;
  Json levels = Json::array();
  for (std::size_t i = 0; i < use.levels.size() && i < p.levels.size(); ++i) {
    levels.push_back({{"level", p.levels[i]}, {"share", use.levels[i]}});
  }
  return {{"simd", use.simd},
          {"caches", use.caches ? Json(*use.caches) : Json(nullptr)},
          {"bandwidths", std::move(levels)}};
}

Json loading(const std::optional<Loading>& loading) {
  if (!loading) return nullptr;
  return {{"storage", loading->storage},
          {"load_s", loading->load.si()},
          {"first_whole_s", loading->first_whole.si()},
          {"first_sections_s", loading->first_sections.si()},
          {"section_memory_bytes", whole(loading->section_memory)}};
}

void add_run(Json& json, const Prediction& p) {
  json["network"] = p.network;
  json["platform"] = p.platform;
  json["platform_title"] = p.platform_title;
  json["engine"] = p.engine;
  json["runtime"] = p.runtime;
  json["precision"] = to_text(p.precision);
  json["batch"] = p.batch;
  json["threads"] = p.threads;
}

void add_results(Json& json, const Prediction& p) {
  json["latency_s"] = p.latency.si();
  add_intervals(json, "latency", "s", p.latency, p.latency_error);
  json["calibrated_on"] = p.calibrated_on;
  add_energy(json, p.energy);
  add_intervals(json, "energy", "j", p.energy.total(), p.energy_error);
  json["average_power_w"] = p.latency > Seconds{} ? Json(p.average_power().si()) : Json(nullptr);
  json["throttle"] = p.throttle;
  json["peak_memory_bytes"] = whole(p.peak_memory);
  json["arena_bytes"] = whole(p.arena);
  json["unpooled_bytes"] = whole(p.unpooled);
  json["weights_bytes"] = whole(p.weights);
  json["stored_bytes"] = whole(p.stored);
  json["fits"] = p.fits;
  json["fits_reason"] = p.fits_reason;
  json["activations_in"] = placement(p.activations_in);
  json["weights_in"] = placement(p.weights_in);
  json["bound"] = p.bound;
  json["bound_share"] = p.bound_share;
  json["utilisation"] = utilisation(p);
  json["loading"] = loading(p.loading);
  json["macs"] = whole(p.macs);
  json["parameters"] = whole(p.parameters);
}

Json roofs(const Prediction& p) {
  Json compute = Json::array();
  for (const ComputeRoof& roof : p.peaks) {
    compute.push_back({{"precision", to_text(roof.precision)}, {"macs_per_s", roof.peak.si()}});
  }
  Json memory = Json::array();
  for (std::size_t i = 0; i < p.levels.size() && i < p.bandwidths.size(); ++i) {
    memory.push_back({{"level", p.levels[i]}, {"bandwidth_bytes_per_s", p.bandwidths[i].si()}});
  }
  return {{"compute", std::move(compute)}, {"memory", std::move(memory)}};
}

Json memory_plan(const Prediction& p) {
  Json buffers = Json::array();
  for (std::size_t i = 0; i < p.buffers.size() && i < p.plan.placements.size(); ++i) {
    const Buffer& buffer = p.buffers[i];
    buffers.push_back({{"name", buffer.name},
                       {"bytes", buffer.bytes},
                       {"offset_bytes", p.plan.placements[i].offset},
                       {"born", buffer.born},
                       {"dies", buffer.dies},
                       {"shares", buffer.shares ? Json(*buffer.shares) : Json(nullptr)}});
  }
  return {{"peak_bytes", p.plan.peak_bytes},
          {"peak_layer", p.plan.peak_call},
          {"buffers", std::move(buffers)}};
}

Json prediction_json(const Prediction& p) {
  Json json;
  add_run(json, p);
  add_results(json, p);
  json["levels"] = p.levels;
  json["roofs"] = roofs(p);
  json["alive_at_peak"] = p.alive_at_peak;
  json["memory_plan"] = memory_plan(p);
  Json layers = Json::array();
  for (const LayerPrediction& layer : p.layers) layers.push_back(layer_json(layer, p.levels));
  json["layers"] = std::move(layers);
  json["assumptions"] = p.assumptions;
  json["not_modelled"] = counts_json(p.not_modelled);
  json["not_shaped"] = counts_json(p.not_shaped);
  return json;
}

}  // namespace

std::string predict_json(const std::vector<Prediction>& predictions) {
  Json all = Json::array();
  for (const Prediction& p : predictions) all.push_back(prediction_json(p));
  return json_text({{"schema", "roofbeam.predict/1"}, {"predictions", std::move(all)}});
}

}  // namespace roofbeam
