#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/csv.hpp"
#include "reports/explain_views.hpp"
#include "reports/json_text.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json shift_json(const std::optional<Shift>& shift) {
  if (!shift) return nullptr;
  return {{"value", shift->value},
          {"latency_change", number(shift->latency)},
          {"energy_change", number(shift->energy)}};
}

Json number_json(const Sensitivity& n) {
  return {{"path", n.path},
          {"value", n.value},
          {"origin", n.kind},
          {"whole", n.whole},
          {"time_exponent", n.time_exponent},
          {"latency_elasticity_left", number(n.latency_left)},
          {"latency_elasticity_right", number(n.latency_right)},
          {"energy_elasticity_left", number(n.energy_left)},
          {"energy_elasticity_right", number(n.energy_right)},
          {"less", shift_json(n.less)},
          {"more", shift_json(n.more)}};
}

Json layer_json(const LayerBottleneck& b) {
  return {{"name", b.layer.name},
          {"op", b.layer.op},
          {"algorithm", to_text(b.layer.algorithm)},
          {"latency_s", b.layer.latency.si()},
          {"share", b.share},
          {"bound", b.layer.bound},
          {"roof", b.roof},
          {"roof_s", b.roof_s},
          {"of_roof", b.of_roof()},
          {"achieved_macs_per_s", b.achieved},
          {"attainable_macs_per_s", b.attainable},
          {"unbound_s", b.unbound_s},
          {"next_bound", b.next_bound}};
}

Json resource_json(const Resource& r) {
  return {{"name", r.name},
          {"bounds", r.bounds},
          {"latency_if_infinite_s", r.without_s},
          {"gain", r.gain},
          {"next_bound", r.next_bound},
          {"pays_until", number(r.pays_until)},
          {"bound_until", number(r.bound_until)}};
}

template <class List, class F>
Json array(const List& list, F&& f) {
  Json all = Json::array();
  for (const auto& item : list) all.push_back(f(item));
  return all;
}

}  // namespace

std::string explain_json(const Explanation& e) {
  const Prediction& p = e.forecast;
  Json json;
  json["schema"] = "roofbeam.explain/1";
  json["network"] = p.network;
  json["platform"] = p.platform;
  json["engine"] = p.engine;
  json["runtime"] = p.runtime;
  json["precision"] = to_text(p.precision);
  json["batch"] = p.batch;
  json["threads"] = p.threads;
  json["latency_s"] = p.latency.si();
  json["energy_j"] = p.energy.total().si();
  json["bound"] = p.bound;
  json["bound_share"] = p.bound_share;
  json["throttle"] = p.throttle;
  json["resources"] = array(e.bottlenecks.resources, resource_json);
  json["layers"] = array(e.bottlenecks.layers, layer_json);
  json["numbers"] = array(e.sensitivities.numbers, number_json);
  json["numbers_without_effect"] = e.sensitivities.without_effect;
  json["time_elasticity_sum"] = e.sensitivities.time_sum;
  json["forecasts"] = e.sensitivities.forecasts;
  return json_text(json);
}

std::string explain_csv(const Explanation& e) {
  std::string text = csv_line(
      {"path", "value", "origin", "whole", "latency_elasticity_left", "latency_elasticity_right",
       "energy_elasticity_left", "energy_elasticity_right", "less", "less_latency_change",
       "less_energy_change", "more", "more_latency_change", "more_energy_change"});
  const auto cell = [](const std::optional<double>& value) {
    return value && std::isfinite(*value) ? csv_number(*value) : std::string();
  };
  for (const Sensitivity& n : e.sensitivities.numbers) {
    std::vector<std::string> cells = {n.path,
                                      n.value,
                                      n.kind,
                                      n.whole ? "true" : "false",
                                      cell(n.latency_left),
                                      cell(n.latency_right),
                                      cell(n.energy_left),
                                      cell(n.energy_right)};
    for (const auto* shift : {&n.less, &n.more}) {
      cells.push_back(*shift ? (*shift)->value : "");
      cells.push_back(*shift ? csv_number((*shift)->latency) : "");
      cells.push_back(*shift ? csv_number((*shift)->energy) : "");
    }
    text += csv_line(cells);
  }
  return text;
}

}  // namespace roofbeam
