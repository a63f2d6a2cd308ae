// What a case is judged by: the figures of its forecast, and the facts given with its network.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/prediction.hpp"

namespace roofbeam {

enum class Metric : std::uint8_t {
  latency,     // s, of one batch
  energy,      // J, of one batch
  memory,      // B, RAM at the peak
  size,        // B, of the stored network
  accuracy,    // a share, where it is given
  power,       // W, average
  throughput,  // inputs a second: batch / latency
  macs,        // multiply-adds of one batch
  parameters,
  arena,  // B, activations as planned
};
inline constexpr std::size_t kMetrics = 10;

enum class Sense : std::uint8_t { smaller, larger };  // which is better

// One row of the table of metrics.
struct MetricKind {
  Metric metric;
  std::string_view word;     // "latency"
  std::string_view column;   // name in CSV and JSON, with the unit: "latency_s"
  Sense sense;               // which is better
  std::string_view meaning;  // one clause, for help and docs
};
[[nodiscard]] const std::array<MetricKind, kMetrics>& metric_kinds();
[[nodiscard]] const MetricKind& kind_of(Metric metric);
[[nodiscard]] std::string_view to_text(Metric metric);
[[nodiscard]] std::optional<Metric> metric_named(std::string_view word);
[[nodiscard]] std::vector<std::string> metric_words();

// A value in SI units as people read it: "3.50 ms", "12.0 MiB", "88.5 %"; "unknown" for NaN.
[[nodiscard]] std::string to_text(Metric metric, double value);

// The value in SI units that a text states in the metric's unit. Throws InputError.
[[nodiscard]] double parse_metric_value(Metric metric, std::string_view text);

// One value a metric, in SI units; NaN where it is not known.
struct Metrics {
  std::array<double, kMetrics> values;

  Metrics() { values.fill(std::numeric_limits<double>::quiet_NaN()); }
  [[nodiscard]] double& operator[](Metric metric) {
    return values[static_cast<std::size_t>(metric)];
  }
  [[nodiscard]] double operator[](Metric metric) const {
    return values[static_cast<std::size_t>(metric)];
  }
};

// All but the accuracy; the size is that of the file (Prediction::stored).
[[nodiscard]] Metrics metrics_of(const Prediction& prediction);

// Standard deviation of a metric's logarithm: that of latency or energy where it follows from
// them, else 0. Power's is the energy's: it is dearer or slower, but its parts move together.
[[nodiscard]] LogError error_of(Metric metric, LogError latency, LogError energy);

}  // namespace roofbeam
