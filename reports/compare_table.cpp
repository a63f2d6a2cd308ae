#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/quantity/text.hpp"
#include "reports/compare_views.hpp"
#include "reports/interval_text.hpp"

namespace roofbeam {
namespace {

constexpr std::array kShown = {Metric::latency, Metric::energy,     Metric::memory,
                               Metric::size,    Metric::throughput, Metric::power,
                               Metric::macs,    Metric::parameters};

std::string signed_time(double seconds) {
  return (seconds > 0 ? "+" : "") + to_text(Seconds::from_si(seconds));
}

std::string signed_value(Metric metric, double value) {
  if (value == 0) return "0";
  if (std::isnan(value)) return "-";
  return (value > 0 ? "+" : "-") + to_text(metric, std::abs(value));
}

// "+12.3 %", "2.41 times" where it is more than double.
std::string change(double a, double b) {
  if (a == b) return "same";
  if (std::isnan(a) || std::isnan(b)) return "-";
  if (!(a > 0)) return "new";
  if (b / a >= 2) return fmt::format("{:.3g} times", b / a);
  return fmt::format("{:+.1f} %", 100 * (b / a - 1));
}

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

// What of a run differs from the other's, "mobilenet on apple-m1, ..." in full.
std::string run_of(const Prediction& p) {
  return fmt::format("{} on {}, {}, {}, {}, {}, batch {}", p.network, p.platform, p.engine,
                     p.runtime, to_text(p.precision),
                     p.threads == 1 ? "1 core" : fmt::format("{} cores", p.threads), p.batch);
}

Style judged(Metric metric, double a, double b) {
  if (a == b) return Style::plain;
  return (b < a) == (kind_of(metric).sense == Sense::smaller) ? Style::good : Style::bad;
}

Table totals(const Comparison& c) {
  Table table({{"total"},
               {"A", Align::right},
               {"B", Align::right},
               {"B - A", Align::right},
               {"change", Align::right}});
  for (const Metric metric : kShown) {
    const double a = c.metrics_a[metric];
    const double b = c.metrics_b[metric];
    table.add({std::string(to_text(metric)), to_text(metric, a), to_text(metric, b),
               signed_value(metric, b - a), Span{change(a, b), judged(metric, a, b)}});
  }
  return table;
}

// "B is faster with a probability of 97 %: 0.71 to 0.83 times as long (80 %)."
std::string sureness(const RatioError& error, double ratio, std::string_view better,
                     std::string_view worse, std::string_view as_much) {
  if (std::isnan(ratio)) return fmt::format("Which is {} is unknown.", better);
  if (ratio == 1) return fmt::format("Neither is {}.", better);
  const auto range = error.error.interval_80(Seconds::from_si(ratio));
  return fmt::format("B is {} with a probability of {}: {} times {} (80 % within {:.3g}–{:.3g}).",
                     ratio < 1 ? better : worse,
                     error.probability > 0.995 ? "over 99 %" : percent(error.probability),
                     fmt::format("{:.3g}", ratio), as_much, range.low.si(), range.high.si());
}

std::string how_related(const Comparison& c) {
  if (c.a.platform == c.b.platform && c.a.engine == c.b.engine && c.a.runtime == c.b.runtime) {
    return fmt::format(
        "One platform, engine and runtime: what the forecasts err by in common cancels, so the "
        "ratio's deviation is {:.3f} instead of {:.3f}.",
        c.latency.error.deviation, c.latency.unrelated.deviation);
  }
  if (c.a.runtime == c.b.runtime) {
    return fmt::format(
        "Two platforms, one runtime: a fifth of the errors is taken to be common, so the ratio's "
        "deviation is {:.3f} instead of {:.3f}.",
        c.latency.error.deviation, c.latency.unrelated.deviation);
  }
  return fmt::format("Two runtimes: nothing cancels, the ratio's deviation is {:.3f}.",
                     c.latency.error.deviation);
}

std::string share_text(double part, double whole) {
  return whole == 0 ? "" : fmt::format("{:.0f} %", std::round(100 * part / whole) + 0.0);
}

Table parts_table(const Comparison& c) {
  Table table({{"part of the latency"},
               {"A", Align::right},
               {"B", Align::right},
               {"B - A", Align::right},
               {"of the difference", Align::right}});
  const double whole = (c.b.latency - c.a.latency).si();
  for (std::size_t i = 0; i < c.parts.size(); ++i) {
    const double a = c.parts_a[i];
    const double b = c.parts_b[i];
    if (a == 0 && b == 0) continue;
    const bool level = i > 0 && i + 2 < c.parts.size();
    table.add({level ? "waiting for " + c.parts[i] : c.parts[i], to_text(Seconds::from_si(a)),
               to_text(Seconds::from_si(b)), signed_time(b - a), share_text(b - a, whole)});
  }
  table.add({"all", to_text(c.a.latency), to_text(c.b.latency), signed_time(whole),
             share_text(whole, whole)});
  return table;
}

double difference(const LayerChange& layer) { return layer.latency_b() - layer.latency_a(); }

// The part that changed most.
std::string because(const LayerChange& layer, const Comparison& c) {
  if (!layer.a || !layer.b) return layer.b ? "added" : "removed";
  const auto most = std::max_element(layer.parts.begin(), layer.parts.end(),
                                     [](double x, double y) { return std::abs(x) < std::abs(y); });
  if (most == layer.parts.end() || *most == 0) return "";
  const auto index = static_cast<std::size_t>(most - layer.parts.begin());
  return fmt::format("{} {}", c.parts[index], signed_time(*most));
}

std::string operators(const LayerChange& layer) {
  if (!layer.a || !layer.b || layer.a->op == layer.b->op) return (layer.b ? layer.b : layer.a)->op;
  return fmt::format("{} → {}", layer.a->op, layer.b->op);
}

std::vector<const LayerChange*> largest(const Comparison& c, std::size_t top) {
  std::vector<const LayerChange*> layers;
  for (const LayerChange& layer : c.layers) {
    if (difference(layer) != 0) layers.push_back(&layer);
  }
  std::stable_sort(layers.begin(), layers.end(), [](const auto* x, const auto* y) {
    return std::abs(difference(*x)) > std::abs(difference(*y));
  });
  layers.resize(std::min(top, layers.size()));
  return layers;
}

std::string counts(const Comparison& c) {
  std::size_t added = 0;
  std::size_t removed = 0;
  std::size_t changed = 0;
  for (const LayerChange& layer : c.layers) {
    if (!layer.a) ++added;
    if (!layer.b) ++removed;
    if (layer.a && layer.b && difference(layer) != 0) ++changed;
  }
  return fmt::format("Layers: {}, of which {} with another latency, {} added, {} removed",
                     c.layers.size(), changed, added, removed);
}

Table layers_table(const Comparison& c, const std::vector<const LayerChange*>& layers) {
  Table table({{"layer", Align::left, true},
               {"operators", Align::left, true},
               {"A", Align::right},
               {"B", Align::right},
               {"B - A", Align::right},
               {"share", Align::right},
               {"most by", Align::left, true}});
  const double whole = (c.b.latency - c.a.latency).si();
  for (const LayerChange* layer : layers) {
    table.add({layer->name(), operators(*layer), layer->a ? to_text(layer->a->latency) : "",
               layer->b ? to_text(layer->b->latency) : "", signed_time(difference(*layer)),
               share_text(difference(*layer), whole), because(*layer, c)});
  }
  return table;
}

void add(Document& document, const Comparison& c, std::size_t top) {
  document.paragraph("A: " + run_of(c.a));
  document.paragraph("B: " + run_of(c.b));
  document.table(totals(c));
  document.paragraph(sureness(c.latency, c.b.latency / c.a.latency, "faster", "slower", "as long"));
  document.paragraph(sureness(c.energy, c.b.energy.total() / c.a.energy.total(), "more frugal",
                              "less frugal", "the energy"));
  document.paragraph(how_related(c), Style::dim);
  if (c.a.latency != c.b.latency) document.table(parts_table(c));
  document.paragraph(counts(c));
  const auto layers = largest(c, top);
  if (!layers.empty()) document.table(layers_table(c, layers));
}

}  // namespace

Document compare_document(const ComparisonReport& report, std::size_t top) {
  Document document;
  document.bullets("Failed", report.failures, Style::bad);
  for (const Comparison& comparison : report.comparisons) add(document, comparison, top);
  return document;
}

}  // namespace roofbeam
