#include "scenarios/audit/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/input_error.hpp"
#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"
#include "models/lower.hpp"
#include "models/predict.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam::audit {
namespace {

// A convolution that Winograd's transform is for: k is 9 times its input channels.
bool is_winograd(const Network& network, const Layer& layer) {
  if (layer.op != "Conv" || layer.work.macs == 0 || layer.work.matrix.batch != 1) return false;
  if (layer.inputs.size() < 2 || layer.outputs.empty()) return false;
  const auto& weight = network.tensor(layer.inputs[1]).shape;
  const auto& input = network.tensor(layer.inputs[0]).shape;
  const auto& output = network.tensor(layer.outputs[0]).shape;
  if (!weight || !input || !output || weight->size() != 4 || input->size() != 4) return false;
  const bool same_size = (*input)[2] - (*output)[2] <= 2 && (*input)[3] - (*output)[3] <= 2;
  return (*weight)[2] == 3 && (*weight)[3] == 3 && (*weight)[1] == (*input)[1] && same_size;
}

Counts counts_of(const Network& network) {
  const Totals sums = totals(network);
  Counts counts;
  counts.macs = static_cast<double>(sums.macs);
  counts.parameters = static_cast<double>(sums.parameters);
  double winograd = 0;
  for (const Layer& layer : network.layers()) {
    const double macs = static_cast<double>(layer.work.macs) * static_cast<double>(layer.repeat);
    if (is_winograd(network, layer)) winograd += macs;
    if (layer.op != "BatchNormalization" || layer.inputs.size() < 5) continue;
    for (const TensorId statistic : {layer.inputs[3], layer.inputs[4]}) {
      if (statistic == kNoTensor) continue;
      const auto& shape = network.tensor(statistic).shape;
      if (shape && shape->size() == 1) counts.statistics += static_cast<double>((*shape)[0]);
    }
  }
  const double left = counts.macs - winograd * (1 - 1 / kWinogradMost);
  counts.winograd = left > 0 ? counts.macs / left : 1;
  return counts;
}

}  // namespace

class Evidence::Library {
 public:
  explicit Library(const Claims& from) : claims(from) {}

  const Network* network(const std::string& name) {
    const NetworkClaim* claim = claims.network(name);
    if (claim == nullptr || claim->onnx.empty()) return nullptr;
    const Network& file = imported(claim->onnx);
    if (claim->rewrites.empty()) return &file;
    auto found = rewritten_.find(name);
    if (found == rewritten_.end()) {
      found = rewritten_.emplace(name, rewrite(file, claim->rewrites)).first;
    }
    return &found->second;
  }

  const Counts* counts(const std::string& name) {
    const Network* found = network(name);
    if (found == nullptr) return nullptr;
    const auto [slot, is_new] = counts_.try_emplace(name);
    if (is_new) slot->second = counts_of(*found);
    return &slot->second;
  }

  std::shared_ptr<const Platform> platform(const std::string& name) {
    auto& slot = platforms_[name];
    if (!slot) slot = std::make_shared<const Platform>(load_platform(name));
    return slot;
  }

  const Runtime& runtime(const std::string& name) {
    auto found = runtimes_.find(name);
    if (found == runtimes_.end()) found = runtimes_.emplace(name, load_runtime(name)).first;
    return found->second;
  }

  const Claims& claims;

 private:
  const Network& imported(const std::string& path) {
    auto found = imported_.find(path);
    if (found == imported_.end()) found = imported_.emplace(path, onnx::import(path)).first;
    return found->second;
  }

  std::map<std::string, Network> imported_;   // by path
  std::map<std::string, Network> rewritten_;  // by the claim's name
  std::map<std::string, Counts> counts_;
  std::map<std::string, std::shared_ptr<const Platform>> platforms_;
  std::map<std::string, Runtime> runtimes_;
};

Evidence::Evidence(const Claims& claims) : library_(std::make_unique<Library>(claims)) {}
Evidence::~Evidence() = default;

const Counts* Evidence::counts(const std::string& network) { return library_->counts(network); }

std::optional<Range> Evidence::flops(const std::string& network) {
  const NetworkClaim* claim = library_->claims.network(network);
  if (claim == nullptr) return std::nullopt;
  if (claim->flops) return claim->flops->range;
  if (claim->macs) return claim->macs->range * 2;
  const Counts* known = counts(network);
  if (known == nullptr) return std::nullopt;
  return Range::of(2 * known->macs);
}

std::optional<Range> Evidence::parameters(const std::string& network) {
  const NetworkClaim* claim = library_->claims.network(network);
  if (claim == nullptr) return std::nullopt;
  if (claim->parameters) return claim->parameters->range;
  const Counts* known = counts(network);
  if (known == nullptr) return std::nullopt;
  return Range::of(known->parameters + known->statistics);
}

std::optional<Evidence::Target> Evidence::target(const std::string& machine) {
  const MachineClaim* claim = library_->claims.machine(machine);
  if (claim == nullptr || claim->platform.empty()) return std::nullopt;
  Target target{library_->platform(claim->platform), nullptr};
  target.engine = &target.platform->engine(claim->engine);
  return target;
}

std::optional<Prediction> Evidence::forecast(const MeasuredClaim& row, std::string* why) {
  const Network* network = library_->network(row.network);
  const auto where = target(row.machine);
  if (network == nullptr || !where) {
    *why = fmt::format("needs {} of '{}'", network == nullptr ? "the ONNX file" : "the platform",
                       network == nullptr ? row.network : row.machine);
    return std::nullopt;
  }
  const MachineClaim* machine = library_->claims.machine(row.machine);
  const std::string& named = row.runtime.empty() ? machine->runtime : row.runtime;
  const Runtime& runtime = library_->runtime(named.empty() ? where->engine->runtime : named);
  try {
    const Workload workload =
        lower(*network, runtime, *where->engine, {row.precision, row.batch, row.threads});
    return predict(workload, *where->platform, *where->engine, runtime);
  } catch (const InputError& error) {
    *why = error.what();
    return std::nullopt;
  }
}

namespace {

bool runs_on(const Runtime& runtime, const Engine& engine) {
  return std::find(runtime.engines.begin(), runtime.engines.end(), engine.kind) !=
         runtime.engines.end();
}

// How many times as fast the network is forecast at the other precision; 0 if it does not run.
double forecast_gain(const Network& network, const Platform& platform, const Engine& engine,
                     const Runtime& runtime, const ChangeClaim& change) {
  const auto latency = [&](Precision precision) {
    return predict(lower(network, runtime, engine, {precision, 1, 1}), platform, engine, runtime)
        .latency;
  };
  try {
    return latency(*change.from) / latency(*change.to);
  } catch (const InputError&) {
    return 0;  // this profile does not run there at one of the two
  }
}

}  // namespace

Evidence::Gain Evidence::best_gain(const ChangeClaim& change) {
  Gain gain;
  const Network* known = change.network.empty() ? nullptr : library_->network(change.network);
  const auto judge = [&](const Platform& platform, const Engine& engine) {
    const auto& slow = engine.macs_per_cycle[*change.from];
    const auto& fast = engine.macs_per_cycle[*change.to];
    const Runtime& runtime =
        library_->runtime(change.runtime.empty() ? engine.runtime : change.runtime);
    if (!runs_on(runtime, engine) || !slow || !fast) return;
    const std::string place = fmt::format("{}/{}", platform.name, engine.name);
    if (*fast / *slow > gain.peak) gain.peak = *fast / *slow, gain.peak_on = place;
    if (known == nullptr) return;
    const double ratio = forecast_gain(*known, platform, engine, runtime, change);
    if (ratio > gain.forecast) gain.forecast = ratio, gain.forecast_on = place;
  };
  if (const auto there = target(change.machine)) {
    judge(*there->platform, *there->engine);
    return gain;
  }
  for (const std::string& name : catalog_platforms()) {
    const auto platform = library_->platform(name);
    for (const Engine& engine : platform->engines) {
      if (engine.kind != EngineKind::mcu) judge(*platform, engine);
    }
  }
  return gain;
}

std::optional<Evidence::Activations> Evidence::activations(const std::string& network,
                                                           Precision precision) {
  const Network* known = library_->network(network);
  if (known == nullptr) return std::nullopt;
  // A plan depends on what is fused: that of a runtime that fuses a lot, on an engine of its kind.
  const Runtime& runtime = library_->runtime("onnxruntime");
  const auto platform = library_->platform("apple-m1");
  const Workload workload = lower(*known, runtime, platform->engines.front(), {});
  const double scale = bits(precision) / static_cast<double>(bits(workload.precision));
  return Activations{static_cast<double>(workload.plan.peak_bytes) * scale,
                     static_cast<double>(workload.plan.arena_bytes) * scale};
}

}  // namespace roofbeam::audit
