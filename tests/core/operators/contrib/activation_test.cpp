#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer layer(std::string op, std::vector<Given> inputs, std::size_t outputs = 1) {
  return {std::move(op), std::move(inputs), {}, 1, outputs, "com.microsoft"};
}

}  // namespace

TEST_CASE("every Gelu has one exponential per element, a bias adds one more") {
  for (const std::string op : {"Gelu", "FastGelu", "QuickGelu"}) {
    CAPTURE(op);
    CHECK(shape_of(layer(op, {data({2, 3})})) == "2x3");
    CHECK(work(layer(op, {data({2, 3})})).ops(VectorOp::exponential) == 6);
    CHECK(work(layer(op, {data({2, 3})})).ops(VectorOp::add) == 6);
  }
  for (const std::string op : {"BiasGelu", "FastGelu"}) {
    CHECK(work(layer(op, {data({2, 3}), weight({3})})).ops(VectorOp::add) == 12);
  }
  CHECK(complaint(layer("BiasGelu", {data({2, 3}), weight({2})})) ==
        "layer 'it' (com.microsoft.BiasGelu): input 1 'w' (2) does not broadcast to 2x3");
}

TEST_CASE("half of the channels gate the other half") {
  const OneLayer gelu = layer("BiasSplitGelu", {data({1, 4, 6}), weight({6})});
  CHECK(shape_of(gelu) == "1x4x3");
  CHECK(work(gelu).ops(VectorOp::exponential) == 12);
  CHECK(work(gelu).ops(VectorOp::add) == 24 + 12);
  CHECK(complaint(layer("BiasSplitGelu", {data({1, 4, 5}), weight({5})})) ==
        "layer 'it' (com.microsoft.BiasSplitGelu): input 0 'x' (1x4x5) must have an even last "
        "dimension");
}

TEST_CASE("biases and residuals are one add each") {
  CHECK(
      work(layer("BiasAdd", {data({2, 4, 3}), weight({3}), data({2, 4, 3})})).ops(VectorOp::add) ==
      48);
  CHECK(work(layer("BiasSoftmax", {data({2, 3}), data({2, 3})})).ops(VectorOp::add) == 18);
  CHECK(work(layer("BiasDropout", {data({2, 3}), weight({3})})).ops(VectorOp::add) == 6);
  CHECK(work(layer("BiasDropout", {data({2, 3}), weight({3}), data({2, 3})})).ops(VectorOp::add) ==
        12);
}

TEST_CASE("a dropout's mask has a boolean for every element, or a bit") {
  const OneLayer dropout = layer("BiasDropout", {data({3, 11}), weight({11})}, 2);
  CHECK(shape_of(dropout, 1) == "3x11");
  CHECK(output(dropout, 1).element == ElementType::boolean);
  CHECK(shape_of(layer("BitmaskDropout", {data({3, 11})}, 2), 1) == "2");  // 33 bits
  CHECK(shape_of(layer("BitmaskDropout", {data({4, 8})}, 2), 1) == "1");
  CHECK(output(layer("BitmaskDropout", {data({4, 8})}, 2), 1).element == ElementType::u32);
  CHECK(state(layer("BitmaskDropout", {data({4, 8})}, 2)) == LayerState::view);
}

}  // namespace roofbeam
