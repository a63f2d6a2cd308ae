// The files of a scenario, read once, and one case at a time: from the values of the axes to what
// predict needs. The long way, which every shortcut of the sweep is tested against.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "models/lower.hpp"
#include "models/prediction.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"
#include "scenarios/case_choice.hpp"
#include "scenarios/metric.hpp"

namespace roofbeam {

struct CaseSetup {
  std::shared_ptr<const Network> network;  // rewritten
  Platform platform;
  std::string engine;
  Runtime runtime;
  LowerOptions run;
};

class CaseReader {
 public:
  // Imports the networks and checks that platforms, engines and runtimes can be read and that every
  // path leads somewhere on at least one of them. Throws InputError with up to ten complaints.
  // `scenario` must outlive the reader.
  explicit CaseReader(const Scenario& scenario, std::vector<Calibration> calibrations = {});
  ~CaseReader();
  CaseReader(CaseReader&&) noexcept;

  // Whether an axis changes anything on the platform and runtime of a case. Where it does not, its
  // first value stands for all.
  [[nodiscard]] bool acts(std::size_t axis, const Digits& digits) const;

  // Throws InputError where a value is not possible here.
  [[nodiscard]] CaseSetup setup(const Digits& digits) const;
  [[nodiscard]] Prediction predict(const Digits& digits) const;
  [[nodiscard]] Facts facts(const Digits& digits) const;
  // Figures and facts; the size is the weights' unless it is given.
  [[nodiscard]] Metrics metrics(const Prediction& prediction, const Facts& facts) const;

  // The steps of `setup`, for those who keep what they have. Any number of threads may ask.
  [[nodiscard]] std::shared_ptr<const Network> network(const CaseChoice& choice) const;
  [[nodiscard]] Platform platform(const CaseChoice& choice) const;
  [[nodiscard]] Runtime runtime(const CaseChoice& choice) const;
  [[nodiscard]] LowerOptions run(const CaseChoice& choice) const;
  [[nodiscard]] const std::string& engine_of(const CaseChoice& choice) const;  // its name
  [[nodiscard]] const Calibration* calibration(const Platform& platform, const Engine& engine,
                                               const Runtime& runtime) const;
  // Whether a network computes the same after a change (keeps_facts), asked once.
  [[nodiscard]] bool keeps(std::size_t network, const Change& change) const;

 private:
  class Library;
  std::unique_ptr<Library> library_;
};

}  // namespace roofbeam
