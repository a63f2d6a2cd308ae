#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/frontier_views.hpp"
#include "reports/json_text.hpp"
#include "reports/knee_views.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

// JSON knows no infinity; it is told from what is unknown by a word.
Json number(double value) {
  if (std::isinf(value)) return value > 0 ? "infinite" : "-infinite";
  return std::isnan(value) ? Json(nullptr) : Json(value);
}

Json by_objective(const TableFrontier& found, const std::vector<double>& values) {
  Json json = Json::object();
  for (std::size_t c = 0; c < values.size(); ++c) {
    json[found.question.objectives[c].column] = number(values[c]);
  }
  return json;
}

Json objectives_json(const TableFrontier& found) {
  Json json = Json::array();
  for (const ColumnObjective& objective : found.question.objectives) {
    json.push_back({{"column", objective.column},
                    {"sense", objective.sense == Sense::smaller ? "min" : "max"}});
  }
  return json;
}

Json points_json(const TableFrontier& found) {
  Json json = Json::array();
  for (std::size_t point = 0; point < found.frontier.size(); ++point) {
    std::vector<double> values;
    for (const auto& column : found.frontier.values) values.push_back(column[point]);
    Json cells = Json::object();
    for (std::size_t c = 0; c < found.columns.size(); ++c) {
      cells[found.columns[c]] = found.cells[point][c];
    }
    json.push_back({{"row", found.frontier.indices[point]},
                    {"ties", found.frontier.ties[point]},
                    {"values", by_objective(found, values)},
                    {"cells", std::move(cells)}});
  }
  return json;
}

Json hypervolume_json(const TableFrontier& found) {
  return {{"volume", found.hypervolume ? number(*found.hypervolume) : Json(nullptr)},
          {"share", found.covered ? Json(*found.covered) : Json(nullptr)},
          {"reference", by_objective(found, found.reference)}};
}

Json asked_json(const TableFrontier& found) {
  Json json = Json::array();
  for (const AskedRow& asked : found.asked) {
    Json beaten_by = Json::array();
    for (const Dominator& dominator : asked.beaten_by) {
      beaten_by.push_back(
          {{"row", dominator.index}, {"better_by", by_objective(found, dominator.better_by)}});
    }
    json.push_back({{"row", asked.row},
                    {"values", by_objective(found, asked.values)},
                    {"beaten_by", std::move(beaten_by)}});
  }
  return json;
}

}  // namespace

std::string frontier_json(const TableFrontier& found) {
  Json json;
  json["schema"] = "roofbeam.frontier/1";
  json["file"] = found.question.file;
  json["objectives"] = objectives_json(found);
  json["rows"] = found.frontier.cases;
  json["left_out"] = found.frontier.left_out;
  json["points"] = points_json(found);
  json["knee"] = found.knee
                     ? knee_json("row", found.frontier.indices[found.knee->point], *found.knee)
                     : Json(nullptr);
  json["hypervolume"] = hypervolume_json(found);
  json["asked"] = asked_json(found);
  return json_text(json);
}

}  // namespace roofbeam
