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
  write_as(command.format, command.measured.output,
           [&] { return validation_document(validation, command.outliers); },
           {{"json", [&] { return validation_json(validation); }},
            {"csv", [&] { return validation_csv(validation); }}});
  return 0;
}

}  // namespace roofbeam::app
