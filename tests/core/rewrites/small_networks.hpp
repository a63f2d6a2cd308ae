// Networks small enough to work out by hand, and what a rewrite makes of them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/input_error.hpp"
#include "core/network/network.hpp"
#include "core/operators/infer.hpp"
#include "core/operators/totals.hpp"
#include "core/rewrites/rewrite.hpp"

namespace roofbeam {

// Layers are called as they are added, their outputs likewise.
class Sketch {
 public:
  TensorId input(const std::string& name, Shape shape, ElementType element = ElementType::f32) {
    const auto id = tensor(name, std::move(shape), element);
    inputs_.push_back(id);
    return id;
  }
  TensorId weight(Shape shape, ElementType element = ElementType::f32) {
    const auto id = tensor("w" + std::to_string(tensors_.size()), std::move(shape), element);
    tensors_.back().constant = true;
    return id;
  }
  TensorId integers(std::vector<std::int64_t> values) {
    const auto id = weight({std::ssize(values)}, ElementType::i64);
    tensors_.back().values = Values{std::move(values)};
    return id;
  }
  TensorId scalar(std::int64_t value) {
    const auto id = weight({}, ElementType::i64);
    tensors_.back().values = Values{std::vector<std::int64_t>{value}};
    return id;
  }
  std::vector<TensorId> layer(const std::string& name, const std::string& op,
                              std::vector<TensorId> inputs, std::vector<Attribute> attributes = {},
                              std::size_t outputs = 1) {
    Layer made;
    made.name = name;
    made.op = op;
    made.opset = 17;
    made.inputs = std::move(inputs);
    made.attributes = std::move(attributes);
    for (std::size_t i = 0; i < outputs; ++i) {
      tensors_.emplace_back().name = i == 0 ? name : name + std::to_string(i);
      made.outputs.push_back(static_cast<TensorId>(tensors_.size() - 1));
    }
    layers_.push_back(made);
    return made.outputs;
  }
  TensorId add(const std::string& name, const std::string& op, std::vector<TensorId> inputs,
               std::vector<Attribute> attributes = {}) {
    return layer(name, op, std::move(inputs), std::move(attributes)).front();
  }
  [[nodiscard]] Network build(std::vector<TensorId> outputs) const {
    return infer(Network("sketch", tensors_, layers_, inputs_, std::move(outputs)));
  }

 private:
  TensorId tensor(const std::string& name, Shape shape, ElementType element) {
    auto& made = tensors_.emplace_back();
    made.name = name;
    made.element = element;
    made.shape = std::move(shape);
    return static_cast<TensorId>(tensors_.size() - 1);
  }
  std::vector<Tensor> tensors_;
  std::vector<Layer> layers_;
  std::vector<TensorId> inputs_;
};

using Ints = std::vector<std::int64_t>;

inline Network rewritten(const Network& network, const std::vector<std::string>& texts) {
  std::vector<Rewrite> all;
  for (const auto& text : texts) all.push_back(parse_rewrite("--rewrite", text));
  return rewrite(network, all);
}

// The shape of what a layer makes, or "none".
inline std::string made_by(const Network& network, const std::string& name) {
  for (const auto& layer : network.layers()) {
    if (layer.name == name) return to_text(*network.tensor(layer.outputs.front()).shape);
  }
  return "none";
}

// The shape of input `i` of a layer.
inline std::string read_by(const Network& network, const std::string& name, std::size_t i) {
  for (const auto& layer : network.layers()) {
    if (layer.name == name) return to_text(*network.tensor(layer.inputs.at(i)).shape);
  }
  return "none";
}

inline std::string assumption(const Network& network, std::size_t i = 0) {
  return i < network.assumptions().size() ? network.assumptions()[i] : "";
}

inline std::string complaint(const Network& network, const std::string& text) {
  try {
    static_cast<void>(rewritten(network, {text}));
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace roofbeam
