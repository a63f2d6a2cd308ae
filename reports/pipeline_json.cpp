#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/pipeline_views.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

// Keys are the metrics' own, so that units stand in them.
Json by_column(const PerMetric& values) {
  Json json = Json::object();
  for (const MetricKind& kind : metric_kinds()) {
    json[std::string(kind.column)] = number(values[static_cast<std::size_t>(kind.metric)]);
  }
  return json;
}

// Changes and parts have no unit.
Json by_word(const PerMetric& values) {
  Json json = Json::object();
  for (const MetricKind& kind : metric_kinds()) {
    json[std::string(kind.word)] = number(values[static_cast<std::size_t>(kind.metric)]);
  }
  return json;
}

Json stage_json(const PipelineStage& stage) {
  Json json;
  json["stage"] = stage.name;
  json["figures"] = by_column(stage.metrics.values);
  json["change"] = by_word(stage.change);
  json["part"] = by_word(stage.part);
  json["fits"] = stage.fits;
  json["fits_reason"] = stage.fits_reason;
  return json;
}

Json pipeline_json(const Pipeline& pipeline) {
  Json json;
  json["where"] = pipeline.where;
  json["stages"] = Json::array();
  for (const PipelineStage& stage : pipeline.stages) json["stages"].push_back(stage_json(stage));
  json["whole_change"] = by_word(pipeline.whole);
  json["checks"] = Json::array();
  for (const PipelineCheck& check : pipeline.checks) {
    json["checks"].push_back({{"requirement", check.requirement},
                              {"met", check.missed_by == 0},
                              {"missed_by", number(check.missed_by)}});
  }
  return json;
}

}  // namespace

nlohmann::ordered_json pipelines_json(const std::vector<Pipeline>& pipelines) {
  Json all = Json::array();
  for (const Pipeline& pipeline : pipelines) all.push_back(pipeline_json(pipeline));
  return all;
}

}  // namespace roofbeam
