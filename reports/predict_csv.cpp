#include "reports/predict_csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/csv.hpp"

namespace roofbeam {
namespace {

// Levels of all platforms in the order of first appearance.
std::vector<std::string> all_levels(const std::vector<Prediction>& predictions) {
  std::vector<std::string> levels;
  for (const Prediction& p : predictions) {
    for (const std::string& level : p.levels) {
      if (std::find(levels.begin(), levels.end(), level) == levels.end()) levels.push_back(level);
    }
  }
  return levels;
}

std::string header(const std::vector<std::string>& levels) {
  std::vector<std::string> cells = {"network",
                                    "platform",
                                    "engine",
                                    "runtime",
                                    "precision",
                                    "batch",
                                    "threads",
                                    "layer",
                                    "op",
                                    "algorithm",
                                    "macs",
                                    "weights_bytes",
                                    "latency_s",
                                    "latency_low_80_s",
                                    "latency_high_80_s",
                                    "compute_s",
                                    "overhead_s",
                                    "energy_j",
                                    "energy_operations_j",
                                    "energy_traffic_j",
                                    "energy_power_j",
                                    "bound",
                                    "tile_use",
                                    "cores_used"};
  for (const std::string& level : levels) {
    cells.push_back(level + "_bytes");
    cells.push_back(level + "_time_s");
  }
  return csv_line(cells);
}

void add_traffic(std::vector<std::string>& cells, const Prediction& p, const LayerPrediction& layer,
                 const std::vector<std::string>& levels) {
  for (const std::string& level : levels) {
    const auto found = std::find(p.levels.begin(), p.levels.end(), level);
    const auto id = static_cast<std::size_t>(found - p.levels.begin());
    const bool has = id < layer.levels.size();
    cells.push_back(has ? csv_number(layer.levels[id].bytes.si()) : "");
    cells.push_back(has ? csv_number(layer.levels[id].time.si()) : "");
  }
}

std::string row(const Prediction& p, const LayerPrediction& layer,
                const std::vector<std::string>& levels) {
  std::vector<std::string> cells = {p.network,
                                    p.platform,
                                    p.engine,
                                    p.runtime,
                                    std::string(to_text(p.precision)),
                                    fmt::format("{}", p.batch),
                                    fmt::format("{}", p.threads),
                                    layer.name,
                                    layer.op,
                                    std::string(to_text(layer.algorithm))};
  const auto range = layer.latency_error.interval_80(layer.latency);
  for (const double value :
       {layer.macs, layer.weights.si(), layer.latency.si(), range.low.si(), range.high.si(),
        layer.compute.si(), layer.overhead.si(), layer.energy.total().si(),
        layer.energy.operations.si(), layer.energy.traffic.si(), layer.energy.power.si()}) {
    cells.push_back(csv_number(value));
  }
  cells.push_back(layer.bound);
  cells.push_back(csv_number(layer.tile_use));
  cells.push_back(csv_number(layer.cores_used));
  add_traffic(cells, p, layer, levels);
  return csv_line(cells);
}

}  // namespace

std::string predict_csv(const std::vector<Prediction>& predictions) {
  const std::vector<std::string> levels = all_levels(predictions);
  std::string text = header(levels);
  for (const Prediction& p : predictions) {
    for (const LayerPrediction& layer : p.layers) text += row(p, layer, levels);
  }
  return text;
}

}  // namespace roofbeam
