// Two forecasts side by side: which layers and which parts of their time make the difference.
//
// A layer's time is split into parts that sum to it: dispatch; compute; what waiting for memory
// adds to both, which is the slowest level's; and what the power budget stretches. So the
// differences of all parts of all layers sum to the difference of the totals.
//
// How sure the sign of the difference is: the logarithms of both forecasts err by terms that all
// calls share, terms that all calls of a class share and one of the network
// (models/calibration.hpp). On one platform, engine and runtime the first cancels, the second
// cancels as far as both spend the same share of their time in a class, and the third as far as
// matched layers take the same time. Between two platforms with one runtime a fifth is shared
// (kSharedError), between two runtimes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/prediction.hpp"
#include "scenarios/metric.hpp"

namespace roofbeam {

struct LayerChange {
  std::optional<LayerPrediction> a;  // absent: added
  std::optional<LayerPrediction> b;  // absent: removed
  std::vector<double> parts;         // seconds, B - A, one a part of the comparison

  [[nodiscard]] const std::string& name() const { return (b ? b : a)->name; }
  [[nodiscard]] double latency_a() const { return a ? a->latency.si() : 0; }
  [[nodiscard]] double latency_b() const { return b ? b->latency.si() : 0; }
  [[nodiscard]] double energy_a() const { return a ? a->energy.total().si() : 0; }
  [[nodiscard]] double energy_b() const { return b ? b->energy.total().si() : 0; }
};

// What may be said of log(B / A) of a latency or an energy.
struct RatioError {
  LogError error;          // after what cancels
  LogError unrelated;      // if nothing did
  double probability = 0;  // that the sign of the forecast difference is right; or not a number
};

struct Comparison {
  Prediction a;  // without layers
  Prediction b;
  Metrics metrics_a;
  Metrics metrics_b;
  std::vector<std::string> parts;  // "compute", level names, "dispatch", "throttling"
  std::vector<double> parts_a;     // seconds, of all layers
  std::vector<double> parts_b;
  std::vector<LayerChange> layers;  // in the order of execution
  RatioError latency;
  RatioError energy;
};

[[nodiscard]] Comparison compare(const Prediction& a, const Prediction& b);

// Seconds of a layer by part.
[[nodiscard]] std::vector<double> time_parts(const Prediction& prediction,
                                             const LayerPrediction& layer,
                                             const std::vector<std::string>& parts);

}  // namespace roofbeam
