#include "scenarios/validation.hpp"

#include "app/commands.hpp"
#include "app/measured.hpp"
#include "app/output.hpp"
#include "reports/validation_views.hpp"
#include "scenarios/calibration_file.hpp"

namespace roofbeam::app {

int run(const Validate& command) {
  ForecastOptions how = forecast_options(command.measured);
  if (!command.calibration.empty()) how.calibrations = load_calibrations(command.calibration);
  const Validation validation = validate(forecast_all(command.measured, how));
  if (!command.report.empty()) write_report(validation_json(validation), command.report);
  std::string text;
  if (command.format == "json") {
    text = validation_json(validation);
  } else if (command.format == "csv") {
    text = validation_csv(validation);
  } else {
    text = validation_table(validation, {output_width(), command.outliers});
  }
  write_result(text, command.measured.output);
  return 0;
}

}  // namespace roofbeam::app
