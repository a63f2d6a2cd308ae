#include "models/utilisation.hpp"

namespace roofbeam {
namespace {

// The time that the multiply-adds alone would take at the peak.
double ideal_seconds(const Prediction& prediction, const Engine& engine, const Runtime& runtime) {
  double seconds = 0;
  for (const auto& layer : prediction.layers) {
    const double peak = engine.peak(runtime.arithmetic(layer.precision), prediction.threads).si();
    if (peak > 0) seconds += layer.macs / peak;
  }
  return seconds;
}

double bytes_at(const Prediction& prediction, std::size_t level) {
  double bytes = 0;
  for (const auto& layer : prediction.layers) bytes += layer.levels[level].bytes.si();
  return bytes;
}

std::optional<double> served_by_caches(const std::vector<const MemoryLevel*>& levels,
                                       const std::vector<double>& bytes) {
  std::optional<double> asked;
  double passed = 0;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const bool cache = levels[level]->kind == MemoryLevel::Kind::cache;
    if (cache && !asked) asked = bytes[level];
    if (!cache && levels[level]->cached) passed += bytes[level];
  }
  if (!asked || *asked <= 0) return std::nullopt;
  return 1 - passed / *asked;
}

}  // namespace

Utilisation utilisation_of(const Prediction& prediction, const Platform& platform,
                           const Engine& engine, const Runtime& runtime) {
  const auto levels = platform.levels(engine);
  const double latency = prediction.latency.si();
  const auto over_latency = [latency](double seconds) {
    return latency > 0 ? seconds / latency : 0;
  };
  Utilisation use;
  use.simd = over_latency(ideal_seconds(prediction, engine, runtime));
  std::vector<double> bytes;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    bytes.push_back(bytes_at(prediction, level));
    const double bandwidth = levels[level]->bandwidth_for(prediction.threads).si();
    use.levels.push_back(over_latency(bytes[level] / bandwidth));
  }
  use.caches = served_by_caches(levels, bytes);
  return use;
}

}  // namespace roofbeam
