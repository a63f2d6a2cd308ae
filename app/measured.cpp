#include "app/measured.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "app/output.hpp"
#include "core/input_error.hpp"

namespace roofbeam::app {
namespace {

std::vector<Device> read_table(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw InputError(fmt::format("cannot read '{}'", path));
  return read_devices(text.str(), path);
}

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
    for (Device& device : read_table(path)) devices.push_back(std::move(device));
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
