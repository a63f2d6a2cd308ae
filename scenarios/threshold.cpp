#include "scenarios/threshold.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "platforms/words.hpp"

namespace roofbeam {
namespace {

constexpr std::string_view kLayer = "layer ";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

bool of_layers(Metric metric) {
  return metric == Metric::latency || metric == Metric::energy || metric == Metric::macs ||
         metric == Metric::size;
}

[[noreturn]] void fail(std::string_view text, std::string_view why) {
  throw InputError(fmt::format("--fail-on '{}': {}", text, why));
}

bool holds(Relation relation, double value, double bound) {
  return Requirement{Metric::latency, relation, bound, ""}.met_by(value);
}

double value_of(const LayerPrediction& layer, Metric metric) {
  switch (metric) {
    case Metric::energy:
      return layer.energy.total().si();
    case Metric::macs:
      return layer.macs;
    case Metric::size:
      return layer.weights.si();
    default:
      return layer.latency.si();
  }
}

// Whether a threshold is passed on the way from a to b. NaN passes none.
bool passed(const Threshold& threshold, double a, double b) {
  switch (threshold.kind) {
    case Threshold::Kind::value:
      return holds(threshold.relation, b, threshold.bound);
    case Threshold::Kind::change:
      return holds(threshold.relation, b - a, threshold.bound);
    case Threshold::Kind::share:
      return holds(threshold.relation, a == 0 && b == 0 ? 0 : b / a - 1, threshold.bound);
  }
  return false;
}

std::string from_to(Metric metric, double a, double b) {
  return fmt::format("from {} to {}, {:+.1f} %", to_text(metric, a), to_text(metric, b),
                     100 * (b / a - 1));
}

std::string failed_layers(const Threshold& threshold, const Comparison& comparison) {
  const LayerChange* worst = nullptr;
  std::size_t count = 0;
  const auto rise = [&](const LayerChange& layer) {
    return value_of(*layer.b, threshold.metric) -
           (layer.a ? value_of(*layer.a, threshold.metric) : 0);
  };
  for (const LayerChange& layer : comparison.layers) {
    const bool compared = layer.b && (layer.a || threshold.kind == Threshold::Kind::value);
    if (!compared) continue;
    const double b = value_of(*layer.b, threshold.metric);
    const double a = layer.a ? value_of(*layer.a, threshold.metric) : 0;
    if (!passed(threshold, a, b)) continue;
    ++count;
    if (worst == nullptr || rise(layer) > rise(*worst)) worst = &layer;
  }
  if (worst == nullptr) return "";
  const double b = value_of(*worst->b, threshold.metric);
  const std::string how = worst->a
                              ? from_to(threshold.metric, value_of(*worst->a, threshold.metric), b)
                              : "new, " + to_text(threshold.metric, b);
  return count == 1 ? fmt::format("{}: {} went {}", threshold.text, worst->name(), how)
                    : fmt::format("{}: {} layers, the most {}, which went {}", threshold.text,
                                  count, worst->name(), how);
}

Relation relation_of(std::string_view sign) {
  for (const auto relation : {Relation::less, Relation::at_most, Relation::more}) {
    if (to_text(relation) == sign) return relation;
  }
  return Relation::at_least;
}

Metric metric_of(std::string_view text, std::string_view word, bool layer) {
  std::vector<std::string> known;
  for (const MetricKind& kind : metric_kinds()) {
    const bool offered = kind.metric != Metric::accuracy && (!layer || of_layers(kind.metric));
    if (offered && kind.word == word) return kind.metric;
    if (offered) known.emplace_back(kind.word);
  }
  const auto near = nearest(word, known);
  fail(text, fmt::format("there is no '{}'{}, there are {}", word, layer ? " of layers" : "",
                         join(known)) +
                 (near ? fmt::format("; did you mean '{}'?", *near) : ""));
}

// The value behind the relation, with or without a sign.
void read_bound(Threshold& threshold, std::string_view value) {
  const bool is_signed = value.starts_with('+') || value.starts_with('-');
  const double sign = value.starts_with('-') ? -1 : 1;
  const std::string_view plain = is_signed ? trimmed(value.substr(1)) : value;
  const bool per_cent = plain.ends_with('%');
  if (per_cent && !is_signed) {
    fail(threshold.text, fmt::format("a share needs a sign: +{} or -{}", plain, plain));
  }
  threshold.kind = per_cent    ? Threshold::Kind::share
                   : is_signed ? Threshold::Kind::change
                               : Threshold::Kind::value;
  try {
    threshold.bound =
        sign * parse_metric_value(per_cent ? Metric::accuracy : threshold.metric, plain);
  } catch (const InputError& error) {
    fail(threshold.text, error.what());
  }
}

}  // namespace

Threshold parse_threshold(std::string_view text) {
  Threshold threshold;
  threshold.text = trimmed(text);
  std::string_view rest = threshold.text;
  threshold.layer = rest.starts_with(kLayer);
  if (threshold.layer) rest.remove_prefix(kLayer.size());
  const auto at = rest.find_first_of("<>");
  if (at == std::string_view::npos) {
    fail(text, "expected METRIC > CHANGE, such as latency > +5 %, or METRIC > VALUE");
  }
  const std::size_t length = rest.substr(at + 1, 1) == "=" ? 2 : 1;
  threshold.relation = relation_of(rest.substr(at, length));
  threshold.metric = metric_of(text, trimmed(rest.substr(0, at)), threshold.layer);
  read_bound(threshold, trimmed(rest.substr(at + length)));
  return threshold;
}

std::string failure(const Threshold& threshold, const Comparison& comparison) {
  if (threshold.layer) return failed_layers(threshold, comparison);
  const double a = comparison.metrics_a[threshold.metric];
  const double b = comparison.metrics_b[threshold.metric];
  if (!passed(threshold, a, b)) return "";
  return fmt::format("{}: it went {}", threshold.text, from_to(threshold.metric, a, b));
}

}  // namespace roofbeam
