// Small networks for tests of lowering: built layer by layer, shaped by the catalogue.
#pragma once

#include <string>
#include <vector>

#include "core/network/network.hpp"
#include "core/operators/infer.hpp"

namespace roofbeam::make {

class NetworkBuilder {
 public:
  TensorId input(Shape shape) {
    const auto id = tensor(std::move(shape), false);
    inputs_.push_back(id);
    return id;
  }
  TensorId weight(Shape shape) { return tensor(std::move(shape), true); }
  // Adds a layer named after its result and returns that result.
  TensorId layer(std::string op, std::vector<TensorId> inputs,
                 std::vector<Attribute> attributes = {}, std::string domain = {}) {
    const auto output = static_cast<TensorId>(tensors_.size());
    tensors_.emplace_back().name = "t" + std::to_string(output);
    Layer made;
    made.name = op + std::to_string(output);
    made.op = std::move(op);
    made.domain = std::move(domain);
    made.opset = 17;
    made.inputs = std::move(inputs);
    made.outputs = {output};
    made.attributes = std::move(attributes);
    layers_.push_back(std::move(made));
    return output;
  }
  Network build(std::vector<TensorId> outputs) {
    return infer({"net", tensors_, layers_, inputs_, std::move(outputs)});
  }

 private:
  TensorId tensor(Shape shape, bool constant) {
    Tensor made;
    made.name = "t" + std::to_string(tensors_.size());
    made.element = ElementType::f32;
    made.shape = std::move(shape);
    made.constant = constant;
    tensors_.push_back(std::move(made));
    return static_cast<TensorId>(tensors_.size() - 1);
  }

  std::vector<Tensor> tensors_;
  std::vector<Layer> layers_;
  std::vector<TensorId> inputs_;
};

}  // namespace roofbeam::make
