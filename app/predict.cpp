#include "models/predict.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/arguments.hpp"
#include "app/commands.hpp"
#include "app/model.hpp"
#include "app/output.hpp"
#include "app/setting_places.hpp"
#include "core/input_error.hpp"
#include "core/onnx/annotate.hpp"
#include "core/onnx/mapped_file.hpp"
#include "models/lower.hpp"
#include "reports/annotation.hpp"
#include "reports/predict_csv.hpp"
#include "reports/predict_json.hpp"
#include "reports/predict_table.hpp"
#include "reports/trace.hpp"
#include "scenarios/calibration_file.hpp"
#include "scenarios/forecaster.hpp"

namespace roofbeam::app {
namespace {

void require_positive(std::string_view what, int value) {
  if (value >= 1) return;
  throw InputError(fmt::format("{} must be at least 1, not {}", what, value));
}

// What is set, with the options of the run that have a name of their own last: they win.
Settings all_settings(const Predict& command) {
  Settings settings = parse_settings(command.settings);
  if (!command.precision.empty()) settings.run.precision = precision_named(command.precision);
  if (command.batch) settings.run.batch = *command.batch;
  if (command.threads) settings.run.threads = *command.threads;
  require_positive("batch", settings.run.batch);
  require_positive("threads", settings.run.threads.value_or(1));
  return settings;
}

class PlatformForecasts {
 public:
  explicit PlatformForecasts(const Predict& command)
      : PlatformForecasts(command, all_settings(command)) {}

  // All predictions that are possible. What is not possible on one of several platforms is a note;
  // a platform or runtime that cannot be read, or nothing possible at all, is an InputError.
  [[nodiscard]] std::vector<Prediction> all(const Network& network) {
    std::vector<Platform> platforms;
    for (const std::string& name : command_.platforms) {
      platforms.push_back(
          load_platform(name, platform_places_.applicable(platform_catalog(), name)));
    }
    platform_places_.finish();
    std::vector<Prediction> predictions;
    for (const Platform& platform : platforms) add(predictions, network, platform);
    finish(predictions);
    return predictions;
  }

 private:
  PlatformForecasts(const Predict& command, const Settings& settings)
      : command_(command),
        run_(settings.run),
        platform_places_(settings.platform),
        runtime_places_(settings.runtime),
        calibrations_(command.calibration.empty() ? std::vector<Calibration>{}
                                                  : load_calibrations(command.calibration)) {}

  [[nodiscard]] Runtime runtime_for(const Engine& engine) {
    const std::string& name = command_.runtime.empty() ? engine.runtime : command_.runtime;
    return load_runtime(name, runtime_places_.applicable(runtime_catalog(), name));
  }

  void add(std::vector<Prediction>& predictions, const Network& network, const Platform& platform) {
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
  [[nodiscard]] const Calibration* calibration(const Platform& platform, const Engine& engine,
                                               const Runtime& runtime) const {
    if (command_.calibration.empty()) return nullptr;
    const auto* found = find_calibration(calibrations_, platform.name, engine.name, runtime.name);
    if (found == nullptr) {
      note(fmt::format("{} holds no calibration of {}/{} with {}", command_.calibration,
                       platform.name, engine.name, runtime.name));
    }
    return found;
  }

  void finish(const std::vector<Prediction>& predictions) const {
    if (predictions.empty()) throw InputError(fmt::format("{}", fmt::join(impossible_, "\n")));
    runtime_places_.finish();
    for (const std::string& text : impossible_) note(text);
  }

  const Predict& command_;
  LowerOptions run_;
  SettingPlaces platform_places_;
  SettingPlaces runtime_places_;
  std::vector<Calibration> calibrations_;
  std::vector<std::string> impossible_;
};

std::string rendered(const Predict& command, const std::vector<Prediction>& predictions) {
  if (command.model.format == "json") return predict_json(predictions);
  if (command.model.format == "csv") return predict_csv(predictions);
  if (command.model.format == "trace") return predict_trace(predictions);
  PredictTableOptions options;
  options.width = output_width();
  options.top = command.top;
  options.layers_of = command.layers_of;
  options.utilisation = command.utilisation;
  return command.model.format == "markdown" ? predict_markdown(predictions, options)
                                            : predict_table(predictions, options);
}

// Data in other files are named relative to the model, so a copy elsewhere does not find them.
void annotate(const Predict& command, const Network& network,
              const std::vector<Prediction>& predictions) {
  const onnx::MappedFile file(command.model.model);
  const onnx::AnnotatedModel model(file.bytes(), node_notes(network, predictions));
  write_file(command.annotate, [&](std::ostream& out) { model.write(out); });
  note(fmt::format("{}: notes on {} nodes", command.annotate, model.noted()));
}

}  // namespace

int run(const Predict& command) {
  PlatformForecasts forecasts(command);
  const Network network = import_model(command.model);
  const auto predictions = forecasts.all(network);
  if (!command.annotate.empty()) annotate(command, network, predictions);
  write_result(rendered(command, predictions), command.model.output);
  return 0;
}

}  // namespace roofbeam::app
