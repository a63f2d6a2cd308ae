#include "scenarios/scaling.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands.hpp"
#include "app/measured.hpp"
#include "app/output.hpp"
#include "core/input_error.hpp"
#include "reports/validation_views.hpp"

namespace roofbeam::app {
namespace {

// The same row as if it had been measured on the other platform.
std::vector<Measurement> moved(const Forecasts& there, const Scale& command) {
  std::vector<Measurement> rows;
  for (const Forecast& row : there.rows) {
    Measurement here = row.measurement;
    here.platform = command.to;
    here.engine = command.to_engine;
    here.clock.reset();
    rows.push_back(std::move(here));
  }
  return rows;
}

bool same_run(const Prediction& a, const Prediction& b) {
  return a.network == b.network && a.batch == b.batch && a.threads == b.threads &&
         a.precision == b.precision;
}

// The measurement on the other platform of what was measured here.
std::optional<Measurement> measured_there(const Forecasts& there, const Forecast& row) {
  for (const Forecast& other : there.rows) {
    if (other.measurement.latency && same_run(other.prediction, row.prediction)) {
      return other.measurement;
    }
  }
  return std::nullopt;
}

bool names(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

int run(const Scale& command) {
  const ForecastOptions how = forecast_options(command.measured);
  Forecasts from = forecast_all(command.measured, how);
  ForecastOptions how_to = how;
  how_to.platform = command.to;
  how_to.engine = command.to_engine;
  how_to.runtime = command.measured.runtime;
  Forecasts measured;
  if (!command.to_measured.empty()) {
    MeasuredOptions options = command.measured;
    options.files = {command.to_measured};
    measured = forecast_all(options, how_to);
  }
  const Forecasts to = forecast(moved(from, command), how_to, true);
  std::vector<ScalingRow> rows;
  auto row = from.rows.begin();
  for (const Forecast& there : to.rows) {
    while (row->measurement.place != there.measurement.place) ++row;  // both are in file order
    ScalingRow scaled{*row, there.prediction, measured_there(measured, there), false};
    scaled.known = scaled.measured && names(command.known, row->measurement.network);
    if (row->measurement.latency) rows.push_back(std::move(scaled));
  }
  const Scaling scaling = scale(std::move(rows));
  if (!command.report.empty()) write_report(scaling_json(scaling), command.report);
  write_as(command.format, command.measured.output, [&] { return scaling_document(scaling); },
           {{"json", [&] { return scaling_json(scaling); }}});
  return 0;
}

}  // namespace roofbeam::app
