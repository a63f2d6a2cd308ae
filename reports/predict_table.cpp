#include "reports/predict_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/input_error.hpp"
#include "core/quantity/text.hpp"
#include "platforms/words.hpp"
#include "reports/interval_text.hpp"
#include "reports/missing.hpp"
#include "reports/utilisation_table.hpp"

namespace roofbeam {
namespace {

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

double ratio(Seconds part, Seconds whole) { return whole > Seconds{} ? part / whole : 0; }

std::string interval(const Prediction& p) {
  const auto range = p.latency_error.interval_80(p.latency);
  return interval_text(to_text(range.low), to_text(range.high));
}

std::string heading(const Prediction& p) {
  return fmt::format("{}: {} MACs, {} parameters, batch {}", p.network, with_prefix(p.macs),
                     with_prefix(p.parameters), p.batch);
}

Table speed_table(const std::vector<Prediction>& predictions) {
  Table table({{"platform", Align::left, true},
               {"engine", Align::left, true},
               {"runtime", Align::left, true},
               {"prec."},
               {"cores", Align::right},
               {"latency", Align::right},
               {"80 % between", Align::right},
               {"energy", Align::right},
               {"bound by", Align::left, true}});
  for (const Prediction& p : predictions) {
    table.add({p.platform, p.engine, p.runtime, std::string(to_text(p.precision)),
               fmt::format("{}", p.threads), to_text(p.latency), interval(p),
               to_text(p.energy.total()),
               Span{fmt::format("{} {}", p.bound, percent(p.bound_share)),
                    bound_style(p.bound, p.levels)}});
  }
  return table;
}

std::string placed(const Placement& placement) {
  if (placement.level.empty()) return to_text(placement.needed);
  return fmt::format("{} of {} {}", to_text(placement.needed), to_text(placement.size),
                     placement.level);
}

Table memory_table(const std::vector<Prediction>& predictions) {
  Table table({{"platform", Align::left, true},
               {"peak memory", Align::right},
               {"activations", Align::left, false, true},
               {"weights", Align::left, false, true},
               {"fits"}});
  for (const Prediction& p : predictions) {
    table.add({p.platform, to_text(p.peak_memory), placed(p.activations_in), placed(p.weights_in),
               p.fits ? Span{"yes"} : Span{"no", Style::bad}});
  }
  return table;
}

std::vector<std::string> misfits(const std::vector<Prediction>& predictions) {
  std::vector<std::string> lines;
  for (const Prediction& p : predictions) {
    if (!p.fits) lines.push_back(fmt::format("{}: {}", p.platform, p.fits_reason));
  }
  return lines;
}

std::vector<std::string> throttled(const std::vector<Prediction>& predictions) {
  std::vector<std::string> lines;
  for (const Prediction& p : predictions) {
    if (p.throttle <= 1) continue;
    lines.push_back(fmt::format("{}: {:.3g} times as long, to stay in its power budget", p.platform,
                                p.throttle));
  }
  return lines;
}

const Prediction& chosen(const std::vector<Prediction>& predictions, const std::string& name) {
  if (name.empty()) return predictions.front();
  std::vector<std::string> known;
  for (const Prediction& p : predictions) {
    if (p.platform == name) return p;
    known.push_back(p.platform);
  }
  throw InputError(
      fmt::format("no layers of '{}' to show: the predictions are for {}", name, join(known)));
}

// Ids of the costliest layers, the costliest first; equal ones in execution order.
std::vector<std::size_t> costliest(const Prediction& p, std::size_t top) {
  std::vector<std::size_t> ids(p.layers.size());
  std::iota(ids.begin(), ids.end(), std::size_t{0});
  std::stable_sort(ids.begin(), ids.end(), [&](std::size_t a, std::size_t b) {
    return p.layers[a].latency > p.layers[b].latency;
  });
  ids.resize(std::min(top, ids.size()));
  return ids;
}

void add_layers(Document& document, const Prediction& p, std::size_t top) {
  const auto ids = costliest(p, top);
  if (ids.empty()) return;
  Table table({{"layer", Align::left, true},
               {"operators", Align::left, true},
               {"kernel"},
               {"MACs", Align::right},
               {"latency", Align::right},
               {"share", Align::right},
               {"energy", Align::right},
               {"bound by"}});
  Seconds shown;
  for (const std::size_t id : ids) {
    const LayerPrediction& layer = p.layers[id];
    shown += layer.latency;
    table.add({layer.name, layer.op, std::string(to_text(layer.algorithm)), with_prefix(layer.macs),
               to_text(layer.latency), percent(ratio(layer.latency, p.latency)),
               to_text(layer.energy.total()),
               Span{layer.bound, bound_style(layer.bound, p.levels)}});
  }
  document.heading(fmt::format("Costliest layers on {} ({} of {}, {} of the latency)", p.platform,
                               ids.size(), p.layers.size(), percent(ratio(shown, p.latency))));
  document.table(std::move(table));
}

}  // namespace

Document predict_document(const std::vector<Prediction>& predictions,
                          const PredictTableOptions& options) {
  Document document;
  if (predictions.empty()) return document;
  const Prediction& detailed = chosen(predictions, options.layers_of);
  document.paragraph(heading(detailed));
  document.table(speed_table(predictions));
  document.table(memory_table(predictions));
  document.bullets("Does not fit", misfits(predictions), Style::bad);
  document.bullets("Throttled", throttled(predictions), Style::warning);
  if (options.utilisation) add_utilisation(document, predictions);
  add_layers(document, detailed, options.top);
  document.numbered("Assumed for " + detailed.platform, detailed.assumptions);
  add_missing(document, detailed.not_modelled, detailed.not_shaped);
  return document;
}

}  // namespace roofbeam
