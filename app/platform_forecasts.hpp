// Forecasts of one network on all platforms that a command line names.
#pragma once

#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/commands.hpp"
#include "app/setting_places.hpp"
#include "models/calibration.hpp"
#include "models/prediction.hpp"

namespace roofbeam::app {

class PlatformForecasts {
 public:
  // `command` must outlive this. Throws InputError: settings that cannot be read.
  explicit PlatformForecasts(const Predict& command);

  // All predictions that are possible. What is not possible on one of several platforms is a note;
  // a platform or runtime that cannot be read, or nothing possible at all, is an InputError.
  [[nodiscard]] std::vector<Prediction> all(const Network& network);

 private:
  PlatformForecasts(const Predict& command, const Settings& settings);

  [[nodiscard]] Runtime runtime_for(const Engine& engine);
  void add(std::vector<Prediction>& predictions, const Network& network, const Platform& platform);
  [[nodiscard]] const Calibration* calibration(const Platform& platform, const Engine& engine,
                                               const Runtime& runtime) const;
  void finish(const std::vector<Prediction>& predictions) const;

  const Predict& command_;
  LowerOptions run_;
  SettingPlaces platform_places_;
  SettingPlaces runtime_places_;
  std::vector<Calibration> calibrations_;
  std::vector<std::string> impossible_;
};

}  // namespace roofbeam::app
