#include "scenarios/bottleneck.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "core/input_error.hpp"
#include "scenarios/axis.hpp"
#include "scenarios/solve.hpp"

namespace roofbeam {
namespace {

constexpr double kInfinite = 1e12;
constexpr double kMost = 1e6;        // times of a resource that are tried
constexpr double kWorthwhile = 0.9;  // of what there is to gain
constexpr std::size_t kPoints = 19;

using Forecast = std::function<Prediction(double times)>;

std::vector<double> level_times(const LayerPrediction& layer) {
  std::vector<double> times;
  for (const LevelUse& level : layer.levels) times.push_back(level.time.si());
  return times;
}

LayerBottleneck roof_of(const LayerPrediction& layer, const Setup& setup, const Prediction& base) {
  LayerBottleneck found;
  found.layer = layer;
  found.share = base.latency > Seconds{} ? layer.latency / base.latency : 0;
  const auto precision = setup.runtime.arithmetic(layer.precision);
  const double peak = setup.used().peak(precision, setup.workload->threads).si();
  found.roof = "peak";
  found.roof_s = peak > 0 ? layer.macs / peak : 0;
  const auto times = level_times(layer);
  for (std::size_t level = 0; level < times.size(); ++level) {
    if (times[level] <= found.roof_s) continue;
    found.roof_s = times[level];
    found.roof = base.levels[level];
  }
  if (found.roof_s > 0) found.attainable = layer.macs / found.roof_s;
  if (layer.latency > Seconds{}) found.achieved = layer.macs / layer.latency.si();
  return found;
}

double share_bound_by(const Prediction& prediction, const std::string& bound) {
  Seconds sum;
  for (const LayerPrediction& layer : prediction.layers) {
    if (layer.bound == bound) sum += layer.latency;
  }
  return prediction.latency > Seconds{} ? sum / prediction.latency : 0;
}

// The first multiple with two digits from which on a condition holds.
std::optional<double> first_multiple(const std::function<bool(double)>& holds) {
  const DecimalLattice lattice(2);
  const auto grid = scan_points(lattice.ceil(1), lattice.floor(kMost), kPoints);
  const auto bands = find_bands(grid, [&](AxisIndex index) { return holds(lattice.at(index)); });
  if (bands.empty() || bands.front().first == grid.front()) return std::nullopt;
  return lattice.at(bands.front().first);
}

Resource resource_of(const std::string& name, const Prediction& base, const Forecast& forecast) {
  Resource found;
  found.name = name;
  found.bounds = share_bound_by(base, name);
  const Prediction without = forecast(kInfinite);
  found.without_s = without.latency.si();
  found.next_bound = without.bound;
  const double whole = (base.latency - without.latency).si();
  found.gain = base.latency > Seconds{} ? whole / base.latency.si() : 0;
  if (found.gain < 0.005) return found;
  found.pays_until = first_multiple([&](double times) {
    return (base.latency - forecast(times).latency).si() >= kWorthwhile * whole;
  });
  found.bound_until =
      first_multiple([&](double times) { return forecast(times).bound != base.bound; });
  return found;
}

std::vector<std::string> lifted(const Prediction& base) {
  std::vector<std::string> names = {"compute"};
  names.insert(names.end(), base.levels.begin(), base.levels.end());
  names.emplace_back("dispatch");
  return names;
}

void add_clock(const Subject& subject, const Prediction& base, std::vector<Resource>& resources) {
  const std::string path = fmt::format("platform.engines.{}.clock", subject.base().used().name);
  const auto clock = subject.number(path);
  if (!clock) return;
  resources.push_back(resource_of("clock", base, [&](double times) {
    return subject.forecast({{path, clock->with(clock->number * times)}});
  }));
}

// Of each layer that a resource bounds: what is left of it without.
void add_headroom(const Prediction& without, const std::string& resource,
                  std::vector<LayerBottleneck>& layers) {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].layer.bound != resource) continue;
    layers[i].unbound_s = without.layers[i].latency.si();
    layers[i].next_bound = without.layers[i].bound;
  }
}

}  // namespace

double LayerBottleneck::of_roof() const {
  return layer.latency > Seconds{} ? roof_s / layer.latency.si() : 1;
}

Setup with_more(Setup setup, const std::string& resource, double times) {
  Engine& engine = setup.platform.engines[setup.engine];
  Runtime& runtime = setup.runtime;
  if (resource == "compute") {
    // All work of the cores is divided by the instructions that start in a cycle.
    const double issued = 1 + (engine.issue.value - 1) * runtime.pairing.value;
    runtime.pairing.value = 1;
    engine.issue.value = issued * times;
    return setup;
  }
  if (resource == "dispatch") {
    for (auto* time : {&runtime.dispatch, &runtime.fork, &engine.launch, &engine.submit}) {
      time->value *= 1 / times;
    }
    runtime.dispatch_cycles.value /= times;
    runtime.fork_cycles.value /= times;
    return setup;
  }
  for (MemoryLevel& level : setup.platform.memory) {
    if (level.name != resource) continue;
    level.bandwidth.value *= times;
    if (level.core_bandwidth) level.core_bandwidth->value *= times;
  }
  return setup;
}

Bottlenecks bottlenecks(const Subject& subject) {
  const Setup& setup = subject.base();
  const Prediction base = predict(setup);
  Bottlenecks found;
  for (const LayerPrediction& layer : base.layers) {
    found.layers.push_back(roof_of(layer, setup, base));
  }
  for (const std::string& name : lifted(base)) {
    add_headroom(predict(with_more(setup, name, kInfinite)), name, found.layers);
    found.resources.push_back(resource_of(
        name, base, [&](double times) { return predict(with_more(setup, name, times)); }));
  }
  add_clock(subject, base, found.resources);
  std::stable_sort(found.resources.begin(), found.resources.end(),
                   [](const Resource& a, const Resource& b) { return a.gain > b.gain; });
  return found;
}

}  // namespace roofbeam
