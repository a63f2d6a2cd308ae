#include "reports/utilisation_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/quantity/text.hpp"

namespace roofbeam {
namespace {

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

double level_share(const Prediction& p, const std::string& name) {
  const auto found = std::find(p.levels.begin(), p.levels.end(), name);
  const auto level = static_cast<std::size_t>(found - p.levels.begin());
  return level < p.utilisation.levels.size() ? p.utilisation.levels[level] : 0;
}

std::string busier_memory(const Prediction& p) {
  const std::string& activations = p.activations_in.level;
  const std::string& weights = p.weights_in.level;
  const auto& name = level_share(p, weights) > level_share(p, activations) ? weights : activations;
  return name + " " + percent(level_share(p, name));
}

std::string of_energy(const Prediction& p, Joules part) {
  const Joules total = p.energy.total();
  return total > Joules{} ? percent(part / total) : "–";
}

Table use_table(const std::vector<Prediction>& predictions) {
  Table table({{"platform", Align::left, true},
               {"SIMD", Align::right},
               {"caches", Align::right},
               {"bandwidth", Align::right},
               {"energy", Align::right},
               {"operations", Align::right},
               {"traffic", Align::right},
               {"power", Align::right}});
  for (const Prediction& p : predictions) {
    const auto& caches = p.utilisation.caches;
    table.add({p.platform, percent(p.utilisation.simd), caches ? percent(*caches) : "–",
               busier_memory(p), to_text(p.energy.total()), of_energy(p, p.energy.operations),
               of_energy(p, p.energy.traffic), of_energy(p, p.energy.power)});
  }
  return table;
}

Table pool_table(const std::vector<Prediction>& predictions) {
  Table table({{"platform", Align::left, true},
               {"one arena", Align::right},
               {"a place for each", Align::right},
               {"saved", Align::right}});
  for (const Prediction& p : predictions) {
    const double saved = p.unpooled > Bytes{} ? 1 - p.arena / p.unpooled : 0;
    table.add({p.platform, to_text(p.arena), to_text(p.unpooled), percent(saved)});
  }
  return table;
}

Table loading_table(const std::vector<Prediction>& predictions) {
  Table table({{"platform", Align::left, true},
               {"storage"},
               {"load", Align::right},
               {"first result", Align::right},
               {"by sections", Align::right},
               {"RAM", Align::right},
               {"by sections", Align::right}});
  for (const Prediction& p : predictions) {
    if (!p.loading) continue;
    table.add({p.platform, p.loading->storage, to_text(p.loading->load),
               to_text(p.loading->first_whole), to_text(p.loading->first_sections),
               to_text(p.peak_memory), to_text(p.loading->section_memory)});
  }
  return table;
}

}  // namespace

void add_utilisation(Document& document, const std::vector<Prediction>& predictions) {
  if (predictions.empty()) return;
  document.heading("Use of the engines: shares of their peaks, and of the energy");
  document.table(use_table(predictions));
  document.heading("Activations in one arena, or each in a place of its own");
  document.table(pool_table(predictions));
  const Table loading = loading_table(predictions);
  if (loading.rows() == 0) return;
  document.heading("Cold start: weights from storage, all first or each call's as it is due");
  document.table(loading);
}

}  // namespace roofbeam
