#include "scenarios/metric.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/input_error.hpp"
#include "core/quantity/text.hpp"

namespace roofbeam {
namespace {

template <class Q>
double parsed(std::string_view metric, std::string_view text) {
  const auto value = parse_quantity<Q>(text);
  if (!value.problem.empty()) {
    throw InputError(fmt::format("{}: {}", metric, value.problem));
  }
  if constexpr (std::is_same_v<Q, double>) {
    return value.value;
  } else {
    return value.value.si();
  }
}

}  // namespace

const std::array<MetricKind, kMetrics>& metric_kinds() {
  static constexpr std::array<MetricKind, kMetrics> kKinds = {{
      {Metric::latency, "latency", "latency_s", Sense::smaller, "time of one batch"},
      {Metric::energy, "energy", "energy_j", Sense::smaller, "energy of one batch"},
      {Metric::memory, "memory", "memory_bytes", Sense::smaller, "RAM at the peak"},
      {Metric::size, "size", "size_bytes", Sense::smaller, "size of the stored network"},
      {Metric::accuracy, "accuracy", "accuracy", Sense::larger, "accuracy, where it is given"},
      {Metric::power, "power", "power_w", Sense::smaller, "average power"},
      {Metric::throughput, "throughput", "throughput_per_s", Sense::larger, "inputs a second"},
      {Metric::macs, "macs", "macs", Sense::smaller, "multiply-adds of one batch"},
      {Metric::parameters, "parameters", "parameters", Sense::smaller, "parameters"},
      {Metric::arena, "arena", "arena_bytes", Sense::smaller, "memory of the activations"},
  }};
  return kKinds;
}

const MetricKind& kind_of(Metric metric) {
  return metric_kinds()[static_cast<std::size_t>(metric)];
}

std::string_view to_text(Metric metric) { return kind_of(metric).word; }

std::optional<Metric> metric_named(std::string_view word) {
  for (const auto& kind : metric_kinds()) {
    if (kind.word == word) return kind.metric;
  }
  return std::nullopt;
}

std::vector<std::string> metric_words() {
  std::vector<std::string> words;
  for (const auto& kind : metric_kinds()) words.emplace_back(kind.word);
  return words;
}

std::string to_text(Metric metric, double value) {
  if (std::isnan(value)) return "unknown";
  if (std::isinf(value)) return value > 0 ? "infinite" : "-infinite";
  switch (metric) {
    case Metric::latency:
      return to_text(Seconds::from_si(value));
    case Metric::energy:
      return to_text(Joules::from_si(value));
    case Metric::memory:
    case Metric::size:
    case Metric::arena:
      return to_text(Bytes::from_si(value));
    case Metric::accuracy:
      return fmt::format("{:.2f} %", 100 * value);
    case Metric::power:
      return to_text(Watts::from_si(value));
    case Metric::throughput:
      return with_prefix(value) + "/s";
    case Metric::macs:
    case Metric::parameters:
      return with_prefix(value);
  }
  return {};
}

double parse_metric_value(Metric metric, std::string_view text) {
  const auto word = to_text(metric);
  switch (metric) {
    case Metric::latency:
      return parsed<Seconds>(word, text);
    case Metric::energy:
      return parsed<Joules>(word, text);
    case Metric::memory:
    case Metric::size:
    case Metric::arena:
      return parsed<Bytes>(word, text);
    case Metric::power:
      return parsed<Watts>(word, text);
    case Metric::accuracy:
    case Metric::macs:
    case Metric::parameters:
    case Metric::throughput:
      return parsed<double>(word, text);
  }
  return 0;
}

Metrics metrics_of(const Prediction& prediction) {
  Metrics metrics;
  metrics[Metric::latency] = prediction.latency.si();
  metrics[Metric::energy] = prediction.energy.total().si();
  metrics[Metric::memory] = prediction.peak_memory.si();
  metrics[Metric::size] = prediction.stored.si();
  metrics[Metric::power] = prediction.average_power().si();
  metrics[Metric::throughput] = prediction.batch / prediction.latency.si();
  metrics[Metric::macs] = prediction.macs;
  metrics[Metric::parameters] = prediction.parameters;
  metrics[Metric::arena] = prediction.arena.si();
  return metrics;
}

LogError error_of(Metric metric, LogError latency, LogError energy) {
  switch (metric) {
    case Metric::latency:
    case Metric::throughput:
      return latency;
    case Metric::energy:
    case Metric::power:
      return energy;
    default:
      return {};
  }
}

}  // namespace roofbeam
