#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/csv.hpp"
#include "reports/json_text.hpp"
#include "reports/solve_views.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

void add_metrics(Json& json, const Metrics& metrics) {
  for (const MetricKind& kind : metric_kinds()) {
    if (kind.metric != Metric::accuracy)
      json[std::string(kind.column)] = number(metrics[kind.metric]);
  }
}

Json point_json(const SolvePoint& point) {
  Json json;
  json["value"] = point.value;
  json["possible"] = point.why_not.empty();
  if (!point.why_not.empty()) {
    json["why_not"] = point.why_not;
    return json;
  }
  add_metrics(json, point.metrics);
  json["latency_deviation"] = point.latency_error.deviation;
  json["energy_deviation"] = point.energy_error.deviation;
  json["bound"] = point.bound;
  json["bound_share"] = point.bound_share;
  json["fits"] = point.fits;
  json["fits_reason"] = point.fits_reason;
  json["meets"] = point.meets;
  json["missed_by"] = number(point.missed_by);
  json["probability"] = point.sureness;
  return json;
}

Json or_null(const std::optional<SolvePoint>& point) {
  return point ? point_json(*point) : Json(nullptr);
}

Json question_json(const SolveQuestion& question) {
  Json requirements = Json::array();
  for (const Requirement& requirement : question.requirements) {
    requirements.push_back(requirement.text);
  }
  if (question.must_fit) requirements.push_back("fits");
  Json bounds = Json::array();
  for (const Requirement& requirement : question.requirements) {
    bounds.push_back({{"metric", std::string(kind_of(requirement.metric).column)},
                      {"relation", std::string(to_text(requirement.relation))},
                      {"bound", requirement.bound}});
  }
  return {{"require", std::move(requirements)},
          {"bounds", std::move(bounds)},
          {"best", question.best ? Json(to_text(*question.best)) : Json(nullptr)},
          {"sure", question.sure}};
}

std::string found(const Solution& s) {
  if (!s.answer) return "none";
  if (s.question.best) return "best";
  if (s.list) return "first";
  if (s.always()) return "all";
  return s.found == SolveQuestion::Ask::largest ? "largest" : "smallest";
}

}  // namespace

std::string solve_json(const Solution& s) {
  Json json;
  json["schema"] = "roofbeam.solve/1";
  json["question"] = question_json(s.question);
  const Prediction& p = s.subject;
  json["network"] = p.network;
  json["platform"] = p.platform;
  json["engine"] = p.engine;
  json["runtime"] = p.runtime;
  json["precision"] = to_text(p.precision);
  json["batch"] = p.batch;
  json["threads"] = p.threads;
  json["path"] = s.path;
  json["from"] = s.from;
  json["to"] = s.to;
  json["found"] = found(s);
  json["answer"] = or_null(s.answer);
  json["beside"] = or_null(s.beside);
  json["sure_answer"] = or_null(s.sure);
  json["stated"] = or_null(s.stated);
  json["nearest"] = point_json(s.nearest);
  json["pays_until"] = s.pays_until ? Json(s.pays_until->value) : Json(nullptr);
  Json bands = Json::array();
  for (const SolveBand& band : s.bands) {
    bands.push_back({{"from", band.first.value}, {"to", band.last.value}});
  }
  json["bands"] = std::move(bands);
  Json scan = Json::array();
  for (const SolvePoint& point : s.scanned) scan.push_back(point_json(point));
  json["scan"] = std::move(scan);
  json["forecasts"] = s.forecasts;
  return json_text(json);
}

std::string solve_csv(const Solution& s) {
  std::vector<std::string> titles = {"value", "possible"};
  for (const MetricKind& kind : metric_kinds()) {
    if (kind.metric != Metric::accuracy) titles.emplace_back(kind.column);
  }
  for (const char* title : {"bound", "bound_share", "fits", "meets", "missed_by", "probability"}) {
    titles.emplace_back(title);
  }
  std::string text = csv_line(titles);
  const auto cell = [](double value) { return std::isfinite(value) ? csv_number(value) : ""; };
  const auto truth = [](bool value) { return std::string(value ? "true" : "false"); };
  for (const SolvePoint& point : s.scanned) {
    std::vector<std::string> cells = {point.value, truth(point.why_not.empty())};
    for (const MetricKind& kind : metric_kinds()) {
      if (kind.metric != Metric::accuracy) cells.push_back(cell(point.metrics[kind.metric]));
    }
    cells.insert(cells.end(), {point.bound, cell(point.bound_share), truth(point.fits),
                               truth(point.meets), cell(point.missed_by), cell(point.sureness)});
    text += csv_line(cells);
  }
  return text;
}

}  // namespace roofbeam
