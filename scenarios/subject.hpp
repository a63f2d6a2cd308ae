// What a question is about: one network on one platform under one runtime, and what its forecast
// becomes when something in their descriptions changes.
//
// A change is a dotted path and a value, as --set has them: platform.PATH or just PATH,
// runtime.PATH, run.batch, run.threads, run.precision; and the words platform, engine and runtime,
// which put another one in its place. Descriptions are read once; a forecast writes its changes
// into copies.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/config/node.hpp"
#include "core/network/network.hpp"
#include "models/calibration.hpp"
#include "models/lower.hpp"
#include "models/prediction.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"
#include "scenarios/stated_number.hpp"

namespace roofbeam {

struct SubjectOptions {
  std::string platform;  // name or YAML file
  std::string engine;    // empty: the platform's first
  std::string runtime;   // empty: the engine's
  std::vector<Setting> platform_settings;
  std::vector<Setting> runtime_settings;
  LowerOptions run;
  std::vector<Calibration> calibrations;  // the one that was fitted for the subject is used
};

// The platform, engine and runtime behind a forecast, and the network lowered for them.
struct Setup {
  Platform platform;
  std::size_t engine = 0;  // of platform.engines
  Runtime runtime;
  std::shared_ptr<const Workload> workload;
  const Calibration* calibration = nullptr;

  [[nodiscard]] const Engine& used() const { return platform.engines[engine]; }
};
[[nodiscard]] Prediction predict(const Setup& setup);

class Subject {
 public:
  // Throws InputError: a file that cannot be read, a setting without a place, a runtime or
  // precision that the engine does not have.
  Subject(std::shared_ptr<const Network> network, SubjectOptions options);

  // Throws InputError if a change has no place or makes a descriptor wrong.
  [[nodiscard]] Setup setup(const std::vector<Setting>& changes = {}) const;
  [[nodiscard]] Prediction forecast(const std::vector<Setting>& changes = {}) const;

  // The number at a path, batch and threads too; nothing if none stands there.
  [[nodiscard]] std::optional<UnitNumber> number(const std::string& path) const;
  // Every number of the platform ("platform.") and the runtime ("runtime."), paths in full.
  [[nodiscard]] std::vector<StatedNumber> numbers() const;

  [[nodiscard]] const Setup& base() const { return base_; }

 private:
  struct Changes;
  [[nodiscard]] Changes sorted(const std::vector<Setting>& changes) const;
  [[nodiscard]] Setup replaced(const Changes& changes) const;
  [[nodiscard]] std::shared_ptr<const Network> rewritten(const Changes& changes) const;
  // Writes another platform's or profile's numbers; whether the network must be lowered anew.
  void change_platform(Setup& setup, const Changes& changes) const;
  [[nodiscard]] bool change_runtime(Setup& setup, const Changes& changes) const;
  [[nodiscard]] const Calibration* calibration_of(const Setup& setup) const;

  std::shared_ptr<const Network> network_;
  SubjectOptions options_;
  config::Node platform_;
  config::Node runtime_;
  Setup base_;
};

// "platform.memory.DRAM.bandwidth" for "memory.DRAM.bandwidth": the room written in front.
[[nodiscard]] std::string full_path(const std::string& path);

}  // namespace roofbeam
