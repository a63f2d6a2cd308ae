#include "app/commands.hpp"
#include "app/gnuplot.hpp"
#include "app/measured.hpp"
#include "app/model.hpp"
#include "app/platform_forecasts.hpp"
#include "reports/plots/charts.hpp"
#include "scenarios/calibration_file.hpp"

namespace roofbeam::app {
namespace {

Plot chart_of(const PlotPrediction& command, const Prediction& prediction) {
  if (command.chart == "layers") return layers_plot(prediction, command.top);
  if (command.chart == "memory") return memory_plot(prediction);
  return roofline_plot(prediction);
}

}  // namespace

int run(const PlotPrediction& command) {
  PlatformForecasts forecasts(command.predict);
  const Network network = import_model(command.predict.model);
  draw(chart_of(command, forecasts.all(network).front()), command.image, command.keep);
  return 0;
}

int run(const PlotValidation& command) {
  ForecastOptions how = forecast_options(command.validate.measured);
  if (!command.validate.calibration.empty()) {
    how.calibrations = load_calibrations(command.validate.calibration);
  }
  const Validation validation = validate(forecast_all(command.validate.measured, how));
  draw(validation_plot(validation), command.image, command.keep);
  return 0;
}

}  // namespace roofbeam::app
