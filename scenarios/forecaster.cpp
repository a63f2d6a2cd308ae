#include "scenarios/forecaster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

#include "core/input_error.hpp"
#include "core/onnx/import.hpp"
#include "models/lower.hpp"
#include "models/predict.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"
#include "scenarios/runtime_of.hpp"

namespace roofbeam {
namespace {

// A row's clock counts as another one than the descriptor's beyond this.
constexpr double kSameClock = 0.01;

// Why a row is left out.
struct LeftOut {
  std::string why;
};

// "fp16-storage/fp32-arith" computes in fp32. On a GPU that is the same as fp16: profiles say at
// which rate their shaders calculate.
std::optional<Precision> arithmetic_of(const std::string& words, const Engine& engine) {
  if (!words.ends_with("-storage/fp32-arith")) return precision_of(words);
  return engine.kind == EngineKind::gpu ? precision_of(words.substr(0, words.find('-')))
                                        : Precision::fp32;
}

// The table that a row was taken from ("file=ncnn_readme.csv" in its notes) or stands in: tables
// mean different networks by one name.
std::string table_of(const Measurement& row) {
  constexpr std::string_view kTaken = "file=";
  const auto taken = row.notes.find(kTaken);
  const std::string file =
      taken == std::string::npos
          ? row.place.substr(0, row.place.rfind(':'))
          : row.notes.substr(taken + kTaken.size(),
                             row.notes.find(';', taken) - taken - kTaken.size());
  return std::filesystem::path(file).stem().string();
}

NetworkPlaces places_of(const std::vector<std::string>& folders) {
  NetworkPlaces places{folders, {}};
  for (const std::string& folder : folders) {
    const std::string aliases = folder + "/aliases.csv";
    if (std::filesystem::exists(aliases)) places.aliases.merge(read_aliases(aliases));
  }
  return places;
}

}  // namespace

class Locator::Library {
 public:
  explicit Library(const ForecastOptions& options)
      : options_(options), places_(places_of(options.networks)) {}

  const Network& network(const Measurement& row) {
    const std::string path = options_.network.empty() ? file_of(row) : options_.network;
    auto found = networks_.find(path);
    if (found == networks_.end()) found = networks_.emplace(path, onnx::import(path)).first;
    return found->second;
  }

  Target target(const Measurement& row) {
    const PlatformChoice device = device_of(row);
    Target target;
    target.platform = platform(device.platform, {});
    target.engine = &target.platform->engine(device.engine);
    const bool exact = target.engine->kind == EngineKind::mcu;
    if (exact && row.clock && differs(*row.clock, target.engine->clock)) {
      target.platform = platform(device.platform, clock_setting(*target.engine, *row.clock));
      target.engine = &target.platform->engine(device.engine);
    }
    target.runtime = runtime(runtime_of(row, *target.engine));
    return target;
  }

 private:
  // What is not found once is not looked for again.
  std::string file_of(const Measurement& row) {
    const std::string& network = row.network;
    const auto alias = places_.aliases.find(table_of(row) + ':' + network);
    if (alias != places_.aliases.end()) return alias->second;
    if (const auto missing = missing_.find(network); missing != missing_.end()) {
      throw LeftOut{missing->second};
    }
    try {
      return resolve_network(network, places_);
    } catch (const InputError& error) {
      missing_.emplace(network, error.what());
      throw LeftOut{error.what()};
    }
  }

  [[nodiscard]] PlatformChoice device_of(const Measurement& row) const {
    std::optional<PlatformChoice> device = platform_of(row, options_.devices);
    if (!options_.platform.empty()) device = PlatformChoice{options_.platform, row.engine};
    if (!device) {
      throw LeftOut{row.device.empty() ? "no platform is stated: name it with --platform"
                                       : fmt::format("no platform is known for device '{}' ({})",
                                                     row.device, row.core)};
    }
    if (!options_.engine.empty()) device->engine = options_.engine;
    return *device;
  }

  [[nodiscard]] std::string runtime_of(const Measurement& row, const Engine& engine) const {
    if (!options_.runtime.empty()) return options_.runtime;
    if (row.runtime.empty()) return engine.runtime;
    const auto found = roofbeam::runtime_of(
        row.runtime, row.runtime_version.empty() ? row.date : row.runtime_version);
    if (!found) throw LeftOut{fmt::format("no profile is known for runtime '{}'", row.runtime)};
    return *found;
  }

  static bool differs(Hertz a, Hertz b) { return std::abs(a / b - 1) > kSameClock; }

  static std::vector<Setting> clock_setting(const Engine& engine, Hertz clock) {
    return {
        {fmt::format("engines.{}.clock", engine.name), fmt::format("{} MHz", clock.si() / 1e6)}};
  }

  std::shared_ptr<const Platform> platform(const std::string& name,
                                           const std::vector<Setting>& settings) {
    const std::string key = settings.empty() ? name : name + '@' + settings.front().value;
    auto& slot = platforms_[key];
    if (!slot) slot = std::make_shared<const Platform>(load_platform(name, settings));
    return slot;
  }

  std::shared_ptr<const Runtime> runtime(const std::string& name) {
    auto& slot = runtimes_[name];
    if (!slot) slot = std::make_shared<const Runtime>(load_runtime(name));
    return slot;
  }

  const ForecastOptions& options_;
  NetworkPlaces places_;
  std::map<std::string, std::string> missing_;  // network -> why
  std::map<std::string, Network> networks_;
  std::map<std::string, std::shared_ptr<const Platform>> platforms_;
  std::map<std::string, std::shared_ptr<const Runtime>> runtimes_;
};

Locator::Locator(const ForecastOptions& options) : library_(std::make_unique<Library>(options)) {}
Locator::~Locator() = default;

std::optional<Locator::Target> Locator::target(const Measurement& row, std::string* why) {
  try {
    return library_->target(row);
  } catch (const LeftOut& reason) {
    if (why != nullptr) *why = reason.why;
    return std::nullopt;
  }
}

const Network* Locator::network(const Measurement& row, std::string* why) {
  try {
    return &library_->network(row);
  } catch (const LeftOut& reason) {
    if (why != nullptr) *why = reason.why;
    return nullptr;
  }
}

LowerOptions run_of(const Measurement& row, const Engine& engine) {
  LowerOptions run;
  run.batch = row.batch;
  run.threads = row.threads;
  if (row.threads && *row.threads > engine.cores && engine.kind == EngineKind::cpu) {
    throw InputError(fmt::format("more threads than '{}' has cores", engine.name));
  }
  if (row.precision.empty()) return run;
  run.precision = arithmetic_of(row.precision, engine);
  if (!run.precision) throw InputError(fmt::format("unknown precision '{}'", row.precision));
  return run;
}

namespace {

Prediction forecast_row(const Measurement& row, const ForecastOptions& options, Locator& locator) {
  std::string why;
  const auto target = locator.target(row, &why);
  if (!target) throw LeftOut{why};
  const Network* network = locator.network(row, &why);
  if (network == nullptr) throw LeftOut{why};
  try {
    const auto workload =
        lower(*network, *target->runtime, *target->engine, run_of(row, *target->engine));
    return predict(workload, *target->platform, *target->engine, *target->runtime,
                   find_calibration(options.calibrations, target->platform->name,
                                    target->engine->name, target->runtime->name));
  } catch (const InputError& error) {
    throw LeftOut{error.what()};  // this profile does not run on this engine at this precision
  }
}

}  // namespace

Forecasts forecast(const std::vector<Measurement>& rows, const ForecastOptions& options,
                   bool flagged) {
  Locator locator(options);
  Forecasts all;
  for (const Measurement& row : rows) {
    try {
      if (row.flagged() && !flagged) throw LeftOut{"flagged in the notes"};
      all.rows.push_back({row, forecast_row(row, options, locator)});
    } catch (const LeftOut& reason) {
      ++all.left_out[reason.why];
    }
  }
  return all;
}

const Calibration* find_calibration(const std::vector<Calibration>& calibrations,
                                    const std::string& platform, const std::string& engine,
                                    const std::string& runtime) {
  const auto fits = [](const std::string& of, const std::string& name) {
    return of.empty() || of == name;
  };
  const auto found =
      std::find_if(calibrations.begin(), calibrations.end(), [&](const Calibration& c) {
        return fits(c.platform, platform) && fits(c.engine, engine) && fits(c.runtime, runtime);
      });
  return found == calibrations.end() ? nullptr : &*found;
}

}  // namespace roofbeam
