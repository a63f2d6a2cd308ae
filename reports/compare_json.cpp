#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/compare_views.hpp"
#include "reports/csv.hpp"
#include "reports/json_text.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json side(const Prediction& p, const Metrics& metrics) {
  Json json = {{"network", p.network},
               {"platform", p.platform},
               {"engine", p.engine},
               {"runtime", p.runtime},
               {"precision", to_text(p.precision)},
               {"batch", p.batch},
               {"threads", p.threads}};
  for (const MetricKind& kind : metric_kinds()) {
    if (kind.metric == Metric::accuracy) continue;
    json[std::string(kind.column)] = number(metrics[kind.metric]);
  }
  return json;
}

Json ratio(double ratio, const RatioError& error) {
  const auto range = error.error.interval_80(Seconds::from_si(ratio));
  return {{"ratio", number(ratio)},
          {"ratio_80", Json::array({number(range.low.si()), number(range.high.si())})},
          {"deviation", number(error.error.deviation)},
          {"deviation_unrelated", number(error.unrelated.deviation)},
          {"probability", number(error.probability)}};
}

Json parts(const Comparison& c, const std::vector<double>& values) {
  Json json = Json::object();
  for (std::size_t i = 0; i < c.parts.size(); ++i) json[c.parts[i]] = values[i];
  return json;
}

std::string state(const LayerChange& layer) {
  if (!layer.a) return "added";
  if (!layer.b) return "removed";
  return layer.a->latency == layer.b->latency ? "same" : "changed";
}

template <class F>
Json of(const std::optional<LayerPrediction>& layer, F&& f) {
  return layer ? Json(f(*layer)) : Json(nullptr);
}

Json layer_json(const LayerChange& layer, const Comparison& c) {
  const auto name = [](const LayerPrediction& l) { return l.name; };
  const auto op = [](const LayerPrediction& l) { return l.op; };
  const auto macs = [](const LayerPrediction& l) { return l.macs; };
  const auto latency = [](const LayerPrediction& l) { return l.latency.si(); };
  const auto energy = [](const LayerPrediction& l) { return l.energy.total().si(); };
  Json json;
  json["state"] = state(layer);
  json["a_name"] = of(layer.a, name);
  json["b_name"] = of(layer.b, name);
  json["a_op"] = of(layer.a, op);
  json["b_op"] = of(layer.b, op);
  json["a_macs"] = of(layer.a, macs);
  json["b_macs"] = of(layer.b, macs);
  json["a_latency_s"] = of(layer.a, latency);
  json["b_latency_s"] = of(layer.b, latency);
  json["a_energy_j"] = of(layer.a, energy);
  json["b_energy_j"] = of(layer.b, energy);
  json["difference_by_part_s"] = parts(c, layer.parts);
  return json;
}

Json comparison_json(const Comparison& c) {
  Json json;
  json["a"] = side(c.a, c.metrics_a);
  json["b"] = side(c.b, c.metrics_b);
  json["latency"] = ratio(c.b.latency / c.a.latency, c.latency);
  json["energy"] = ratio(c.b.energy.total() / c.a.energy.total(), c.energy);
  json["a_by_part_s"] = parts(c, c.parts_a);
  json["b_by_part_s"] = parts(c, c.parts_b);
  Json layers = Json::array();
  for (const LayerChange& layer : c.layers) layers.push_back(layer_json(layer, c));
  json["layers"] = std::move(layers);
  return json;
}

}  // namespace

std::string compare_json(const ComparisonReport& report) {
  Json comparisons = Json::array();
  for (const Comparison& c : report.comparisons) comparisons.push_back(comparison_json(c));
  return json_text({{"schema", "roofbeam.compare/1"},
                    {"comparisons", std::move(comparisons)},
                    {"failures", report.failures}});
}

std::string compare_csv(const ComparisonReport& report) {
  std::string text =
      csv_line({"comparison", "state", "a_name", "b_name", "a_op", "b_op", "a_latency_s",
                "b_latency_s", "difference_s", "a_energy_j", "b_energy_j"});
  for (std::size_t i = 0; i < report.comparisons.size(); ++i) {
    for (const LayerChange& layer : report.comparisons[i].layers) {
      const auto& [a, b, parts] = layer;
      text += csv_line(
          {std::to_string(i + 1), state(layer), a ? a->name : "", b ? b->name : "", a ? a->op : "",
           b ? b->op : "", a ? csv_number(a->latency.si()) : "",
           b ? csv_number(b->latency.si()) : "", csv_number(layer.latency_b() - layer.latency_a()),
           a ? csv_number(layer.energy_a()) : "", b ? csv_number(layer.energy_b()) : ""});
    }
  }
  return text;
}

}  // namespace roofbeam
