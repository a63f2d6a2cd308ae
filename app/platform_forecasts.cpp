#include "app/platform_forecasts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/output.hpp"
#include "core/input_error.hpp"
#include "models/lower.hpp"
#include "models/predict.hpp"
#include "scenarios/calibration_file.hpp"
#include "scenarios/forecaster.hpp"

namespace roofbeam::app {
PlatformForecasts::PlatformForecasts(const Predict& command)
    : PlatformForecasts(command, run_settings(command)) {}

PlatformForecasts::PlatformForecasts(const Predict& command, const Settings& settings)
    : command_(command),
      run_(settings.run),
      platform_places_(settings.platform),
      runtime_places_(settings.runtime),
      calibrations_(command.calibration.empty() ? std::vector<Calibration>{}
                                                : load_calibrations(command.calibration)) {}

std::vector<Prediction> PlatformForecasts::all(const Network& network) {
  std::vector<Platform> platforms;
  for (const std::string& name : command_.platforms) {
    platforms.push_back(load_platform(name, platform_places_.applicable(platform_catalog(), name)));
  }
  platform_places_.finish();
  std::vector<Prediction> predictions;
  for (const Platform& platform : platforms) add(predictions, network, platform);
  finish(predictions);
  return predictions;
}

Runtime PlatformForecasts::runtime_for(const Engine& engine) {
  const std::string& name = command_.runtime.empty() ? engine.runtime : command_.runtime;
  return load_runtime(name, runtime_places_.applicable(runtime_catalog(), name));
}

void PlatformForecasts::add(std::vector<Prediction>& predictions, const Network& network,
                            const Platform& platform) {
  const Engine* engine = nullptr;
  try {
    engine = &platform.engine(command_.engine);
  } catch (const InputError& error) {
    impossible_.push_back(fmt::format("{}: {}", platform.name, error.what()));
    return;
  }
  const Runtime runtime = runtime_for(*engine);
  try {
    const Workload workload = lower(network, runtime, *engine, run_);
    predictions.push_back(
        predict(workload, platform, *engine, runtime, calibration(platform, *engine, runtime)));
  } catch (const InputError& error) {
    impossible_.push_back(fmt::format("{}: {}", platform.name, error.what()));
  }
}

// Of this platform, engine and runtime; a note says when there is none in the file.
const Calibration* PlatformForecasts::calibration(const Platform& platform, const Engine& engine,
                                                  const Runtime& runtime) const {
  if (command_.calibration.empty()) return nullptr;
  const auto* found = find_calibration(calibrations_, platform.name, engine.name, runtime.name);
  if (found == nullptr) {
    note(fmt::format("{} holds no calibration of {}/{} with {}", command_.calibration,
                     platform.name, engine.name, runtime.name));
  }
  return found;
}

void PlatformForecasts::finish(const std::vector<Prediction>& predictions) const {
  if (predictions.empty()) throw InputError(fmt::format("{}", fmt::join(impossible_, "\n")));
  runtime_places_.finish();
  for (const std::string& text : impossible_) note(text);
}

}  // namespace roofbeam::app
