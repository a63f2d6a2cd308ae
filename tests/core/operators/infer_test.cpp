#include "core/operators/totals.hpp"

#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

// Layers as {operator, inputs, output}, all of opset 17; tensors by name. What no layer makes and
// is not constant is an input; the last layer's output is the network's.
class Builder {
 public:
  void tensor(std::string name, const Given& given) {
    tensors_.push_back(tensor_of(given, std::move(name)));
  }
  void layer(std::string op, const std::vector<std::string>& inputs, const std::string& output,
             std::vector<Attribute> attributes = {}, std::string domain = {}) {
    Layer layer;
    layer.name = output;
    layer.op = std::move(op);
    layer.domain = std::move(domain);
    layer.opset = 17;
    layer.attributes = std::move(attributes);
    for (const std::string& input : inputs) layer.inputs.push_back(id(input));
    layer.outputs = {id(output)};
    layers_.push_back(std::move(layer));
  }
  [[nodiscard]] Network build() {
    std::vector<bool> made(tensors_.size());
    for (const Layer& layer : layers_) made[static_cast<std::size_t>(layer.outputs[0])] = true;
    std::vector<TensorId> inputs;
    for (std::size_t i = 0; i < tensors_.size(); ++i) {
      if (!made[i] && !tensors_[i].constant) inputs.push_back(static_cast<TensorId>(i));
    }
    const std::vector<TensorId> outputs = layers_.back().outputs;
    return {"net", std::move(tensors_), std::move(layers_), std::move(inputs), outputs};
  }

 private:
  TensorId id(const std::string& name) {
    for (std::size_t i = 0; i < tensors_.size(); ++i) {
      if (tensors_[i].name == name) return static_cast<TensorId>(i);
    }
    tensors_.push_back(unknown_tensor(name));
    return static_cast<TensorId>(tensors_.size() - 1);
  }

  std::vector<Tensor> tensors_;
  std::vector<Layer> layers_;
};

const Tensor& tensor(const Network& network, std::string_view name) {
  for (const Tensor& tensor : network.tensors()) {
    if (tensor.name == name) return tensor;
  }
  FAIL("no such tensor");
  return network.tensors()[0];
}

std::string ops(const Network& network) {
  std::string names;
  for (const Layer& layer : network.layers()) names += (names.empty() ? "" : " ") + layer.op;
  return names;
}

}  // namespace

TEST_CASE("shapes and work follow the layers") {
  Builder net;
  net.tensor("x", data({1, 3, 8, 8}));
  net.tensor("w", weight({4, 3, 3, 3}));
  net.layer("Conv", {"x", "w"}, "conv");
  net.layer("GlobalAveragePool", {"conv"}, "pool");
  const Network network = infer(net.build());
  CHECK(to_text(*tensor(network, "conv").shape) == "1x4x6x6");
  CHECK(to_text(*tensor(network, "pool").shape) == "1x4x1x1");
  CHECK(network.layers()[0].state == LayerState::modelled);
  const Totals sums = totals(network);
  CHECK(sums.layers == 2);
  CHECK(sums.macs == 4 * 36 * 27);
  CHECK(sums.parameters == 108);
  CHECK(sums.weight_bytes == 432);
}

TEST_CASE("a layer of constants makes a weight and is folded away") {
  Builder net;
  net.tensor("x", data({2, 4}));
  net.tensor("a", weight({4, 5}));
  net.tensor("b", weight({5, 3}));
  net.layer("MatMul", {"a", "b"}, "w");
  net.layer("MatMul", {"x", "w"}, "y");
  const Network network = infer(net.build());
  CHECK(ops(network) == "MatMul");
  CHECK(tensor(network, "w").constant);
  CHECK(totals(network).parameters == 4 * 5 + 5 * 3);  // as the file has them
  CHECK(totals(network).macs == 2 * 4 * 3);
}

TEST_CASE("the shape of a tensor that is not constant is") {
  Builder net;
  net.tensor("x", data({2, 4}));
  net.layer("Shape", {"x"}, "shape");
  net.layer("Identity", {"shape"}, "same");
  net.layer("Softmax", {"x"}, "y");
  const Network network = infer(net.build());
  CHECK(ops(network) == "Softmax");
  REQUIRE(tensor(network, "same").values);
  CHECK(*tensor(network, "same").values->integers() == Ints{2, 4});
}

TEST_CASE("what is not in the catalogue is counted, and so is what cannot be shaped after it") {
  Builder net;
  net.tensor("x", data({2, 4}));
  net.tensor("w", weight({4, 4}));
  net.layer("Mystery", {"x", "w"}, "m");
  net.layer("Softmax", {"m"}, "s");
  net.layer("Puzzle", {"s"}, "p", {}, "com.example");
  net.layer("Softmax", {"p"}, "y");
  const Network network = infer(net.build());
  CHECK(network.layers()[0].state == LayerState::not_modelled);
  CHECK(network.layers()[1].state == LayerState::not_shaped);
  CHECK_FALSE(tensor(network, "s").shape);
  const Totals sums = totals(network);
  CHECK(sums.layers == 4);
  CHECK(sums.not_modelled ==
        std::map<std::string, std::int64_t>{{"Mystery", 1}, {"com.example.Puzzle", 1}});
  CHECK(sums.not_shaped == std::map<std::string, std::int64_t>{{"Softmax", 2}});
  CHECK(sums.parameters == 16);
}

TEST_CASE("a layer that is not modelled keeps the shapes that the file states") {
  Builder net;
  net.tensor("x", data({2, 4}));
  net.tensor("m", data({2, 6}));
  net.layer("Mystery", {"x"}, "m");
  net.layer("Softmax", {"m"}, "y");
  const Network network = infer(net.build());
  CHECK(network.layers()[1].state == LayerState::modelled);
  CHECK(to_text(*tensor(network, "y").shape) == "2x6");
}

TEST_CASE("the catalogue knows better than the file") {
  Builder net;
  net.tensor("x", data({2, 4}));
  net.tensor("y", data({9, 9}));
  net.layer("Softmax", {"x"}, "y");
  CHECK(to_text(*tensor(infer(net.build()), "y").shape) == "2x4");
}

TEST_CASE("weights are counted once, in their stored size, and scalars and indices are not") {
  struct Row {
    ElementType element;
    Shape shape;
    std::int64_t parameters;
    std::int64_t bytes;
  };
  const Row rows[] = {
      {ElementType::f32, {4, 3}, 12, 48}, {ElementType::f16, {4, 3}, 12, 24},
      {ElementType::i8, {4, 3}, 12, 12},  {ElementType::i4, {4, 3}, 12, 6},
      {ElementType::i4, {1, 3}, 3, 2},  // 12 bits
      {ElementType::i4, {1, 4}, 4, 2},    {ElementType::i64, {4, 3}, 0, 0},
      {ElementType::boolean, {4}, 0, 0},  {ElementType::f32, {}, 0, 0},
  };
  for (const Row& row : rows) {
    Builder net;
    net.tensor("x", data({1, 4}));
    net.tensor("w", weight(row.shape, row.element));
    net.layer("Mystery", {"x", "w"}, "m");
    net.layer("Mystery", {"m", "w"}, "y");
    const Totals sums = totals(infer(net.build()));
    CAPTURE(to_text(row.element));
    CHECK(sums.parameters == row.parameters);
    CHECK(sums.weight_bytes == row.bytes);
  }
}

TEST_CASE("a tensor has less than 2^63 bits and no negative dimension") {
  const auto complaint_about = [](Shape shape) {
    return complaint({"Mystery", {data(std::move(shape))}});
  };
  const std::int64_t elements = std::int64_t{1} << 58;  // of 32 bits: 2^63
  CHECK(complaint_about({elements - 1}) == "");
  CHECK(complaint_about({elements}) ==
        "tensor 'x' (288230376151711744) has more than 2^63 - 1 bits");
  CHECK(complaint_about({elements - 1, 0}) == "");
  CHECK(complaint_about({elements, 0}) ==
        "tensor 'x' (288230376151711744x0) has more than 2^63 - 1 bits");
  CHECK(complaint_about({2, -1}) == "tensor 'x' (2x-1) has a negative dimension");
}

TEST_CASE("sums that leave 63 bits are complaints") {
  const std::int64_t side = std::int64_t{1} << 20;
  Builder net;
  net.tensor("x", data({side, side}));
  net.layer("MatMul", {"x", "x"}, "a");
  for (const auto* name : {"b", "c", "d", "e", "f", "g", "h"})
    net.layer("MatMul", {"x", "x"}, name);
  const Network network = infer(net.build());
  CHECK_THROWS_WITH_AS((void)totals(network), "the layers' MACs add up to more than 2^63 - 1",
                       InputError);
}

}  // namespace roofbeam
