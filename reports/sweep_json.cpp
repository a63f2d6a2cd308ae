#include <nlohmann/json.hpp>

#include "reports/json_text.hpp"
#include "reports/knee_views.hpp"
#include "reports/pipeline_views.hpp"
#include "reports/sweep_views.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

Json counts_of(const CaseTable& table) {
  const CaseCounts& counts = table.counts;
  Json failed = Json::object();
  for (std::size_t i = 0; i < table.requirements.size(); ++i) {
    failed[table.requirements[i].text] = counts.failed[i];
  }
  return {{"all", counts.all},
          {"excluded", counts.excluded},
          {"repeated", counts.repeated},
          {"impossible", counts.impossible},
          {"forecast", counts.forecast},
          {"unfit", counts.unfit},
          {"feasible", counts.feasible},
          {"unknown", counts.unknown},
          {"why_impossible", counts_json(counts.why_impossible)},
          {"failed", std::move(failed)},
          {"unknown_of", counts_json(counts.unknown_of)}};
}

Json axes_of(const CaseTable& table) {
  Json axes = Json::array();
  for (const auto& axis : table.axes)
    axes.push_back({{"name", axis.name}, {"values", axis.values}});
  return axes;
}

Json objectives_of(const CaseTable& table) {
  Json objectives = Json::array();
  for (const Objective& objective : table.objectives) {
    objectives.push_back({{"metric", std::string(to_text(objective.metric))},
                          {"sense", objective.sense == Sense::smaller ? "min" : "max"}});
  }
  return objectives;
}

Json requirements_of(const CaseTable& table) {
  Json requirements = Json::array();
  for (const Requirement& requirement : table.requirements) {
    requirements.push_back({{"text", requirement.text},
                            {"metric", std::string(to_text(requirement.metric))},
                            {"relation", std::string(to_text(requirement.relation))},
                            {"bound", requirement.bound}});
  }
  return requirements;
}

Json head_of(const CaseTable& table, std::string_view schema) {
  return {{"schema", std::string(schema)},
          {"kind", "sweep"},
          {"scenario", table.scenario},
          {"title", table.title},
          {"axes", axes_of(table)},
          {"objectives", objectives_of(table)},
          {"requirements", requirements_of(table)},
          {"must_fit", table.must_fit},
          {"counts", counts_of(table)}};
}

Json knee_of_table(const CaseTable& table) {
  const auto knee = knee_of(table);
  if (!knee) return nullptr;
  return knee_json("case", static_cast<std::uint64_t>(table.index[knee->point]), *knee);
}

template <class Q>
Json range(Interval<Q> interval) {
  return Json::array({interval.low.si(), interval.high.si()});
}

Json settings_of(const CaseTable& table, std::size_t row) {
  Json settings = Json::object();
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    const bool acts = table.values[axis][row] != CaseTable::kNone;
    settings[table.axes[axis].name] = acts ? Json(std::string(table.text(axis, row))) : Json();
  }
  return settings;
}

Json case_of(const CaseTable& table, std::size_t row) {
  Json one = {{"case", table.index[row]}, {"settings", settings_of(table, row)}};
  for (const auto& kind : metric_kinds()) {
    one[std::string(kind.column)] = table.column(kind.metric)[row];
  }
  const LogError latency{table.latency_deviation[row]};
  const LogError energy{table.energy_deviation[row]};
  one["latency_80_s"] = range(latency.interval_80(Seconds::from_si(one["latency_s"])));
  one["energy_80_j"] = range(energy.interval_80(Joules::from_si(one["energy_j"])));
  one["latency_deviation"] = latency.deviation;
  one["energy_deviation"] = energy.deviation;
  one["fits"] = table.fits[row] != 0;
  one["fits_reason"] = table.reasons[static_cast<std::size_t>(table.fits_reason[row])];
  Json missed = Json::object();
  for (std::size_t i = 0; i < table.missed.size(); ++i) {
    if (table.missed[i][row] != 0) missed[table.requirements[i].text] = table.missed[i][row];
  }
  one["missed"] = std::move(missed);
  one["feasible"] = table.feasible(row);
  one["on_frontier"] = table.on_frontier[row] != 0;
  one["twins"] = table.twins[row];
  return one;
}

}  // namespace

std::string sweep_json(const CaseTable& table) {
  Json json = head_of(table, "roofbeam.sweep/1");
  Json cases = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) cases.push_back(case_of(table, row));
  json["cases"] = std::move(cases);
  json["knee"] = knee_of_table(table);
  if (table.axis("stage") != nullptr) json["pipelines"] = pipelines_json(pipelines(table));
  return json_text(json);
}

std::string sweep_columns(const CaseTable& table) {
  Json json = head_of(table, "roofbeam.sweep_columns/1");
  Json columns = {{"case", table.index}};
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    columns[table.axes[axis].name] = table.values[axis];
  }
  for (const auto& kind : metric_kinds()) {
    columns[std::string(kind.column)] = table.column(kind.metric);
  }
  columns["latency_deviation"] = table.latency_deviation;
  columns["energy_deviation"] = table.energy_deviation;
  columns["fits"] = table.fits;
  columns["fits_reason"] = table.fits_reason;
  columns["twins"] = table.twins;
  Json feasible = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row)
    feasible.push_back(table.feasible(row) ? 1 : 0);
  columns["feasible"] = std::move(feasible);
  json["columns"] = std::move(columns);
  json["reasons"] = table.reasons;
  Json missed = Json::array();
  for (const auto& column : table.missed) missed.push_back(column);
  json["missed"] = std::move(missed);
  Json frontier = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.on_frontier[row] != 0) frontier.push_back(row);
  }
  json["frontier"] = std::move(frontier);
  json["knee"] = knee_of_table(table);
  if (table.axis("stage") != nullptr) json["pipelines"] = pipelines_json(pipelines(table));
  return json.dump() + "\n";
}

}  // namespace roofbeam
