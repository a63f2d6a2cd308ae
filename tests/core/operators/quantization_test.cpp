#include <doctest/doctest.h>

#include "core/operators/operator.hpp"
#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr auto u8 = ElementType::u8;
constexpr auto i8 = ElementType::i8;

const Given kScale = weight({});
const Given kZero = constant_tensor({}, {0}, u8);
const Given kShift = constant_tensor({}, {128}, u8);

OneLayer scaled(std::string op, Shape x, Shape scale, std::vector<Attribute> attributes = {}) {
  return {std::move(op), {data(std::move(x)), weight(std::move(scale))}, std::move(attributes), 21};
}

OneLayer qlinear_conv(Shape x, Shape w, Given x_zero, Shape w_scale = {}) {
  return {"QLinearConv",
          {data(std::move(x), u8), kScale, std::move(x_zero), weight(std::move(w), i8),
           weight(w_scale), weight(w_scale, i8), kScale, kZero}};
}

}  // namespace

TEST_CASE("quantized elements keep their shape and have the type of the zero point") {
  OneLayer layer = scaled("QuantizeLinear", {2, 3, 4}, {});
  CHECK(shape_of(layer) == "2x3x4");
  CHECK(output(layer).element == u8);
  CHECK(work(layer).ops(VectorOp::divide) == 24);
  CHECK(work(layer).ops(VectorOp::add) == 24);
  CHECK(work(layer).ops(VectorOp::compare) == 48);
  layer.attributes = {{"output_dtype", 22}};
  CHECK(output(layer).element == ElementType::i4);
  layer.inputs.push_back(weight({}, i8));
  CHECK(output(layer).element == i8);
}

TEST_CASE("dequantized elements have the type of the scale unless the file asks for another") {
  OneLayer layer{"DequantizeLinear", {weight({3, 4}, i8), weight({4}, ElementType::f16)}, {}, 23};
  layer.inputs[0].constant = false;
  CHECK(output(layer).element == ElementType::f16);
  CHECK(work(layer).ops(VectorOp::multiply) == 12);
  CHECK(work(layer).ops(VectorOp::add) == 0);
  layer.attributes = {{"output_dtype", 16}};
  CHECK(output(layer).element == ElementType::bf16);
  layer.inputs.push_back(weight({4}, i8));
  CHECK(work(layer).ops(VectorOp::add) == 12);
}

TEST_CASE("there is one scale for all, for each slice along the axis, or for each block") {
  const std::pair<OneLayer, std::string> rows[] = {
      {scaled("QuantizeLinear", {2, 3, 8}, {}), ""},
      {scaled("QuantizeLinear", {8}, {1}), ""},
      {scaled("QuantizeLinear", {2, 3, 8}, {3}), ""},
      {scaled("QuantizeLinear", {2, 3, 8}, {2}),
       "input 1 'w' (2) must be 3, because it is one number or one for each slice of input 0 'x' "
       "(2x3x8) along axis 1"},
      {scaled("QuantizeLinear", {2, 3, 8}, {8}, {{"axis", -1}}), ""},
      {scaled("QuantizeLinear", {8}, {8}),
       "axis 1 lies outside a tensor of 1 dimensions; it may be -1 to 0"},
      // 8 elements are 4 blocks of 2 or 3 of 3.
      {scaled("QuantizeLinear", {2, 3, 8}, {2, 3, 4}, {{"axis", 2}, {"block_size", 2}}), ""},
      {scaled("QuantizeLinear", {2, 3, 8}, {2, 3, 3}, {{"axis", 2}, {"block_size", 3}}), ""},
      {scaled("QuantizeLinear", {2, 3, 8}, {2, 3, 2}, {{"axis", 2}, {"block_size", 3}}),
       "input 1 'w' (2x3x2) must be 2x3x3, because input 0 'x' (2x3x8) is quantized in blocks of 3 "
       "along axis 2"},
      {scaled("QuantizeLinear", {2, 3}, {3}, {{"block_size", -1}}),
       "block_size is -1; it must be at least 0"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == (text.empty() ? "" : "layer 'it' (QuantizeLinear): " + text));
  }
}

TEST_CASE("a zero point has the shape of its scale") {
  OneLayer layer = scaled("DequantizeLinear", {2, 3}, {3});
  layer.inputs.push_back(weight({3}, u8));
  CHECK(complaint(layer) == "");
  layer.inputs[2] = weight({2}, u8);
  CHECK(complaint(layer) ==
        "layer 'it' (DequantizeLinear): input 2 'b' (2) must be 3, because the scale has this "
        "shape");
  layer.inputs[1] = weight({1});
  layer.inputs[2] = weight({}, u8);
  CHECK(complaint(layer) == "");
}

TEST_CASE("scales and zero points are stored with the weights but are not parameters") {
  const OneLayer layer{"MatMulInteger",
                       {data({2, 4}, u8), weight({4, 3}, i8), kZero, weight({3}, i8)}};
  const Totals sums = totals(infer_one(layer));
  CHECK(sums.parameters == 12);
  CHECK(sums.weight_bytes == 12 + 3);
}

TEST_CASE("dynamic quantization also makes a scale and a zero point") {
  const OneLayer layer{"DynamicQuantizeLinear", {data({2, 3})}, {}, 17, 3};
  CHECK(output(layer, 0).element == u8);
  CHECK(shape_of(layer, 1) == "scalar");
  CHECK(output(layer, 1).element == ElementType::f32);
  CHECK(output(layer, 2).element == u8);
  CHECK(work(layer).ops(VectorOp::compare) == 4 * 6);  // smallest, largest, two limits
}

TEST_CASE("a quantized convolution has a float one's shape and MACs, and requantizes") {
  const OneLayer layer = qlinear_conv({1, 3, 8, 8}, {4, 3, 3, 3}, kZero, {4});
  CHECK(shape_of(layer) == "1x4x6x6");
  CHECK(output(layer).element == u8);
  CHECK(work(layer).macs == 4 * 36 * 27);
  CHECK(work(layer).ops(VectorOp::compare) == 2 * 144);
  // Requantization; then the weight's zero points, not known to be zero, and the sum of the data.
  CHECK(work(layer).ops(VectorOp::multiply) == 144 + 144);
  CHECK(work(layer).ops(VectorOp::add) == 144 + 144 + 192);
  CHECK(find_operator("", "QLinearConv")->acts_like == "Conv");
}

TEST_CASE("zero points cost work unless they are known to be zero") {
  const auto product = [](Given a_zero, Given b) {
    return work({"MatMulInteger", {data({2, 4}, u8), std::move(b), std::move(a_zero)}});
  };
  CHECK(product(left_out(), weight({4, 3}, i8)).macs == 24);
  CHECK(product(left_out(), weight({4, 3}, i8)).ops(VectorOp::add) == 0);
  CHECK(product(kZero, weight({4, 3}, i8)).ops(VectorOp::add) == 0);
  CHECK(product(kShift, weight({4, 3}, i8)).ops(VectorOp::multiply) == 6);
  CHECK(product(kShift, weight({4, 3}, i8)).ops(VectorOp::add) == 6);     // sums are constant
  CHECK(product(kShift, data({4, 3}, i8)).ops(VectorOp::add) == 6 + 12);  // sums of the columns
  CHECK(product(data({}, u8), weight({4, 3}, i8)).ops(VectorOp::add) == 6);
}

TEST_CASE("integer products make 32-bit integers") {
  const OneLayer conv{"ConvInteger", {data({1, 2, 5}, u8), weight({3, 2, 2}, i8), kZero}};
  CHECK(shape_of(conv) == "1x3x4");
  CHECK(output(conv).element == ElementType::i32);
  CHECK(work(conv).macs == 3 * 4 * 4);
  const OneLayer matmul{"MatMulInteger", {data({5, 2, 4}, u8), weight({4, 3}, i8)}};
  CHECK(shape_of(matmul) == "5x2x3");
  CHECK(output(matmul).element == ElementType::i32);
}

TEST_CASE("a quantized matrix product has its right operand at input 3") {
  const OneLayer layer{"QLinearMatMul",
                       {data({2, 4}, u8), kScale, kZero, weight({4, 3}, i8), kScale,
                        constant_tensor({}, {0}, i8), kScale, constant_tensor({}, {0}, i8)}};
  CHECK(shape_of(layer) == "2x3");
  CHECK(output(layer).element == i8);
  CHECK(work(layer).macs == 24);
  CHECK(work(layer).matrix.m == 2);
  CHECK(work(layer).ops(VectorOp::multiply) == 6);
  CHECK(work(layer).ops(VectorOp::add) == 6);
}

TEST_CASE("quantized operators that contradict their inputs say so") {
  OneLayer short_conv = qlinear_conv({1, 3, 8, 8}, {4, 3, 3, 3}, kZero);
  short_conv.inputs.pop_back();
  OneLayer wrong_bias = qlinear_conv({1, 3, 8, 8}, {4, 3, 3, 3}, kZero);
  wrong_bias.inputs.push_back(weight({3}, ElementType::i32));
  const std::pair<OneLayer, std::string> rows[] = {
      {short_conv, "input 7 is required but left out"},
      {wrong_bias, "input 8 'h' (3) must be 4, because the weight 'c' (4x3x3x3) makes 4 channels"},
      {qlinear_conv({1, 3, 8, 8}, {4, 3, 3, 3}, kZero, {3}),
       "input 4 'd' (3) must be 4, because it is one number or one for each of 4 channels"},
      {qlinear_conv({1, 2, 8, 8}, {4, 3, 3, 3}, kZero),
       "the weight 'c' (4x3x3x3) wants 3 input channels per group, the input 'x' (1x2x8x8) has 2"},
      {{"MatMulInteger", {data({2, 4}, u8), weight({3, 3}, i8)}},
       "input 0 'x' (2x4) and input 1 'w' (3x3) do not multiply: 4 columns meet 3 rows"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
