#include <nlohmann/json.hpp>

#include "reports/csv.hpp"
#include "reports/json_text.hpp"
#include "reports/validation_views.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

// Without rows nothing is known of the errors.
Json statistics(const ErrorStatistics& s) {
  const auto known = [&](double value) { return s.rows > 0 ? Json(value) : Json(nullptr); };
  return {{"rows", s.rows},
          {"mape", known(s.mape)},
          {"median_ape", known(s.median_ape)},
          {"bias", known(s.bias)},
          {"within_10", known(s.within_10)},
          {"within_20", known(s.within_20)},
          {"spearman", known(s.spearman)},
          {"coverage_80", known(s.coverage_80)},
          {"coverage_95", known(s.coverage_95)}};
}

Json groups(const std::vector<ErrorGroup>& list) {
  Json all = Json::object();
  for (const ErrorGroup& group : list) all[group.name] = statistics(group.latency);
  return all;
}

template <class Q>
Json interval(const Interval<Q>& range) {
  return Json::array({range.low.si(), range.high.si()});
}

void add_forecast(Json& json, const Prediction& p) {
  json["predicted_s"] = p.latency.si();
  json["interval_80_s"] = interval(p.latency_error.interval_80(p.latency));
  json["interval_95_s"] = interval(p.latency_error.interval_95(p.latency));
}

Json row_json(const Forecast& row) {
  const Measurement& m = row.measurement;
  const Prediction& p = row.prediction;
  Json json = {{"network", m.network},
               {"device", m.device},
               {"core", m.core},
               {"platform", p.platform},
               {"engine", p.engine},
               {"runtime", p.runtime},
               {"precision", to_text(p.precision)},
               {"threads", p.threads},
               {"batch", p.batch},
               {"kernel", leading_kernel(p)},
               {"bound", p.bound}};
  json["measured_s"] = m.latency ? Json(m.latency->si()) : Json(nullptr);
  add_forecast(json, p);
  json["error"] = m.latency ? Json(p.latency / *m.latency - 1) : Json(nullptr);
  json["measured_j"] = m.energy ? Json(m.energy->si()) : Json(nullptr);
  json["predicted_j"] = p.energy.total().si();
  json["place"] = m.place;
  return json;
}

Json outliers(const Validation& validation) {
  Json list = Json::array();
  for (const Outlier& outlier : validation.outliers) {
    list.push_back({{"row", outlier.row},
                    {"network", validation.rows[outlier.row].measurement.network},
                    {"device", device_name(validation.rows[outlier.row].prediction)},
                    {"measured_over_predicted", outlier.ratio},
                    {"reason", outlier.reason}});
  }
  return list;
}

}  // namespace

std::string validation_json(const Validation& validation) {
  Json json = {{"schema", "roofbeam.validate/1"}, {"summary", statistics(validation.latency)}};
  if (validation.energy) json["energy"] = statistics(*validation.energy);
  json["by_device"] = groups(validation.by_device);
  json["by_runtime"] = groups(validation.by_runtime);
  json["by_precision"] = groups(validation.by_precision);
  json["by_kernel"] = groups(validation.by_kernel);
  json["outliers"] = outliers(validation);
  Json rows = Json::array();
  for (const Forecast& row : validation.rows) rows.push_back(row_json(row));
  json["rows"] = std::move(rows);
  json["left_out"] = validation.left_out;
  return json_text(json);
}

std::string validation_csv(const Validation& validation) {
  std::string text = csv_line({"network",     "device",     "core",        "platform", "engine",
                               "runtime",     "precision",  "threads",     "batch",    "measured_s",
                               "predicted_s", "low_80_s",   "high_80_s",   "low_95_s", "high_95_s",
                               "error",       "measured_j", "predicted_j", "kernel",   "bound"});
  for (const Forecast& row : validation.rows) {
    const Measurement& m = row.measurement;
    const Prediction& p = row.prediction;
    const auto narrow = p.latency_error.interval_80(p.latency);
    const auto wide = p.latency_error.interval_95(p.latency);
    text += csv_line({m.network,
                      m.device,
                      m.core,
                      p.platform,
                      p.engine,
                      p.runtime,
                      std::string(to_text(p.precision)),
                      std::to_string(p.threads),
                      std::to_string(p.batch),
                      m.latency ? csv_number(m.latency->si()) : "",
                      csv_number(p.latency.si()),
                      csv_number(narrow.low.si()),
                      csv_number(narrow.high.si()),
                      csv_number(wide.low.si()),
                      csv_number(wide.high.si()),
                      m.latency ? csv_number(p.latency / *m.latency - 1) : "",
                      m.energy ? csv_number(m.energy->si()) : "",
                      csv_number(p.energy.total().si()),
                      leading_kernel(p),
                      p.bound});
  }
  return text;
}

std::string scaling_json(const Scaling& scaling) {
  Json rows = Json::array();
  for (const ScaledRow& scaled : scaling.rows) {
    const Measurement& from = scaled.row.from.measurement;
    const Prediction& there = scaled.row.from.prediction;
    Json json = {{"network", from.network},
                 {"from", there.platform + "/" + there.engine},
                 {"to", scaled.forecast.platform + "/" + scaled.forecast.engine},
                 {"runtime", scaled.forecast.runtime},
                 {"precision", to_text(scaled.forecast.precision)},
                 {"threads", scaled.forecast.threads},
                 {"batch", scaled.forecast.batch},
                 {"measured_there_s", from.latency->si()}};
    add_forecast(json, scaled.forecast);
    json["by_ratio_s"] = scaled.by_ratio->si();
    json["measured_here_s"] =
        scaled.row.measured ? Json(scaled.row.measured->latency->si()) : Json(nullptr);
    json["used"] = scaled.row.known;
    Json layers = Json::array();
    for (const MeasuredLayer& layer : scaled.layers) {
      layers.push_back({{"name", layer.name}, {"op", layer.op}, {"forecast_s", layer.time.si()}});
    }
    json["layers"] = std::move(layers);
    rows.push_back(std::move(json));
  }
  return json_text({{"schema", "roofbeam.scale/1"},
                    {"ratio", scaling.ratio},
                    {"summary", statistics(scaling.latency)},
                    {"by_ratio", statistics(scaling.by_ratio)},
                    {"rows", std::move(rows)}});
}

}  // namespace roofbeam
