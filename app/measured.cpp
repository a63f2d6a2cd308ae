#include "app/measured.hpp"

#include <fmt/format.h>

#include "app/output.hpp"
#include "core/config/node.hpp"
#include "core/input_error.hpp"

namespace roofbeam::app {
namespace {

std::string reasons(const std::map<std::string, int>& left_out) {
  std::string text;
  for (const auto& [reason, count] : left_out)
    text += fmt::format("\n  {} rows: {}", count, reason);
  return text;
}

}  // namespace

ForecastOptions forecast_options(const MeasuredOptions& options) {
  ForecastOptions how;
  how.networks = options.networks;
  how.network = options.network;
  how.platform = options.platform;
  how.engine = options.engine;
  how.runtime = options.runtime;
  std::vector<Device> devices;
  for (const std::string& path : options.devices) {
    for (Device& device : read_devices(config::load(path))) devices.push_back(std::move(device));
  }
  how.devices.insert(how.devices.begin(), devices.begin(), devices.end());
  return how;
}

std::vector<Measurement> read_all(const std::vector<std::string>& files) {
  std::vector<Measurement> rows;
  for (const std::string& file : files) {
    Measurements read = read_measurements(file);
    for (const std::string& remark : read.remarks) note(remark);
    for (Measurement& row : read.rows) rows.push_back(std::move(row));
  }
  return rows;
}

Forecasts forecast_all(const MeasuredOptions& options, const ForecastOptions& how) {
  Forecasts forecasts = forecast(read_all(options.files), how, options.flagged);
  if (forecasts.rows.empty()) {
    throw InputError(fmt::format("no row could be forecast:{}", reasons(forecasts.left_out)));
  }
  return forecasts;
}

}  // namespace roofbeam::app
