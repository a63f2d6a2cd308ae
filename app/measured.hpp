// What validate, calibrate and scale do first: read measurements and forecast them.
#pragma once

#include "app/commands.hpp"
#include "scenarios/forecaster.hpp"

namespace roofbeam::app {

[[nodiscard]] ForecastOptions forecast_options(const MeasuredOptions& options);

// Rows of all files; what readers left out is a note.
[[nodiscard]] std::vector<Measurement> read_all(const std::vector<std::string>& files);

// Forecasts of all files' rows. An InputError with the reasons if none could be forecast.
[[nodiscard]] Forecasts forecast_all(const MeasuredOptions& options, const ForecastOptions& how);

}  // namespace roofbeam::app
