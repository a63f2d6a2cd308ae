#include "core/operators/infer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "core/input_error.hpp"
#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

bool is_negative(std::int64_t dim) { return dim < 0; }

// Whether all dimensions are non-negative and their product times the element's bits is below 2^63,
// a dimension of zero counted as one: so every product of some of the dimensions is, too.
bool fits(ElementType element, const Shape& shape) {
  std::int64_t size = std::max(1, bits(element));
  return std::ranges::none_of(shape, [&](std::int64_t dim) {
    return is_negative(dim) || __builtin_mul_overflow(size, std::max<std::int64_t>(dim, 1), &size);
  });
}

std::string describe_misfit(const std::string& tensor, const Shape& shape) {
  const bool negative = std::ranges::any_of(shape, is_negative);
  return fmt::format("tensor '{}' ({}) has {}", tensor, to_text(shape),
                     negative ? "a negative dimension" : "more than 2^63 - 1 bits");
}

void check_stated_shapes(const Network& network) {
  for (const Tensor& tensor : network.tensors()) {
    if (tensor.shape && !fits(tensor.element, *tensor.shape)) {
      throw InputError(describe_misfit(tensor.name, *tensor.shape));
    }
  }
}

template <class Predicate>
bool all_inputs(const Network& network, const Layer& layer, Predicate predicate) {
  return std::ranges::all_of(
      layer.inputs, [&](TensorId id) { return id == kNoTensor || predicate(network.tensor(id)); });
}

void set_output(const LayerView& view, Tensor& tensor, TensorType&& type, bool constant) {
  if (!fits(type.element, type.shape))
    view.fail("its output " + describe_misfit(tensor.name, type.shape));
  tensor.element = type.element;
  tensor.shape = std::move(type.shape);
  tensor.constant = constant || type.values;
  tensor.values = std::move(type.values);
}

void set_outputs(Network& network, const LayerView& view, std::vector<TensorType> types) {
  const Layer& layer = view.layer();
  if (types.size() < layer.outputs.size()) {
    view.fail(fmt::format("it has {} outputs, the operator has at most {}", layer.outputs.size(),
                          types.size()));
  }
  const bool constant = all_inputs(network, layer, [](const Tensor& t) { return t.constant; });
  for (std::size_t i = 0; i < layer.outputs.size(); ++i) {
    if (!view.has_output(i)) continue;
    set_output(view, network.tensor(layer.outputs[i]), std::move(types[i]), constant);
  }
}

bool reads(std::uint32_t mask, std::size_t input) {
  return mask >> std::min(input, std::size_t{31}) & 1u;
}

// Remembers which weights went into constants.
void note_sources(Network& network, const Layer& layer, const Operator& row) {
  for (const TensorId output : layer.outputs) {
    if (output == kNoTensor || !network.tensor(output).constant) continue;
    auto& sources = network.tensor(output).folded_from;
    for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
      const bool weight = layer.inputs[i] != kNoTensor && reads(row.parameter_inputs, i) &&
                          network.tensor(layer.inputs[i]).constant;
      if (weight) sources.push_back(layer.inputs[i]);
    }
  }
}

void infer_layer(Network& network, Layer& layer) {
  const Operator* row = find_operator(layer.domain, layer.op);
  if (!row) {
    layer.state = LayerState::not_modelled;
    return;
  }
  if (!all_inputs(network, layer, [](const Tensor& t) { return t.shape.has_value(); })) {
    layer.state = LayerState::not_shaped;
    return;
  }
  const LayerView view(network, layer);
  set_outputs(network, view, row->shape(view));
  note_sources(network, layer, *row);
  layer.state = row->cost == Cost::view ? LayerState::view : LayerState::modelled;
  if (row->work) layer.work = row->work(view);
}

void add(std::int64_t& total, std::int64_t more, std::string_view what) {
  if (__builtin_add_overflow(total, more, &total)) {
    throw InputError(fmt::format("the layers' {} add up to more than 2^63 - 1", what));
  }
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
      if (reads(parameters, i)) count_parameters(layer.inputs[i]);
      if (reads(parameters | statistics, i)) count_bytes(layer.inputs[i]);
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

Network infer(Network network) {
  check_stated_shapes(network);
  for (std::size_t id = 0; id < network.layers().size(); ++id) {
    infer_layer(network, network.layer(static_cast<LayerId>(id)));
  }
  return without_constant_layers(std::move(network));
}

Totals totals(const Network& network) {
  Totals totals;
  WeightCounter weights(network, totals);
  for (const Layer& layer : network.layers()) {
    ++totals.layers;
    add(totals.macs, layer.work.macs, "MACs");
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
