#include "app/subject.hpp"

#include <fmt/format.h>

#include "app/arguments.hpp"
#include "app/model.hpp"
#include "app/output.hpp"
#include "scenarios/calibration_file.hpp"

namespace roofbeam::app {
SubjectOptions subject_options(const SubjectArguments& arguments) {
  Settings settings = run_settings(arguments);
  SubjectOptions options;
  options.platform = arguments.platform.empty() ? "apple-m1" : arguments.platform;
  options.engine = arguments.engine;
  options.runtime = arguments.runtime;
  options.platform_settings = std::move(settings.platform);
  options.runtime_settings = std::move(settings.runtime);
  options.run = settings.run;
  if (!arguments.calibration.empty()) {
    options.calibrations = load_calibrations(arguments.calibration);
  }
  return options;
}

Subject read_subject(const SubjectArguments& arguments) {
  SubjectOptions options = subject_options(arguments);
  Subject subject(std::make_shared<const Network>(import_model(arguments.model)),
                  std::move(options));
  if (!arguments.calibration.empty() && subject.base().calibration == nullptr) {
    const Setup& setup = subject.base();
    note(fmt::format("{} holds no calibration of {}/{} with {}", arguments.calibration,
                     setup.platform.name, setup.used().name, setup.runtime.name));
  }
  return subject;
}

}  // namespace roofbeam::app
