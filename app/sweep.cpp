#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "reports/sweep_views.hpp"
#include "scenarios/calibration_file.hpp"
#include "scenarios/case_reader.hpp"
#include "scenarios/case_rows.hpp"
#include "scenarios/expansion.hpp"
#include "scenarios/loading/overrides.hpp"

namespace roofbeam::app {
namespace {

constexpr std::size_t kDryRunCases = 20;

Scenario read(const Sweep& command) {
  const bool is_network = command.scenario.ends_with(".onnx");
  config::Node root =
      is_network ? scenario_of_network(command.scenario) : load_with_includes(command.scenario);
  ScenarioOverrides overrides{command.objectives, command.requirements, command.settings,
                              command.vary, command.platforms};
  if (is_network && overrides.platforms.empty()) overrides.platforms = {"apple-m1"};
  apply_overrides(root, overrides);
  return read_scenario(root);
}

std::string rendered(const Sweep& command, const CaseTable& table) {
  if (command.format == "csv") return sweep_csv(table);
  if (command.format == "json") return sweep_json(table);
  if (command.format == "columns") return sweep_columns(table);
  return sweep_table(table, {output_width(), command.top});
}

std::string dry_run(const Scenario& scenario, const CaseReader& reader) {
  const Expansion expansion(
      scenario, [&](std::size_t axis, const Digits& digits) { return reader.acts(axis, digits); });
  CaseTable table = empty_table(scenario);
  table.counts = expansion.count();
  for (const std::int64_t index : expansion.first_cases(kDryRunCases)) {
    add_row(table, scenario, index, expansion.effective(expansion.digits(index)), {});
  }
  return dry_run_table(table, output_width());
}

}  // namespace

int run(const Sweep& command) {
  const Scenario scenario = read(command);
  const CaseReader reader(scenario, command.calibration.empty()
                                        ? std::vector<Calibration>{}
                                        : load_calibrations(command.calibration));
  if (command.dry_run) {
    write_result(dry_run(scenario, reader), command.output);
    return 0;
  }
  const CaseTable table = table_by_predict(scenario, reader);
  if (!command.report.empty()) write_report(sweep_columns(table), command.report);
  write_result(rendered(command, table), command.output);
  return 0;
}

}  // namespace roofbeam::app
