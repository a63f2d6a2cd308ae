#include "scenarios/comparison.hpp"

#include <algorithm>
#include <cmath>

#include "models/calibration.hpp"
#include "scenarios/layer_match.hpp"
#include "scenarios/scaling.hpp"

namespace roofbeam {
namespace {

std::vector<std::string> parts_of(const Prediction& a, const Prediction& b) {
  std::vector<std::string> parts = {"compute"};
  for (const Prediction* prediction : {&a, &b}) {
    for (const std::string& level : prediction->levels) {
      if (std::find(parts.begin(), parts.end(), level) == parts.end()) parts.push_back(level);
    }
  }
  parts.insert(parts.end(), {"dispatch", "throttling"});
  return parts;
}

double& part(std::vector<double>& values, const std::vector<std::string>& parts,
             const std::string& name) {
  return values[static_cast<std::size_t>(std::find(parts.begin(), parts.end(), name) -
                                         parts.begin())];
}

void add(std::vector<double>& sum, const std::vector<double>& more, double sign) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += sign * more[i];
}

LayerChange change_of(const LayerPair& pair, const Prediction& a, const Prediction& b,
                      Comparison& comparison) {
  LayerChange change;
  change.parts.resize(comparison.parts.size());
  if (pair.a) {
    change.a = a.layers[*pair.a];
    const auto parts = time_parts(a, *change.a, comparison.parts);
    add(change.parts, parts, -1);
    add(comparison.parts_a, parts, 1);
  }
  if (pair.b) {
    change.b = b.layers[*pair.b];
    const auto parts = time_parts(b, *change.b, comparison.parts);
    add(change.parts, parts, 1);
    add(comparison.parts_b, parts, 1);
  }
  return change;
}

double square(double value) { return value * value; }

// Share of the latency that matched layers take in both.
double common_share(const Comparison& comparison) {
  double common = 0;
  for (const LayerChange& layer : comparison.layers) {
    common += std::min(layer.latency_a(), layer.latency_b());
  }
  const double whole = std::max(comparison.a.latency.si(), comparison.b.latency.si());
  return whole > 0 ? common / whole : 0;
}

// The variance that the profile's errors give a forecast; a calibrated one has less.
double prior_variance(const ErrorModel& errors, const std::vector<double>& shares) {
  double variance = square(errors.common) + square(errors.network);
  for (std::size_t i = 0; i < shares.size(); ++i) variance += square(shares[i] * errors.classes[i]);
  return variance;
}

// Of log(B / A) on one platform, engine and runtime.
double related_variance(const Prediction& a, const Prediction& b, const Comparison& comparison) {
  const auto shares_a = class_shares(a);
  const auto shares_b = class_shares(b);
  const ErrorModel& errors = a.errors;
  double variance = 2 * square(errors.network) * (1 - common_share(comparison));
  for (std::size_t i = 0; i < shares_a.size(); ++i) {
    const double share = a.precision == b.precision ? std::abs(shares_a[i] - shares_b[i])
                                                    : std::hypot(shares_a[i], shares_b[i]);
    variance += square(share * errors.classes[i]);
  }
  const double stated = square(a.latency_error.deviation) + square(b.latency_error.deviation);
  const double prior = prior_variance(errors, shares_a) + prior_variance(errors, shares_b);
  return prior > 0 ? variance * std::min(1.0, stated / prior) : stated;
}

bool same_machine(const Prediction& a, const Prediction& b) {
  return a.platform == b.platform && a.engine == b.engine && a.runtime == b.runtime;
}

// `related` is the variance where everything that can cancel does.
RatioError ratio_error(const Comparison& comparison, LogError a, LogError b, double related,
                       double ratio) {
  RatioError error;
  const double apart = square(a.deviation) + square(b.deviation);
  error.unrelated = {std::sqrt(apart)};
  double variance = apart;
  if (same_machine(comparison.a, comparison.b)) {
    variance = std::min(apart, related);
  } else if (comparison.a.runtime == comparison.b.runtime) {
    variance -= 2 * kSharedError * a.deviation * b.deviation;
  }
  error.error = {std::sqrt(variance)};
  const double out = std::abs(std::log(ratio));
  if (std::isnan(ratio)) {
    error.probability = ratio;
  } else if (variance > 0) {
    error.probability = 0.5 * std::erfc(-out / error.error.deviation / std::sqrt(2.0));
  } else {
    error.probability = out > 0 ? 1 : 0.5;
  }
  return error;
}

double power_share(const Prediction& p) {
  return p.energy.total() > Joules{} ? p.energy.power / p.energy.total() : 0;
}

// Energy errs with the latency as far as it is power x time; what else its figures are wrong by is
// the platform's, and cancels where the platform is the same.
double related_energy_variance(const Prediction& a, const Prediction& b, double latency) {
  return latency * square(std::max(power_share(a), power_share(b)));
}

void state_errors(Comparison& comparison, const Prediction& a, const Prediction& b) {
  const double latency = related_variance(a, b, comparison);
  comparison.latency =
      ratio_error(comparison, a.latency_error, b.latency_error, latency, b.latency / a.latency);
  comparison.energy =
      ratio_error(comparison, a.energy_error, b.energy_error,
                  related_energy_variance(a, b, latency), b.energy.total() / a.energy.total());
}

}  // namespace

std::vector<double> time_parts(const Prediction& prediction, const LayerPrediction& layer,
                               const std::vector<std::string>& parts) {
  std::vector<double> values(parts.size());
  const double whole = layer.latency.si();
  const double running = whole / prediction.throttle;
  const double dispatch = std::min(layer.overhead.si(), running);
  const double compute = std::min(layer.compute.si(), running - dispatch);
  part(values, parts, "throttling") = whole - running;
  part(values, parts, "dispatch") = dispatch;
  part(values, parts, "compute") += compute;
  const double waiting = running - dispatch - compute;
  const auto slowest =
      std::max_element(layer.levels.begin(), layer.levels.end(),
                       [](const LevelUse& a, const LevelUse& b) { return a.time < b.time; });
  const bool has_levels = slowest != layer.levels.end() && slowest->time > Seconds{};
  const std::string& waits_for =
      has_levels ? prediction.levels[static_cast<std::size_t>(slowest - layer.levels.begin())]
                 : parts.front();
  part(values, parts, waits_for) += waiting;
  return values;
}

Comparison compare(const Prediction& a, const Prediction& b) {
  Comparison comparison;
  comparison.a = a;
  comparison.b = b;
  comparison.a.layers.clear();
  comparison.b.layers.clear();
  comparison.metrics_a = metrics_of(a);
  comparison.metrics_b = metrics_of(b);
  comparison.parts = parts_of(a, b);
  comparison.parts_a.resize(comparison.parts.size());
  comparison.parts_b.resize(comparison.parts.size());
  for (const LayerPair& pair : match_layers(a.layers, b.layers)) {
    comparison.layers.push_back(change_of(pair, a, b, comparison));
  }
  state_errors(comparison, a, b);
  return comparison;
}

}  // namespace roofbeam
