#include <doctest/doctest.h>
#include <fmt/core.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

using Texts = std::vector<std::string>;
const std::string kDomain = "ai.onnx.preview.training";

// Two tensors of 6 and 4 elements, each `times` times.
OneLayer optimizer(std::string op, std::size_t times, std::vector<Attribute> attributes = {}) {
  OneLayer layer{std::move(op), {data({}), data({}, ElementType::i64)}, std::move(attributes), 1};
  layer.domain = kDomain;
  layer.outputs = 2 * (times - 1);
  for (std::size_t i = 0; i < times; ++i) {
    layer.inputs.push_back(data({2, 3}));
    layer.inputs.push_back(data({4}));
  }
  return layer;
}

OneLayer gradient(std::vector<Attribute> attributes) {
  return {"Gradient", {data({2, 3}), data({4})}, std::move(attributes), 1, 1, kDomain};
}

}  // namespace

TEST_CASE("an optimizer makes new values and new states of each tensor") {
  for (const auto& [op, times] : {std::pair("Adagrad", 3u), {"Adam", 4u}, {"Momentum", 3u}}) {
    const OneLayer layer = optimizer(op, times);
    for (std::size_t i = 0; i < layer.outputs; ++i) {
      CHECK(shape_of(layer, i) == (i % 2 == 0 ? "2x3" : "4"));
    }
  }
}

TEST_CASE("an optimizer's step is counted per element") {
  const Work adagrad = work(optimizer("Adagrad", 3));
  CHECK(adagrad.ops(VectorOp::multiply) == 20);
  CHECK(adagrad.ops(VectorOp::add) == 30);
  CHECK(adagrad.ops(VectorOp::square_root) == 10);
  const Work adam =
      work(optimizer("Adam", 4, {{"norm_coefficient", 0.1}, {"norm_coefficient_post", 0.1}}));
  CHECK(adam.ops(VectorOp::multiply) == 80);
  CHECK(adam.ops(VectorOp::add) == 50);
  CHECK(adam.ops(VectorOp::divide) == 10);
  CHECK(work(optimizer("Momentum", 3)).ops(VectorOp::multiply) == 30);
  CHECK(work(optimizer("Momentum", 3, {{"mode", "nesterov"}})).ops(VectorOp::multiply) == 40);
}

TEST_CASE("a gradient has the shapes of what it differentiates by, and is not counted") {
  const OneLayer layer = gradient({{"xs", Texts{"a"}}});
  CHECK(shape_of(layer) == "2x3");
  CHECK(state(layer) == LayerState::not_shaped);
  CHECK(complaint(layer) ==
        "layer 'it' (ai.onnx.preview.training.Gradient): what the layers that it differentiates "
        "take backwards is not modelled; 2x3 is used, as the file states, but its work is not "
        "counted");
}

TEST_CASE("training that contradicts its inputs says so") {
  OneLayer odd = optimizer("Adam", 3);
  odd.outputs = 1;
  OneLayer different = optimizer("Adagrad", 3);
  different.inputs[5] = data({5});
  const std::pair<OneLayer, std::string> rows[] = {
      {odd, "it has 8 inputs; they must be a rate, a step and 4 for each tensor"},
      {different, "input 5 'e' (5) must be 4, because it belongs to input 3 'c' (4)"},
      {gradient({}), "it needs xs, the names of what it differentiates by"},
      {gradient({{"xs", Texts{"a", "b", "c"}}}), "input 2 is required but left out"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == fmt::format("layer 'it' ({}.{}): {}", kDomain, layer.op, text));
  }
}

}  // namespace roofbeam
