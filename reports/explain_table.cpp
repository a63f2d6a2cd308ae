#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/quantity/text.hpp"
#include "reports/explain_views.hpp"
#include "reports/interval_text.hpp"

namespace roofbeam {
namespace {

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

// "+4.2 %", "-0.3 %"; "0" where it rounds to that, "-" where it is unknown.
std::string shift(double share) {
  if (std::isnan(share)) return "-";
  const double rounded = std::round(1000 * share) / 10;
  return rounded == 0 ? "0" : fmt::format("{:+.1f} %", rounded);
}

std::string heading(const Prediction& p) {
  return fmt::format("{} on {}, {}, {}, {}, {}, batch {}", p.network, p.platform, p.engine,
                     p.runtime, to_text(p.precision),
                     p.threads == 1 ? "1 core" : fmt::format("{} cores", p.threads), p.batch);
}

std::string summary(const Prediction& p) {
  const auto latency = p.latency_error.interval_80(p.latency);
  return fmt::format(
      "Latency {} (80 % {}), energy {}; {} bounds {} of the time{}.", to_text(p.latency),
      interval_text(to_text(latency.low), to_text(latency.high)), to_text(p.energy.total()),
      p.bound, percent(p.bound_share),
      p.throttle > 1 ? fmt::format(", and the power budget stretches it {:.2f} times", p.throttle)
                     : "");
}

std::string multiple(const std::optional<double>& times) {
  return times ? fmt::format("{} x", *times) : "";
}

Table resources_table(const Explanation& e) {
  Table table({{"resource"},
               {"bounds", Align::right},
               {"if infinite", Align::right},
               {"gain", Align::right},
               {"bound then"},
               {"90 % of the gain at", Align::right},
               {"bound changes at", Align::right}});
  for (const Resource& r : e.bottlenecks.resources) {
    table.add({r.name, r.name == "clock" ? "" : percent(r.bounds),
               to_text(Seconds::from_si(r.without_s)), percent(r.gain), r.next_bound,
               multiple(r.pays_until), multiple(r.bound_until)});
  }
  return table;
}

// "12.3 GMAC/s"
std::string rate(double macs_per_second) {
  return macs_per_second > 0 ? to_text(MacsPerSecond::from_si(macs_per_second)) : "";
}

Table layers_table(const std::vector<const LayerBottleneck*>& layers,
                   const std::vector<std::string>& levels) {
  Table table({{"layer", Align::left, true},
               {"operators", Align::left, true},
               {"share", Align::right},
               {"bound by"},
               {"achieved", Align::right},
               {"at its roof", Align::right},
               {"roof"},
               {"of it", Align::right},
               {"unbound", Align::right},
               {"then"}});
  for (const LayerBottleneck* b : layers) {
    const double latency = b->layer.latency.si();
    table.add({b->layer.name, b->layer.op, percent(b->share),
               Span{b->layer.bound, bound_style(b->layer.bound, levels)}, rate(b->achieved),
               rate(b->attainable), b->roof, percent(b->of_roof()),
               latency > 0 ? shift(b->unbound_s / latency - 1) : "", b->next_bound});
  }
  return table;
}

std::vector<const LayerBottleneck*> costliest(const Explanation& e, std::size_t top) {
  std::vector<const LayerBottleneck*> layers;
  for (const LayerBottleneck& b : e.bottlenecks.layers) layers.push_back(&b);
  std::stable_sort(layers.begin(), layers.end(),
                   [](const auto* x, const auto* y) { return x->share > y->share; });
  layers.resize(std::min(top, layers.size()));
  return layers;
}

std::string latency_of(const std::optional<Shift>& shifted) {
  return shifted ? shift(shifted->latency) : "";
}
std::string energy_of(const std::optional<Shift>& shifted) {
  return shifted ? shift(shifted->energy) : "";
}

std::string elasticity(const Sensitivity& s) {
  if (s.whole) {
    return fmt::format("{} / {}", s.less ? s.less->value : "-", s.more ? s.more->value : "-");
  }
  if (s.is_kink()) return fmt::format("{:.2f} | {:.2f}", *s.latency_left, *s.latency_right);
  return fmt::format("{:.2f}", s.latency() + 0.0);
}

// A platform's paths need no room in front.
std::string short_path(const std::string& path) {
  constexpr std::string_view kPlatform = "platform.";
  return path.starts_with(kPlatform) ? path.substr(kPlatform.size()) : path;
}

Table numbers_table(const Sensitivities& s, std::size_t top) {
  Table table({{"number", Align::left, true},
               {"stated", Align::right},
               {"origin"},
               {"latency -10%", Align::right},
               {"+10%", Align::right},
               {"energy -10%", Align::right},
               {"+10%", Align::right},
               {"elasticity", Align::right}});
  for (std::size_t i = 0; i < std::min(top, s.numbers.size()); ++i) {
    const Sensitivity& n = s.numbers[i];
    const std::string about = n.about.empty() ? "" : fmt::format(" ({})", n.about);
    table.add({short_path(n.path), n.value + about, n.kind, latency_of(n.less), latency_of(n.more),
               energy_of(n.less), energy_of(n.more), elasticity(n)});
  }
  return table;
}

std::string remainder(const Sensitivities& s, std::size_t top) {
  const std::size_t more = s.numbers.size() - std::min(top, s.numbers.size());
  return fmt::format(
      "Elasticity: per cent of latency for 1 % of the number, left | right of it where they "
      "differ; "
      "of whole numbers, the two next to it, which the changes are for. {} more matter less, {} "
      "not "
      "at all. The elasticities to all rates and times sum to {:.3f}; 1 accounts for all of the "
      "time.",
      more, s.without_effect, s.time_sum);
}

}  // namespace

Document explain_document(const Explanation& e, std::size_t top) {
  Document document;
  document.paragraph(heading(e.forecast));
  document.paragraph(summary(e.forecast));
  document.heading("What bounds it, and what more of it would gain");
  document.table(resources_table(e));
  document.heading("Layers that take the most time, and how far they are from their roof");
  document.table(layers_table(costliest(e, top), e.forecast.levels));
  document.heading("Numbers that matter most");
  document.table(numbers_table(e.sensitivities, top));
  document.paragraph(remainder(e.sensitivities, top), Style::dim);
  return document;
}

}  // namespace roofbeam
