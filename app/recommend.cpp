#include <fmt/format.h>

#include <algorithm>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/scenario_cases.hpp"
#include "core/input_error.hpp"
#include "reports/recommend_views.hpp"
#include "scenarios/case_csv.hpp"
#include "scenarios/cell_number.hpp"

namespace roofbeam::app {
namespace {

double tolerance_of(const Recommend& command) {
  const auto share = cell_number(command.tolerance);
  if (!share || !(*share >= 0) || *share >= 1) {
    throw InputError(fmt::format(
        "--tolerance '{}': expected a share of the best value, such as 2 %", command.tolerance));
  }
  return *share;
}

// What counts where nobody says: the scenario's objectives, else what is known of all cases.
std::vector<Objective> objectives_of(const CaseTable& table) {
  if (!table.objectives.empty()) return table.objectives;
  std::vector<Objective> objectives;
  for (const Metric metric : {Metric::latency, Metric::energy, Metric::memory, Metric::accuracy}) {
    for (const double value : table.column(metric)) {
      if (value != value) continue;
      objectives.push_back({metric, kind_of(metric).sense});
      break;
    }
  }
  if (objectives.empty()) {
    throw InputError(
        "the table has neither latency, energy, memory nor accuracy: say with --for, "
        "--weights or --order what counts");
  }
  return objectives;
}

Preference preference_of(const Recommend& command, const CaseTable& table) {
  if (!command.weights.empty()) return parse_weights(command.weights);
  if (!command.order.empty()) return parse_order(command.order, tolerance_of(command));
  return preference_for(command.wanted, objectives_of(table));
}

std::vector<Requirement> requirements_of(const Recommend& command) {
  std::vector<Requirement> requirements;
  for (const std::string& text : command.requirements) {
    for (Requirement& one : parse_requirements(text)) requirements.push_back(std::move(one));
  }
  return requirements;
}

CaseTable cases_of_table(const Recommend& command) {
  if (command.table.empty()) {
    throw InputError("there are no cases: name a scenario, or a table with --table FILE.csv");
  }
  CaseTable table = read_case_csv(command.table);
  require(table, requirements_of(command));
  return table;
}

}  // namespace

int run(const Recommend& command) {
  const CaseTable table = command.scenario.empty()
                              ? cases_of_table(command)
                              : forecast_cases({command.scenario, command.requirements,
                                                command.settings, command.calibration});
  const auto found = recommend(table, preference_of(command, table), {command.each, command.top});
  if (!command.report.empty()) write_report(recommend_json(table, found), command.report);
  write_as(command.format, command.output,
           [&] { return recommend_document(table, found, {command.missed}); },
           {{"json", [&] { return recommend_json(table, found); }}});
  return 0;
}

}  // namespace roofbeam::app
