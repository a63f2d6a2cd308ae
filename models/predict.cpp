#include "models/predict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/quantity/text.hpp"
#include "models/energy.hpp"
#include "models/loading.hpp"
#include "models/placement.hpp"
#include "models/roofline.hpp"
#include "models/traffic.hpp"
#include "models/utilisation.hpp"

namespace roofbeam {
namespace {

using Levels = std::vector<const MemoryLevel*>;

std::string bound_of(const CallTime& time, const Levels& levels) {
  std::string bound = "compute";
  double longest = time.compute_s;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    if (time.level_s[level] > longest) {
      longest = time.level_s[level];
      bound = levels[level]->name;
    }
  }
  return time.overhead_s > longest ? "dispatch" : bound;
}

std::vector<ComputeRoof> peaks_of(const Engine& engine, int cores) {
  std::vector<ComputeRoof> peaks;
  for (const std::string& word : precision_words()) {
    const Precision precision = *parse_precision(word);
    const MacsPerSecond peak = engine.peak(precision, cores);
    if (peak > MacsPerSecond{}) peaks.push_back({precision, peak});
  }
  return peaks;
}

LayerPrediction layer_of(const KernelCall& call, const CallTime& time,
                         const std::vector<double>& bytes, const Levels& levels,
                         const EnergyRates& rates) {
  LayerPrediction layer;
  layer.name = call.name;
  layer.op = call.op;
  layer.members = call.layers;
  layer.algorithm = call.algorithm;
  layer.macs = call.macs;
  layer.precision = call.precision;
  layer.repeat = call.repeat;
  layer.weights = Bytes::from_si(call.weight_bytes);
  layer.tile_use = time.tile_use;
  layer.cores_used = time.cores_used;
  layer.compute = Seconds::from_si(time.compute_s);
  for (std::size_t level = 0; level < levels.size(); ++level) {
    layer.levels.push_back({Bytes::from_si(bytes[level]), Seconds::from_si(time.level_s[level])});
  }
  layer.overhead = Seconds::from_si(time.overhead_s);
  layer.latency = Seconds::from_si(time.latency_s);
  layer.energy = call_energy(call, bytes, layer.latency, rates);
  layer.bound = bound_of(time, levels);
  return layer;
}

// Rests in idle until the average power is back in the budget.
void keep_budget(Prediction& prediction, const Platform& platform) {
  if (!platform.budget) return;
  const Watts budget = *platform.budget;
  const double factor = throttle(prediction.energy, prediction.latency, platform.idle, budget);
  if (!std::isfinite(factor)) {
    prediction.assumptions.push_back(
        fmt::format("idle power {} is above the budget of {}: the budget is ignored",
                    to_text(platform.idle.value), to_text(budget)));
    return;
  }
  if (factor <= 1) return;
  prediction.throttle = factor;
  const auto stretch = [&](Seconds& latency, EnergyParts& energy) {
    energy.power += platform.idle.value * (latency * (factor - 1));
    latency *= factor;
  };
  for (auto& layer : prediction.layers) stretch(layer.latency, layer.energy);
  stretch(prediction.latency, prediction.energy);
  prediction.assumptions.push_back(
      fmt::format("latency is {:.2f} times longer, to stay within the power budget of {}", factor,
                  to_text(budget)));
}

std::string describe_fit(const Prediction& prediction, bool one_memory) {
  const auto& activations = prediction.activations_in;
  const auto& weights = prediction.weights_in;
  const auto sentence = [](std::string_view what, const Placement& placed) {
    return placed.fits() ? fmt::format("{} {} in {}", what, to_text(placed.needed), placed.level)
                         : fmt::format("{} need {}, {} has {}", what, to_text(placed.needed),
                                       placed.level, to_text(placed.size));
  };
  if (one_memory && !prediction.fits) {
    return fmt::format("weights and activations need {}, {} has {}",
                       to_text(prediction.peak_memory), weights.level, to_text(weights.size));
  }
  if (!activations.fits() && weights.fits()) return sentence("activations", activations);
  if (!weights.fits() && activations.fits()) return sentence("weights", weights);
  return sentence("activations", activations) + "; " + sentence("weights", weights);
}

void add_memory(Prediction& prediction, const Workload& workload, const Placed& home) {
  prediction.arena = Bytes::from_si(static_cast<double>(workload.plan.arena_bytes));
  prediction.unpooled = Bytes::from_si(static_cast<double>(workload.plan.unpooled_bytes));
  prediction.weights = Bytes::from_si(workload.weight_bytes);
  prediction.buffers = workload.buffers;
  prediction.plan = workload.plan;
  prediction.stored = Bytes::from_si(workload.stored_bytes);
  for (const auto id : workload.plan.alive_at_peak) {
    prediction.alive_at_peak.push_back(workload.buffers[static_cast<std::size_t>(id)].name);
  }
  const bool one_memory = home.activations == home.weights;
  const bool weights_in_ram = home.weights->holds_activations;
  prediction.activations_in = {home.activations->name, prediction.arena, home.activations->size};
  prediction.weights_in = {home.weights->name, prediction.weights, home.weights->size};
  prediction.peak_memory = prediction.arena + (weights_in_ram ? prediction.weights : Bytes{});
  prediction.fits = prediction.activations_in.fits() && prediction.weights_in.fits() &&
                    (!one_memory || prediction.peak_memory <= home.weights->size.value);
  prediction.fits_reason = describe_fit(prediction, one_memory);
  if (!prediction.fits) {
    prediction.assumptions.emplace_back(
        "it does not fit: latency and energy are those of the same platform with enough memory");
  }
}

void append(std::vector<std::string>& list, const std::vector<std::string>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

Prediction header_of(const Workload& workload, const Platform& platform, const Engine& engine) {
  Prediction prediction;
  prediction.network = workload.network;
  prediction.platform = platform.name;
  prediction.platform_title = platform.title;
  prediction.engine = engine.name;
  prediction.runtime = workload.runtime;
  prediction.precision = workload.precision;
  prediction.batch = workload.batch;
  prediction.threads = workload.threads;
  prediction.macs = workload.macs;
  prediction.parameters = workload.parameters;
  prediction.not_modelled = workload.not_modelled;
  prediction.not_shaped = workload.not_shaped;
  return prediction;
}

}  // namespace

void add_totals(Prediction& prediction) {
  prediction.latency = {};
  prediction.energy = {};
  std::map<std::string, Seconds> by_bound;
  for (const auto& layer : prediction.layers) {
    prediction.latency += layer.latency;
    prediction.energy.operations += layer.energy.operations;
    prediction.energy.traffic += layer.energy.traffic;
    prediction.energy.power += layer.energy.power;
    by_bound[layer.bound] += layer.latency;
  }
  const auto most =
      std::max_element(by_bound.begin(), by_bound.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == by_bound.end()) return;
  prediction.bound = most->first;
  prediction.bound_share = prediction.latency > Seconds{} ? most->second / prediction.latency : 0;
}

Prediction predict(const Workload& workload, const Platform& platform, const Engine& engine,
                   const Runtime& runtime, const Calibration* calibration) {
  const Calibration belief = calibration ? *calibration : uncalibrated(runtime.errors);
  auto prediction = header_of(workload, platform, engine);
  append(prediction.assumptions, platform.assumptions);
  append(prediction.assumptions, runtime.assumptions);
  append(prediction.assumptions, workload.assumptions);

  const auto placed = place(workload, platform, engine);
  const auto& levels = placed.levels;
  for (const auto* level : levels) prediction.levels.push_back(level->name);
  const auto traffic = find_traffic(workload, placed.hierarchy);
  const auto roofs = roofs_of(placed, workload.threads);
  const auto times = time_calls(workload, traffic, roofs, engine, runtime);
  prediction.peaks = peaks_of(engine, workload.threads);
  for (const auto& roof : roofs) {
    prediction.bandwidths.push_back(BytesPerSecond::from_si(roof.bandwidth));
  }
  const auto rates = energy_rates(platform, engine, workload, prediction.assumptions);
  for (std::size_t call = 0; call < workload.calls.size(); ++call) {
    prediction.layers.push_back(
        layer_of(workload.calls[call], times[call], traffic[call], levels, rates));
  }
  prediction.errors = runtime.errors;
  scale_layers(belief, prediction);
  add_totals(prediction);
  state_errors(belief, prediction);
  add_memory(prediction, workload, placed);
  keep_budget(prediction, platform);
  prediction.utilisation = utilisation_of(prediction, platform, engine, runtime);
  prediction.loading = loading_of(prediction, platform);
  return prediction;
}

}  // namespace roofbeam
