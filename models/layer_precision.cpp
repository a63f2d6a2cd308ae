#include "models/layer_precision.hpp"

#include <algorithm>
#include <cmath>

#include "models/footprint.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

std::size_t index(std::int32_t id) { return static_cast<std::size_t>(id); }

double& ops(Conversion& conversion, VectorOp op) {
  return conversion.vector_ops[static_cast<std::size_t>(op)];
}

double elements_of(const Tensor& tensor) {
  return tensor.shape ? static_cast<double>(element_count(*tensor.shape)) : 0;
}

void dequantize(Conversion& conversion, double elements) {
  ops(conversion, multiply) += elements;
  ops(conversion, add) += elements;
}

void quantize(Conversion& conversion, double elements, Precision to, bool finds_range) {
  ops(conversion, divide) += elements;
  ops(conversion, add) += elements;
  ops(conversion, compare) += finds_range ? 4 * elements : 2 * elements;
  conversion.scratch_bytes += elements * bits(to) / 8;
}

}  // namespace

std::optional<Precision> precision_of(ElementType element) {
  switch (element) {
    case ElementType::f32:
      return Precision::fp32;
    case ElementType::f16:
      return Precision::fp16;
    case ElementType::bf16:
      return Precision::bf16;
    case ElementType::i16:
      return Precision::int16;
    case ElementType::i8:
      return Precision::int8;
    case ElementType::i4:
      return Precision::int4;
    default:
      return std::nullopt;
  }
}

bool has_own_precisions(const Network& network) {
  return std::ranges::any_of(network.layers(), [](const Layer& layer) {
    const auto& own = layer.precision;
    return own.weights || own.activations || own.arithmetic;
  });
}

std::vector<Precision> activation_precisions(const Network& network, Precision run) {
  std::vector<Precision> found(network.tensors().size(), run);
  std::vector<bool> known(network.tensors().size());
  for (const auto& layer : network.layers()) {
    const auto own =
        layer.precision.activations ? precision_of(*layer.precision.activations) : std::nullopt;
    for (const auto id : layer.inputs) {
      if (id == kNoTensor || known[index(id)] || network.tensor(id).producer) continue;
      found[index(id)] = own.value_or(run);
      known[index(id)] = layer.state == LayerState::modelled;
    }
    const bool views = layer.state == LayerState::view && !layer.inputs.empty() &&
                       layer.inputs.front() != kNoTensor;
    const auto handed_on = views ? found[index(layer.inputs.front())] : own.value_or(run);
    for (const auto id : layer.outputs) {
      if (id != kNoTensor) found[index(id)] = handed_on;
    }
  }
  return found;
}

Conversion convert_inputs(const Network& network, const Layer& leader,
                          const std::vector<Precision>& memory, Precision arithmetic) {
  Conversion conversion;
  const bool finds_range = !leader.precision.activations;
  for (const auto id : leader.inputs) {
    if (id == kNoTensor) continue;
    const auto& tensor = network.tensor(id);
    const auto from = memory[index(id)];
    if (tensor.constant || !is_float(tensor.element) || from == arithmetic) continue;
    if (is_integer(from) && !is_integer(arithmetic)) {
      dequantize(conversion, elements_of(tensor));
    } else if (!is_integer(from) && is_integer(arithmetic)) {
      quantize(conversion, elements_of(tensor), arithmetic, finds_range);
    } else {
      ops(conversion, add) += elements_of(tensor);
    }
  }
  return conversion;
}

Conversion convert_outputs(const Network& network, const Layer& last,
                           const std::vector<Precision>& memory, Precision arithmetic) {
  Conversion conversion;
  for (const auto id : last.outputs) {
    if (id == kNoTensor) continue;
    const auto& tensor = network.tensor(id);
    const auto to = memory[index(id)];
    if (!is_float(tensor.element) || to == arithmetic) continue;
    if (is_integer(arithmetic) && !is_integer(to)) {
      dequantize(conversion, elements_of(tensor));
    } else if (!is_integer(arithmetic) && is_integer(to)) {
      quantize(conversion, elements_of(tensor), to, false);
      conversion.scratch_bytes = 0;  // it is the result itself
    } else {
      ops(conversion, add) += elements_of(tensor);
    }
  }
  return conversion;
}

Conversion dequantize_weights(double elements) {
  Conversion conversion;
  dequantize(conversion, elements);
  return conversion;
}

double scale_bytes(const Tensor& weight, const Layer& reader, Precision stored) {
  const bool has_scales =
      is_integer(stored) && is_float(weight.element) && weight.shape && weight.shape->size() > 1;
  if (!has_scales) return 0;
  const auto elements = elements_of(weight);
  if (stored == Precision::int4) return std::ceil(elements / 32) * 2;
  const auto inner = reader.work.matrix.k;
  const auto channels = inner > 0 ? elements / static_cast<double>(inner)
                                  : static_cast<double>(weight.shape->front());
  return std::ceil(channels) * 4;
}

}  // namespace roofbeam
