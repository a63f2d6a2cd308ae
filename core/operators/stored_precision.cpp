#include "core/operators/stored_precision.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

bool selects(ElementType element) {
  using enum ElementType;
  return element == i64 || element == i32 || element == boolean;
}

ElementType element_of(const Network& network, TensorId id) {
  return id == kNoTensor ? ElementType::undefined : network.tensor(id).element;
}

ElementType activations_of(const Network& network, const Layer& layer) {
  const auto made =
      layer.outputs.empty() ? ElementType::undefined : element_of(network, layer.outputs.front());
  for (const auto id : layer.inputs) {
    if (id == kNoTensor || network.tensor(id).constant) continue;
    const auto element = network.tensor(id).element;
    return selects(element) && made != ElementType::undefined ? made : element;
  }
  return made;
}

// Packed weights say in an attribute how many bits each has.
ElementType packed(const Layer& layer, ElementType stored) {
  if (layer.op != "MatMulNBits" && layer.op != "MatMulBnb4" && layer.op != "GatherBlockQuantized") {
    return stored;
  }
  const auto bits_of = std::ranges::find(layer.attributes, "bits", &Attribute::name);
  const auto* count =
      bits_of == layer.attributes.end() ? nullptr : std::get_if<std::int64_t>(&bits_of->value);
  const auto width = count ? *count : 4;
  if (width == 2) return ElementType::u2;
  return width == 4 ? ElementType::u4 : stored;
}

bool is_trained(const Tensor& tensor) {
  const bool number =
      is_float(tensor.element) || (is_integer(tensor.element) && bits(tensor.element) <= 16);
  return tensor.constant && number && tensor.shape && !tensor.shape->empty();
}

ElementType weights_of(const Network& network, const Layer& layer) {
  const auto* row = find_operator(layer.domain, layer.op);
  for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
    const auto id = layer.inputs[i];
    if (id == kNoTensor || (row && !has_bit(row->parameter_inputs, i))) continue;
    if (is_trained(network.tensor(id))) return packed(layer, network.tensor(id).element);
  }
  return ElementType::undefined;
}

}  // namespace

StoredPrecision stored_precision(const Network& network, const Layer& layer) {
  return {activations_of(network, layer), weights_of(network, layer)};
}

std::string to_text(const StoredPrecision& precision) {
  const auto activations = std::string(to_text(precision.activations));
  const bool alike =
      precision.weights == ElementType::undefined || precision.weights == precision.activations;
  return alike ? activations
               : fmt::format("{}, {} weights", activations, to_text(precision.weights));
}

}  // namespace roofbeam
