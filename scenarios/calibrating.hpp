// From measurements to calibrations, and what they are worth on rows that they did not see.
#pragma once

#include <vector>

#include "models/calibration.hpp"
#include "scenarios/forecaster.hpp"
#include "scenarios/statistics.hpp"

namespace roofbeam {

// The rows of one platform, engine and runtime.
struct CalibrationReport {
  Calibration calibration;  // of all rows
  ErrorStatistics before;   // forecasts as the profile has them
  ErrorStatistics after;    // each network by a calibration on all others; empty if there is one
  int networks = 0;
};

// `rows` are uncalibrated forecasts that have a latency; one report for each platform, engine and
// runtime, in order of appearance. Throws InputError if there are no rows.
[[nodiscard]] std::vector<CalibrationReport> calibrate_all(const std::vector<Forecast>& rows);

// A forecast with another calibration than the profile's own.
[[nodiscard]] Prediction recalibrated(const Prediction& uncalibrated,
                                      const Calibration& calibration);

}  // namespace roofbeam
