#include <fmt/format.h>

#include <algorithm>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/subject.hpp"
#include "core/input_error.hpp"
#include "models/predict.hpp"
#include "platforms/runtime.hpp"
#include "reports/compare_views.hpp"
#include "scenarios/prediction_file.hpp"
#include "scenarios/threshold.hpp"

namespace roofbeam::app {
namespace {

bool is_json(const std::string& path) { return path.ends_with(".json"); }

// The profile's errors are not in the file; they say what cancels.
void add_errors(Prediction& prediction) {
  const auto known = catalog_runtimes();
  if (std::ranges::find(known, prediction.runtime) == known.end()) return;
  prediction.errors = load_runtime(prediction.runtime).errors;
}

bool is_file(const std::string& platform) {
  return platform.find('/') != std::string::npos || platform.ends_with(".yaml") ||
         platform.ends_with(".yml");
}

// Forecasts of a file, those of one platform if one is asked for by name.
std::vector<Prediction> stored(const std::string& path, const std::string& platform) {
  std::vector<Prediction> predictions = load_predictions(path);
  if (!platform.empty() && !is_file(platform)) {
    std::erase_if(predictions, [&](const Prediction& p) { return p.platform != platform; });
    if (predictions.empty()) {
      throw InputError(
          fmt::format("{}: error: holds no prediction for platform '{}'", path, platform));
    }
  }
  for (Prediction& prediction : predictions) add_errors(prediction);
  return predictions;
}

Prediction forecast(const SubjectArguments& arguments) {
  return read_subject(arguments).forecast();
}

// As another forecast was made, unless something else was asked for.
SubjectArguments as(const Prediction& other, SubjectArguments arguments) {
  if (arguments.platform.empty()) {
    arguments.platform = other.platform;
    if (arguments.engine.empty()) arguments.engine = other.engine;
  }
  if (arguments.runtime.empty()) arguments.runtime = other.runtime;
  if (arguments.precision.empty()) arguments.precision = std::string(to_text(other.precision));
  if (!arguments.batch) arguments.batch = other.batch;
  if (!arguments.threads) arguments.threads = other.threads;
  return arguments;
}

// A's arguments, changed by what is stated of B.
SubjectArguments arguments_of_b(const Compare& command) {
  SubjectArguments b = command.a;
  if (!command.b.empty()) b.model.model = command.b;
  if (!command.b_platform.empty()) {
    b.platform = command.b_platform;
    b.engine.clear();  // of the other platform
    b.runtime = command.a.runtime;
  }
  if (!command.b_engine.empty()) b.engine = command.b_engine;
  if (!command.b_runtime.empty()) b.runtime = command.b_runtime;
  if (!command.b_precision.empty()) b.precision = command.b_precision;
  if (command.b_batch) b.batch = command.b_batch;
  if (command.b_threads) b.threads = command.b_threads;
  b.settings.insert(b.settings.end(), command.b_settings.begin(), command.b_settings.end());
  const auto& rewrites = command.b_rewrites;
  b.model.rewrites.insert(b.model.rewrites.end(), rewrites.begin(), rewrites.end());
  return b;
}

bool same_run(const Prediction& a, const Prediction& b) {
  return a.platform == b.platform && a.engine == b.engine && a.runtime == b.runtime &&
         a.precision == b.precision && a.batch == b.batch && a.threads == b.threads;
}

std::vector<Comparison> compare_stored(const std::vector<Prediction>& a,
                                       const std::vector<Prediction>& b) {
  if (a.size() == 1 && b.size() == 1) return {compare(a[0], b[0])};
  std::vector<Comparison> comparisons;
  for (const Prediction& one : a) {
    const auto other =
        std::ranges::find_if(b, [&](const Prediction& p) { return same_run(one, p); });
    if (other != b.end()) {
      comparisons.push_back(compare(one, *other));
    } else {
      note(fmt::format("B has no forecast on {}/{} with {} at {}", one.platform, one.engine,
                       one.runtime, to_text(one.precision)));
    }
  }
  if (comparisons.empty()) throw InputError("A and B have no forecast of the same run in common");
  return comparisons;
}

std::vector<Comparison> comparisons_of(const Compare& command) {
  const SubjectArguments b = arguments_of_b(command);
  const std::string& model_a = command.a.model.model;
  const std::string& model_b = b.model.model;
  if (is_json(model_a) && command.b.empty()) {
    throw InputError(fmt::format("{} is one side; name the other", model_a));
  }
  if (is_json(model_a) && is_json(model_b)) {
    return compare_stored(stored(model_a, command.a.platform), stored(model_b, b.platform));
  }
  std::vector<Comparison> comparisons;
  if (is_json(model_a)) {
    for (const Prediction& p : stored(model_a, command.a.platform)) {
      comparisons.push_back(compare(p, forecast(as(p, b))));
    }
  } else if (is_json(model_b)) {
    for (const Prediction& p : stored(model_b, b.platform)) {
      comparisons.push_back(compare(forecast(as(p, command.a)), p));
    }
  } else {
    comparisons.push_back(compare(forecast(command.a), forecast(b)));
  }
  return comparisons;
}

// With several comparisons the failure says of which.
std::vector<std::string> failures_of(const std::vector<Threshold>& thresholds,
                                     const std::vector<Comparison>& comparisons) {
  std::vector<std::string> failures;
  for (const Comparison& c : comparisons) {
    for (const Threshold& threshold : thresholds) {
      const std::string why = failure(threshold, c);
      if (why.empty()) continue;
      failures.push_back(comparisons.size() == 1 ? why : fmt::format("{}: {}", c.b.platform, why));
    }
  }
  return failures;
}

}  // namespace

int run(const Compare& command) {
  std::vector<Threshold> thresholds;
  for (const std::string& text : command.fail_on) thresholds.push_back(parse_threshold(text));
  ComparisonReport report;
  report.comparisons = comparisons_of(command);
  report.failures = failures_of(thresholds, report.comparisons);
  if (!command.report.empty()) write_report(compare_json(report), command.report);
  write_as(command.a.model.format, command.a.model.output,
           [&] { return compare_document(report, command.top); },
           {{"json", [&] { return compare_json(report); }},
            {"csv", [&] { return compare_csv(report); }}});
  for (const std::string& failure : report.failures) say_failed(failure);
  return report.failures.empty() ? 0 : kDoesNotHold;
}

}  // namespace roofbeam::app
