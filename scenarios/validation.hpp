// Forecasts beside measurements: how far, how sure, and why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/forecaster.hpp"
#include "scenarios/statistics.hpp"

namespace roofbeam {

// Statistics of the rows that have something in common.
struct ErrorGroup {
  std::string name;  // "raspberry-pi-4b", "ncnn", "fp16", "gemm"
  ErrorStatistics latency;
};

// A row that the 95 % interval does not hold, or that is off by half, and what the models say of
// it.
struct Outlier {
  std::size_t row = 0;  // of Validation::rows
  double ratio = 1;     // measured / forecast
  std::string reason;
};

struct Validation {
  std::vector<Forecast> rows;
  ErrorStatistics latency;
  std::optional<ErrorStatistics> energy;  // of rows that measured it
  std::vector<ErrorGroup> by_device;      // platform and engine; each in order of appearance
  std::vector<ErrorGroup> by_runtime;
  std::vector<ErrorGroup> by_precision;
  std::vector<ErrorGroup> by_kernel;  // the algorithm with the largest share of the forecast
  std::vector<Outlier> outliers;      // the furthest first
  std::map<std::string, int> left_out;
};

[[nodiscard]] Validation validate(Forecasts forecasts);

// "raspberry-pi-4b/cpu"
[[nodiscard]] std::string device_name(const Prediction& prediction);
// The algorithm that takes most of the latency.
[[nodiscard]] std::string leading_kernel(const Prediction& prediction);

[[nodiscard]] Pair latency_pair(const Forecast& row);

}  // namespace roofbeam
