#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/json_text.hpp"
#include "reports/recommend_views.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json case_json(const CaseTable& table, std::size_t row) {
  Json settings = Json::object();
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    const bool acts = table.values[axis][row] != CaseTable::kNone;
    settings[table.axes[axis].name] = acts ? Json(table.text(axis, row)) : Json(nullptr);
  }
  Json json{{"case", table.index[row]}, {"settings", std::move(settings)}};
  for (const MetricKind& kind : metric_kinds()) {
    json[std::string(kind.column)] = number(table.column(kind.metric)[row]);
  }
  json["latency_deviation"] = table.latency_deviation[row];
  json["energy_deviation"] = table.energy_deviation[row];
  return json;
}

Json ranked_json(const CaseTable& table, const Recommendation& found) {
  const bool weighted = found.preference.kind == Preference::Kind::weighted;
  Json json = Json::array();
  for (const RankedCase& one : found.ranked) {
    Json entry = case_json(table, one.row);
    entry["score"] = weighted ? Json(one.score) : Json(nullptr);
    entry["probability_meets"] = one.meets;
    const bool is_first = one.row == found.ranked.front().row;
    entry["probability_first_is_better"] = is_first ? Json(nullptr) : Json(one.winner_leads);
    json.push_back(std::move(entry));
  }
  return json;
}

Json misses_json(const CaseTable& table, std::size_t row) {
  Json json = Json::array();
  for (std::size_t r = 0; r < table.requirements.size(); ++r) {
    const double by = table.missed[r][row];
    if (by == 0) continue;
    json.push_back({{"requirement", table.requirements[r].text}, {"missed_by", number(by)}});
  }
  return json;
}

Json missed_json(const CaseTable& table, const Recommendation& found) {
  Json json = Json::array();
  for (const MissedCase& missed : found.missed) {
    Json entry = case_json(table, missed.row);
    entry["fits"] = !missed.unfit;
    entry["misses"] = misses_json(table, missed.row);
    entry["why"] = reasons_out(table, missed.row);
    entry["probability_meets"] = missed.meets;
    json.push_back(std::move(entry));
  }
  return json;
}

Json preference_json(const Preference& preference) {
  Json terms = Json::array();
  const bool weighted = preference.kind == Preference::Kind::weighted;
  for (const auto& term : preference.terms) {
    terms.push_back({{"objective", to_text(term.objective)},
                     {"weight", weighted ? Json(term.weight) : Json(nullptr)}});
  }
  return {{"kind", weighted ? "weighted" : "ordered"},
          {"terms", std::move(terms)},
          {"tolerance", preference.tolerance}};
}

}  // namespace

std::string recommend_json(const CaseTable& table, const std::vector<Recommendation>& found) {
  Json requirements = Json::array();
  for (const Requirement& requirement : table.requirements)
    requirements.push_back(requirement.text);
  Json json;
  json["schema"] = "roofbeam.recommend/1";
  json["scenario"] = table.scenario;
  json["requirements"] = std::move(requirements);
  json["must_fit"] = table.must_fit;
  json["recommendations"] = Json::array();
  for (const Recommendation& one : found) {
    Json entry;
    entry["group"] = one.group.empty() ? Json(nullptr) : Json(one.group);
    entry["preference"] = preference_json(one.preference);
    entry["cases"] = one.cases;
    entry["feasible"] = one.feasible;
    entry["unknown"] = one.unknown;
    entry["ranked"] = ranked_json(table, one);
    entry["out"] = missed_json(table, one);
    json["recommendations"].push_back(std::move(entry));
  }
  return json_text(json);
}

}  // namespace roofbeam
