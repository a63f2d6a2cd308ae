#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr auto u8 = ElementType::u8;

const Given kScale = weight({});
const Given kZero = weight({}, u8);

OneLayer layer(std::string op, std::vector<Given> inputs, std::vector<Attribute> attributes = {}) {
  return {std::move(op), std::move(inputs), std::move(attributes), 1, 1, "com.microsoft"};
}

OneLayer unary(std::string op, Shape x, std::vector<Attribute> attributes = {}) {
  return layer(std::move(op), {data(std::move(x), u8), kScale, kZero, kScale, kZero},
               std::move(attributes));
}

OneLayer binary(std::string op, Shape a, Shape b) {
  return layer(std::move(op), {data(std::move(a), u8), kScale, kZero, data(std::move(b), u8),
                               kScale, kZero, kScale, kZero});
}

OneLayer concat(std::vector<Attribute> attributes) {
  return layer("QLinearConcat",
               {kScale, kZero, data({2, 3}, u8), kScale, kZero, data({2, 5}, u8), kScale, kZero},
               std::move(attributes));
}

}  // namespace

TEST_CASE("quantized operands are broadcast, dequantized, and their result quantized again") {
  CHECK(shape_of(binary("QLinearAdd", {2, 3}, {3})) == "2x3");
  CHECK(output(binary("QLinearAdd", {2, 3}, {3})).element == u8);
  CHECK(work(binary("QLinearAdd", {2, 3}, {3})).ops(VectorOp::add) == 6 * 4);
  CHECK(work(binary("QLinearAdd", {2, 3}, {3})).ops(VectorOp::multiply) == 6 * 3);
  CHECK(work(binary("QLinearMul", {2, 3}, {3})).ops(VectorOp::add) == 6 * 3);
  CHECK(work(binary("QLinearMul", {2, 3}, {3})).ops(VectorOp::multiply) == 6 * 2);
  CHECK(work(binary("QLinearMul", {2, 3}, {3})).ops(VectorOp::compare) == 6 * 2);
  CHECK(complaint(binary("QLinearMul", {2, 3}, {2})) ==
        "layer 'it' (com.microsoft.QLinearMul): shapes 2x3 and 2 do not broadcast");
}

TEST_CASE("quantized activations keep their shape") {
  CHECK(shape_of(unary("QLinearSigmoid", {2, 3})) == "2x3");
  CHECK(work(unary("QLinearSigmoid", {2, 3})).ops(VectorOp::exponential) == 6);
  CHECK(shape_of(unary("QLinearLeakyRelu", {2, 3})) == "2x3");
  CHECK(work(unary("QLinearLeakyRelu", {2, 3})).ops(VectorOp::compare) == 18);
  CHECK(work(unary("QLinearSoftmax", {2, 3}, {{"opset", 13}})).ops(VectorOp::exponential) == 6);
}

TEST_CASE("the opset of a quantized softmax says what its axis is if left out") {
  CHECK(complaint(unary("QLinearSoftmax", {3}, {{"opset", 13}})) == "");
  CHECK(complaint(unary("QLinearSoftmax", {3}, {{"opset", 12}})) ==
        "layer 'it' (com.microsoft.QLinearSoftmax): axis 1 lies outside a tensor of 1 dimensions; "
        "it may be -1 to 0");
}

TEST_CASE("a quantized mean reduces the axes that it names, or all") {
  CHECK(shape_of(unary("QLinearReduceMean", {2, 3, 4}, {{"axes", Ints{1, -1}}})) == "2x1x1");
  CHECK(shape_of(unary("QLinearReduceMean", {2, 3, 4}, {{"axes", Ints{1}}, {"keepdims", 0}})) ==
        "2x4");
  CHECK(shape_of(unary("QLinearReduceMean", {2, 3, 4}, {{"keepdims", 0}})) == "scalar");
  CHECK(work(unary("QLinearReduceMean", {2, 3, 4}, {{"axes", Ints{1}}})).ops(VectorOp::add) ==
        24 + 8);
}

TEST_CASE("every third input of a quantized Concat is a part") {
  CHECK(shape_of(concat({{"axis", 1}})) == "2x8");
  CHECK(output(concat({{"axis", 1}})).element == u8);
  CHECK(work(concat({{"axis", 1}})).ops(VectorOp::multiply) == 32);
  CHECK(complaint(concat({{"axis", 0}})) ==
        "layer 'it' (com.microsoft.QLinearConcat): cannot join input 2 'b' (2x3) and input 5 'e' "
        "(2x5) along axis 0: the other dimensions differ");
}

TEST_CASE("a quantized Where broadcasts condition and operands") {
  const OneLayer where =
      layer("QLinearWhere", {data({4, 1}, ElementType::boolean), data({3}, u8), kScale, kZero,
                             data({}, u8), kScale, kZero, kScale, kZero});
  CHECK(shape_of(where) == "4x3");
  CHECK(output(where).element == u8);
  CHECK(work(where).ops(VectorOp::compare) == 36);
}

TEST_CASE("scales may not be left out") {
  CHECK(complaint(layer("QLinearSigmoid", {data({2}, u8), kScale, kZero})) ==
        "layer 'it' (com.microsoft.QLinearSigmoid): input 3 is required but left out");
}

}  // namespace roofbeam
