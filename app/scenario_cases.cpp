#include "app/scenario_cases.hpp"

#include <algorithm>
#include <thread>

#include "scenarios/calibration_file.hpp"
#include "scenarios/case_reader.hpp"
#include "scenarios/loading/overrides.hpp"
#include "scenarios/sweep.hpp"

namespace roofbeam::app {

CaseTable forecast_cases(const ScenarioCases& wanted) {
  config::Node root = load_with_includes(wanted.file);
  apply_overrides(root, {.requirements = wanted.requirements, .settings = wanted.settings});
  const Scenario scenario = read_scenario(root);
  const CaseReader reader(scenario, wanted.calibration.empty()
                                        ? std::vector<Calibration>{}
                                        : load_calibrations(wanted.calibration));
  const CompiledScenario compiled(scenario, reader);
  SweepOptions options;
  options.keep_all = true;
  options.threads = std::max(1U, std::thread::hardware_concurrency());
  return table_of(compiled, sweep(compiled, options));
}

}  // namespace roofbeam::app
