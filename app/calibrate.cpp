#include "scenarios/calibrating.hpp"

#include <cstdio>

#include "app/commands.hpp"
#include "app/measured.hpp"
#include "app/output.hpp"
#include "app/terminal.hpp"
#include "reports/validation_views.hpp"
#include "scenarios/calibration_file.hpp"

namespace roofbeam::app {

// The overlay is the result; what it is worth is said beside it.
int run(const Calibrate& command) {
  const auto forecasts = forecast_all(command.measured, forecast_options(command.measured));
  const auto reports = calibrate_all(forecasts.rows);
  std::vector<Calibration> calibrations;
  for (const CalibrationReport& report : reports) calibrations.push_back(report.calibration);
  const std::string table = calibration_table(reports).text(standard_error());
  std::fwrite(table.data(), 1, table.size(), stderr);
  write_result(calibration_text(calibrations), command.measured.output);
  return 0;
}

}  // namespace roofbeam::app
