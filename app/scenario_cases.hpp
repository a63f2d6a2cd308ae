// All cases of a scenario at once, for commands that choose among them or draw them.
#pragma once

#include <string>
#include <vector>

#include "scenarios/case_table.hpp"

namespace roofbeam::app {

struct ScenarioCases {
  std::string file;                       // a scenario
  std::vector<std::string> requirements;  // besides those of the scenario
  std::vector<std::string> settings;      // "PATH=VALUE", for every case
  std::string calibration;                // a file that calibrate wrote; empty: none
};

// Feasible cases and all others. Throws InputError.
[[nodiscard]] CaseTable forecast_cases(const ScenarioCases& wanted);

}  // namespace roofbeam::app
