// A network of one layer, for tests of single rows of the catalogue.
//
//   const OneLayer conv{.op = "Conv", .inputs = {data({1, 3, 8, 8}), weight({4, 3, 3, 3})},
//                       .attributes = {{"pads", Ints{1, 1, 1, 1}}, {"group", 1}}};
//   CHECK(shape_of(conv) == "1x4x8x8");
//   CHECK(work(conv).macs == 6912);
//   CHECK(complaint(bad) == "layer 'it' (Conv): ...");
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/input_error.hpp"
#include "core/network/network.hpp"
#include "core/operators/infer.hpp"
#include "core/operators/totals.hpp"

namespace roofbeam {

using Ints = std::vector<std::int64_t>;

struct Given {
  std::optional<Shape> shape;  // empty: the optional input is left out
  ElementType element = ElementType::f32;
  bool constant = false;
  std::optional<Values> values = {};
  Container container = Container::tensor;
  std::vector<TensorType> items = {};
};

inline Given data(Shape shape, ElementType element = ElementType::f32) {
  return {std::move(shape), element};
}
inline Given weight(Shape shape, ElementType element = ElementType::f32) {
  return {std::move(shape), element, true};
}
inline Given constant_integers(Ints values) {
  const Shape shape{static_cast<std::int64_t>(values.size())};
  return {shape, ElementType::i64, true, Values{std::move(values)}};
}
inline Given constant_scalar(std::int64_t value) {
  return {Shape{}, ElementType::i64, true, Values{Ints{value}}};
}
inline Given constant_reals(std::vector<double> values) {
  const Shape shape{static_cast<std::int64_t>(values.size())};
  return {shape, ElementType::f32, true, Values{std::move(values)}};
}
inline Given constant_tensor(Shape shape, Ints values, ElementType element = ElementType::i64) {
  return {std::move(shape), element, true, Values{std::move(values)}};
}
inline Given container_of(Container container, std::vector<TensorType> items) {
  const auto element = items.empty() ? ElementType::f32 : items.front().element;
  return {Shape{std::ssize(items)}, element, false, {}, container, std::move(items)};
}
inline Given left_out() { return {std::nullopt}; }

// The layer is called 'it', its inputs 'x', 'w', 'b', 'c', ..., its outputs 'y', 'y1', 'y2', ...
struct OneLayer {
  std::string op;
  std::vector<Given> inputs;
  std::vector<Attribute> attributes = {};
  int opset = 17;
  std::size_t outputs = 1;
  std::string domain = {};
};

inline Tensor tensor_of(const Given& given, std::string name) {
  Tensor tensor;
  tensor.name = std::move(name);
  tensor.element = given.element;
  tensor.shape = given.shape;
  tensor.values = given.values;
  tensor.constant = given.constant;
  tensor.container = given.container;
  tensor.items = given.items;
  return tensor;
}
inline Tensor unknown_tensor(std::string name) {
  return tensor_of({std::nullopt, ElementType::undefined}, std::move(name));
}

// Not inferred yet.
inline Network network_of(const OneLayer& it) {
  static constexpr const char* kNames[] = {"x", "w", "b", "c", "d", "e", "f", "g",
                                           "h", "i", "j", "k", "l", "m", "n", "o"};
  std::vector<Tensor> tensors;
  std::vector<TensorId> inputs;
  std::vector<TensorId> outputs;
  Layer layer;
  layer.name = "it";
  layer.op = it.op;
  layer.domain = it.domain;
  layer.opset = it.opset;
  layer.attributes = it.attributes;
  for (const Given& given : it.inputs) {
    const auto id = given.shape ? static_cast<TensorId>(tensors.size()) : kNoTensor;
    if (given.shape) tensors.push_back(tensor_of(given, kNames[layer.inputs.size()]));
    layer.inputs.push_back(id);
    if (given.shape && !given.constant) inputs.push_back(id);
  }
  for (std::size_t i = 0; i < it.outputs; ++i) {
    outputs.push_back(static_cast<TensorId>(tensors.size()));
    tensors.push_back(unknown_tensor(i == 0 ? "y" : "y" + std::to_string(i)));
  }
  layer.outputs = outputs;
  return {"one layer", std::move(tensors), {std::move(layer)}, std::move(inputs), outputs};
}

inline Network infer_one(const OneLayer& it) { return infer(network_of(it)); }

// Output `i` after inference; a layer of constants is folded away, its output is still here.
inline Tensor output(const OneLayer& it, std::size_t i = 0) {
  const Network network = infer_one(it);
  return network.tensor(network.outputs().at(i));
}
inline Shape output_shape(const OneLayer& it, std::size_t i = 0) {
  return output(it, i).shape.value();
}
inline std::string shape_of(const OneLayer& it, std::size_t i = 0) {
  return to_text(output_shape(it, i));
}
// Known elements of output `i`, nothing if they are not known or of the other kind.
inline std::optional<Ints> known_integers(const OneLayer& it, std::size_t i = 0) {
  const Tensor tensor = output(it, i);
  const Ints* known = tensor.values ? tensor.values->integers() : nullptr;
  return known ? std::optional(*known) : std::nullopt;
}
inline std::optional<std::vector<double>> known_reals(const OneLayer& it, std::size_t i = 0) {
  const Tensor tensor = output(it, i);
  const std::vector<double>* known = tensor.values ? tensor.values->reals() : nullptr;
  return known ? std::optional(*known) : std::nullopt;
}
inline Work work(const OneLayer& it) { return infer_one(it).layers().at(0).work; }
inline LayerState state(const OneLayer& it) { return infer_one(it).layers().at(0).state; }

// The text of the InputError or, without one, of what is assumed; "" if there is neither.
inline std::string complaint(const OneLayer& it) {
  try {
    const Network network = infer_one(it);
    return network.assumptions().empty() ? "" : network.assumptions().front();
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace roofbeam
