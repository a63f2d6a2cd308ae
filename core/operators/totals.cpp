#include "core/operators/totals.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/input_error.hpp"
#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

void add(std::int64_t& total, std::int64_t more, std::string_view what) {
  if (__builtin_add_overflow(total, more, &total)) {
    throw InputError(fmt::format("the layers' {} add up to more than 2^63 - 1", what));
  }
}

// MACs of all runs of a layer.
std::int64_t repeated(const Layer& layer) {
  std::int64_t macs = 0;
  if (!__builtin_mul_overflow(layer.work.macs, layer.repeat, &macs)) return macs;
  throw InputError(fmt::format("{} has more than 2^63 - 1 MACs", describe(layer)));
}

std::string qualified_name(const Layer& layer) {
  return layer.domain.empty() ? layer.op : fmt::format("{}.{}", layer.domain, layer.op);
}

bool holds_weights(const Tensor& tensor) {
  if (!tensor.constant || !tensor.shape || tensor.shape->empty()) return false;
  return is_float(tensor.element) || (is_integer(tensor.element) && bits(tensor.element) <= 32);
}

// Counts constants, each once, as parameters (elements) or only as weights (bytes).
class WeightCounter {
 public:
  WeightCounter(const Network& network, Totals& totals)
      : network_(network),
        totals_(totals),
        parameter_(network.tensors().size()),
        stored_(network.tensors().size()) {}

  void count(const Layer& layer) {
    const Operator* row = find_operator(layer.domain, layer.op);
    const std::uint32_t parameters = row ? row->parameter_inputs : ~0u;
    const std::uint32_t statistics = row ? row->statistic_inputs : 0u;
    for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
      if (layer.inputs[i] == kNoTensor) continue;
      if (has_bit(parameters, i)) count_parameters(layer.inputs[i]);
      if (has_bit(parameters | statistics, i)) count_bytes(layer.inputs[i]);
    }
  }

 private:
  void count_parameters(TensorId id) {
    for (const TensorId source : stored_sources(id, parameter_)) {
      add(totals_.parameters, element_count(*network_.tensor(source).shape), "parameters");
    }
  }

  void count_bytes(TensorId id) {
    for (const TensorId source : stored_sources(id, stored_)) {
      const Tensor& tensor = network_.tensor(source);
      const std::int64_t size = element_count(*tensor.shape) * bits(tensor.element);
      add(totals_.weight_bytes, size / 8 + (size % 8 != 0), "weight bytes");
    }
  }

  // The weights as the file has them that a constant comes from, those not seen before.
  std::vector<TensorId> stored_sources(TensorId id, std::vector<bool>& seen) const {
    std::vector<TensorId> found;
    std::vector<TensorId> open = {id};
    while (!open.empty()) {
      const TensorId next = open.back();
      open.pop_back();
      if (seen[static_cast<std::size_t>(next)] || !holds_weights(network_.tensor(next))) continue;
      seen[static_cast<std::size_t>(next)] = true;
      const auto& sources = network_.tensor(next).folded_from;
      open.insert(open.end(), sources.begin(), sources.end());
      if (sources.empty()) found.push_back(next);
    }
    return found;
  }

  const Network& network_;
  Totals& totals_;
  std::vector<bool> parameter_;
  std::vector<bool> stored_;
};

}  // namespace

Totals totals(const Network& network) {
  Totals totals;
  WeightCounter weights(network, totals);
  for (const Layer& layer : network.layers()) {
    ++totals.layers;
    add(totals.macs, repeated(layer), "MACs");
    weights.count(layer);
    if (layer.state == LayerState::not_modelled) ++totals.not_modelled[qualified_name(layer)];
    if (layer.state == LayerState::not_shaped) ++totals.not_shaped[qualified_name(layer)];
  }
  return totals;
}

std::vector<LayerWeights> weights_by_layer(const Network& network) {
  Totals totals;
  WeightCounter weights(network, totals);
  std::vector<LayerWeights> by_layer;
  for (const Layer& layer : network.layers()) {
    const LayerWeights before{totals.parameters, totals.weight_bytes};
    weights.count(layer);
    by_layer.push_back({totals.parameters - before.parameters, totals.weight_bytes - before.bytes});
  }
  return by_layer;
}

}  // namespace roofbeam
