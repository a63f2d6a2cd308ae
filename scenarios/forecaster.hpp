// Forecasts what measurements measured: finds network, platform, engine and profile of each row.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/network/network.hpp"
#include "models/calibration.hpp"
#include "models/lower.hpp"
#include "models/prediction.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"
#include "scenarios/devices.hpp"
#include "scenarios/measurement.hpp"
#include "scenarios/networks_of.hpp"

namespace roofbeam {

// Where rows find what they name. What is stated here wins over the rows.
struct ForecastOptions {
  std::vector<std::string> networks;  // folders
  std::string network;                // an ONNX file for all rows
  std::string platform;
  std::string engine;
  std::string runtime;
  std::vector<Device> devices = known_devices();
  std::vector<Calibration> calibrations;
};

// One row that could be forecast.
struct Forecast {
  Measurement measurement;
  Prediction prediction;
};

struct Forecasts {
  std::vector<Forecast> rows;           // in the order of the measurements
  std::map<std::string, int> left_out;  // why -> how many rows
};

// Finds what rows name; reads each network, platform and profile once.
class Locator {
 public:
  explicit Locator(const ForecastOptions& options);
  ~Locator();

  struct Target {
    std::shared_ptr<const Platform> platform;
    const Engine* engine = nullptr;
    std::shared_ptr<const Runtime> runtime;
  };

  // Nothing where a row's device, runtime or network is not known; `why` then says so. Throws
  // InputError for a network, descriptor or profile that cannot be read.
  [[nodiscard]] std::optional<Target> target(const Measurement& row, std::string* why = nullptr);
  [[nodiscard]] const Network* network(const Measurement& row, std::string* why = nullptr);

 private:
  class Library;
  std::unique_ptr<Library> library_;
};

// A row's precision, batch and threads. Throws InputError: a precision that nobody knows, more
// threads than a CPU has cores.
[[nodiscard]] LowerOptions run_of(const Measurement& row, const Engine& engine);

// Rows that no network, platform or profile is known for, and flagged ones unless asked for, are
// left out and counted. A microcontroller's clock is the row's; of other chips rows state the base
// clock as often as the one that ran, so there the descriptor's holds. Throws InputError for a
// network, descriptor or profile that cannot be read.
[[nodiscard]] Forecasts forecast(const std::vector<Measurement>& rows,
                                 const ForecastOptions& options, bool flagged = false);

// The calibration that was fitted for a platform's engine and runtime, or nullptr.
[[nodiscard]] const Calibration* find_calibration(const std::vector<Calibration>& calibrations,
                                                  const std::string& platform,
                                                  const std::string& engine,
                                                  const std::string& runtime);

}  // namespace roofbeam
