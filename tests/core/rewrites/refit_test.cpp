#include "core/rewrites/refit.hpp"

#include <doctest/doctest.h>

#include "core/operators/fold_quantization.hpp"
#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

// x -> quantize -> dequantize -> conv of dequantized weights -> quantize -> y
Network quantized() {
  Sketch sketch;
  const auto scale = sketch.weight({});
  const auto zero = sketch.weight({}, ElementType::i8);
  const auto x = sketch.input("x", {1, 3, 8, 8});
  const auto narrow = sketch.add("narrow", "QuantizeLinear", {x, scale, zero});
  const auto wide = sketch.add("wide", "DequantizeLinear", {narrow, scale, zero});
  const auto stored = sketch.weight({16, 3, 1, 1}, ElementType::i8);
  const auto weight = sketch.add("weight", "DequantizeLinear", {stored, scale, zero});
  const auto conv = sketch.add("conv", "Conv", {wide, weight});
  const auto y = sketch.add("y", "QuantizeLinear", {conv, scale, zero});
  const auto wide_y = sketch.add("wide_y", "DequantizeLinear", {y, scale, zero});
  const auto second = sketch.weight({4, 16, 1, 1});
  return fold_quantization(sketch.build({sketch.add("head", "Conv", {wide_y, second})}));
}

const Layer& layer_of(const Network& network, const std::string& name) {
  for (const auto& layer : network.layers()) {
    if (layer.name == name) return layer;
  }
  FAIL("no layer " << name);
  return network.layers().front();
}

TEST_CASE("a quantized layer stays one, with the work of its quantization") {
  const auto network = quantized();
  const auto& before = layer_of(network, "conv");
  REQUIRE(network.tensor(before.outputs.front()).element == ElementType::i8);
  const auto small = rewritten(network, {"resolution=4"});
  const auto& after = layer_of(small, "conv");
  CHECK(small.tensor(after.outputs.front()).element == ElementType::i8);
  CHECK(made_by(small, "conv") == "1x16x4x4");
  CHECK(after.work.macs * 4 == before.work.macs);
  for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
    CHECK(after.work.vector_ops[kind] * 4 == doctest::Approx(before.work.vector_ops[kind]));
  }
}

TEST_CASE("channels of quantized layers are scaled, their weights stay narrow") {
  const auto thin = rewritten(quantized(), {"width=0.5"});
  CHECK(made_by(thin, "conv") == "1x8x8x8");
  CHECK(read_by(thin, "conv", 1) == "8x3x1x1");
  CHECK(thin.tensor(layer_of(thin, "conv").inputs[1]).element == ElementType::i8);
}

TEST_CASE("layers that are stored as integers keep their precision") {
  const auto half = rewritten(quantized(), {"precision=fp16"});
  CHECK_FALSE(layer_of(half, "conv").precision.arithmetic);
  CHECK(assumption(half) == "precision: fp16 in 1 layer; as the file quantized them stay 2 layers");
}

TEST_CASE("what is not modelled is taken to keep its shape") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 8, 8});
  auto network = sketch.build({sketch.add("odd", "NoSuchOperator", {x})});
  network.tensor(network.outputs().front()).shape = Shape{1, 3};
  const auto small = rewritten(network, {"resolution=4"});
  CHECK(made_by(small, "odd") == "1x3");
  CHECK(assumption(small) ==
        "resolution 4: what it makes is taken to keep its shape, in one layer ('odd')");
}

TEST_CASE("shapes that contradict each other name the rewrite and the layer") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 8, 8});
  const auto half =
      sketch.add("half", "MaxPool", {x}, {{"kernel_shape", Ints{2, 2}}, {"strides", Ints{2, 2}}});
  const auto up = sketch.add("up", "ConvTranspose", {half, sketch.weight({3, 3, 2, 2})},
                             {{"strides", Ints{2, 2}}});
  const auto network = sketch.build({sketch.add("sum", "Add", {x, up})});
  CHECK(complaint(network, "resolution=7").starts_with("resolution 7: layer 'sum' (Add)"));
}

TEST_CASE("shape layers come back and are folded again") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 8, 8});
  const auto shape = sketch.add("shape", "Shape", {x});
  const auto y = sketch.add("y", "Reshape", {sketch.add("relu", "Relu", {x}), shape});
  const auto network = sketch.build({y});
  CHECK(network.layers().size() == 2);
  CHECK(network.notes().shape_layers.size() == 1);
  const auto open = with_shape_layers(network);
  CHECK(open.layers().size() == 3);
  CHECK(open.notes().shape_layers.empty());
}

}  // namespace
}  // namespace roofbeam
