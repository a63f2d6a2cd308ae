#include "scenarios/scaling.hpp"

#include <algorithm>
#include <cmath>

#include "core/input_error.hpp"
#include "scenarios/calibrating.hpp"
#include "scenarios/validation.hpp"

namespace roofbeam {
namespace {

Calibration calibration_on_a(const std::vector<ScalingRow>& rows) {
  std::vector<Observation> observations;
  for (const ScalingRow& row : rows) {
    observations.push_back({row.from.prediction, *row.from.measurement.latency});
  }
  return calibrate(uncalibrated(rows.front().from.prediction.errors), observations);
}

// The profile's own errors, centred where A says that they may be.
Calibration prior_on_b(const Calibration& on_a, const Prediction& on_b) {
  Calibration prior = uncalibrated(on_b.errors);
  for (std::size_t i = 0; i < prior.mean.size(); ++i) prior.mean[i] = kSharedError * on_a.mean[i];
  return prior;
}

Calibration calibration_on_b(const std::vector<ScalingRow>& rows, const Calibration& prior) {
  std::vector<Observation> observations;
  for (const ScalingRow& row : rows) {
    if (row.known) observations.push_back({row.to, *row.measured->latency});
  }
  return calibrate(prior, observations);
}

double constant_ratio(const std::vector<ScalingRow>& rows) {
  std::vector<double> logs;
  for (const ScalingRow& row : rows) {
    if (row.known) logs.push_back(std::log(*row.measured->latency / *row.from.measurement.latency));
  }
  if (!logs.empty()) return std::exp(mean(logs));
  for (const ScalingRow& row : rows) {
    logs.push_back(std::log(row.to.latency / row.from.prediction.latency));
  }
  return std::exp(mean(logs));
}

// Layer by layer where the forecast has a layer of that name on both.
std::vector<MeasuredLayer> scaled_layers(const ScalingRow& row, const Prediction& on_b) {
  std::vector<MeasuredLayer> layers;
  const auto& from = row.from.prediction.layers;
  for (const MeasuredLayer& measured : row.from.measurement.layers) {
    const auto named = [&](const LayerPrediction& layer) { return layer.name == measured.name; };
    const auto a = std::find_if(from.begin(), from.end(), named);
    const auto b = std::find_if(on_b.layers.begin(), on_b.layers.end(), named);
    if (a == from.end() || b == on_b.layers.end() || a->latency <= Seconds{}) continue;
    layers.push_back({measured.name, measured.op, measured.time * (b->latency / a->latency)});
  }
  return layers;
}

}  // namespace

Scaling scale(std::vector<ScalingRow> rows) {
  if (rows.empty()) {
    throw InputError("there is nothing to scale: no measured network could be forecast on both");
  }
  const Calibration on_a = calibration_on_a(rows);
  const Calibration on_b = calibration_on_b(rows, prior_on_b(on_a, rows.front().to));
  Scaling scaling;
  scaling.ratio = constant_ratio(rows);
  std::vector<Pair> model;
  std::vector<Pair> ratio;
  for (ScalingRow& row : rows) {
    ScaledRow scaled;
    scaled.forecast = recalibrated(row.to, on_b);
    scaled.by_ratio = *row.from.measurement.latency * scaling.ratio;
    scaled.layers = scaled_layers(row, scaled.forecast);
    if (row.measured && !row.known) {
      const double measured = row.measured->latency->si();
      model.push_back(
          {scaled.forecast.latency.si(), measured, scaled.forecast.latency_error.deviation});
      ratio.push_back({scaled.by_ratio->si(), measured, 0});
    }
    scaled.row = std::move(row);
    scaling.rows.push_back(std::move(scaled));
  }
  scaling.latency = error_statistics(model);
  scaling.by_ratio = error_statistics(ratio);
  return scaling;
}

}  // namespace roofbeam
