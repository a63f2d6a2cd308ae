#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr auto i8 = ElementType::i8;
constexpr auto u8 = ElementType::u8;

OneLayer layer(std::string op, std::vector<Given> inputs, std::vector<Attribute> attributes = {},
               std::size_t outputs = 1) {
  return {std::move(op), std::move(inputs), std::move(attributes), 1, outputs, "com.microsoft"};
}

// 10 tokens of 6 channels, 4 experts with 8 inner channels.
OneLayer experts(std::vector<Attribute> attributes) {
  return layer("MoE",
               {data({2, 5, 6}), data({10, 4}), weight({4, 8, 6}), weight({4, 8}),
                weight({4, 6, 8}), weight({4, 6})},
               std::move(attributes));
}

OneLayer lstm(std::int64_t directions, std::vector<Attribute> attributes = {}) {
  const Given zero = weight({directions}, i8);
  const Given scale = weight({directions});
  return layer(
      "DynamicQuantizeLSTM",
      {data({7, 2, 3}), weight({directions, 3, 20}, i8), weight({directions, 5, 20}, i8),
       left_out(), left_out(), left_out(), left_out(), left_out(), scale, zero, scale, zero},
      std::move(attributes), 3);
}

}  // namespace

TEST_CASE("every token runs through the experts chosen for it, not through all") {
  CHECK(shape_of(experts({{"k", 2}})) == "2x5x6");
  CHECK(work(experts({{"k", 2}})).macs == 10 * 2 * (48 + 48));
  CHECK(work(experts({{"k", 2}})).matrix.m == 20);
  CHECK(work(experts({{"k", 1}})).macs == 10 * (48 + 48));
  CHECK(work(experts({})).ops(VectorOp::exponential) == 40);  // the router's softmax
  CHECK(work(experts({})).ops(VectorOp::compare) == 40 + 40 + 80);
  CHECK(work(experts({{"activation_type", "silu"}})).ops(VectorOp::exponential) == 40 + 80);
  CHECK(totals(infer_one(experts({}))).parameters == 4 * (48 + 8 + 48 + 6));
}

TEST_CASE("a third layer of experts multiplies too") {
  OneLayer it = experts({{"k", 1}});
  it.inputs.push_back(weight({4, 8, 6}));
  CHECK(work(it).macs == 10 * 3 * 48);
}

TEST_CASE("packed experts have several weights in a byte") {
  const auto packed = [](std::int64_t bits, std::int64_t per_byte) {
    return layer("QMoE",
                 {data({10, 16}), data({10, 4}), weight({4, 8, 16 / per_byte}, u8), weight({4, 8}),
                  left_out(), weight({4, 16, 8 / per_byte}, u8), weight({4, 16})},
                 {{"k", 2}, {"expert_weight_bits", bits}});
  };
  for (const auto& [bits, per_byte] : {std::pair{8, 1}, std::pair{4, 2}, std::pair{2, 4}}) {
    CAPTURE(bits);
    CHECK(shape_of(packed(bits, per_byte)) == "10x16");
    CHECK(work(packed(bits, per_byte)).macs == 20 * 2 * 128);
    CHECK(totals(infer_one(packed(bits, per_byte))).parameters == 4 * 256 / per_byte);
  }
  CHECK(complaint(packed(3, 1)) ==
        "layer 'it' (com.microsoft.QMoE): expert_weight_bits is 3; it must be 2, 4 or 8");
}

TEST_CASE("experts that do not fit say so") {
  OneLayer wrong = experts({});
  wrong.inputs[2] = weight({3, 8, 6});
  OneLayer none = experts({});
  none.inputs[1] = data({10, 0});
  OneLayer flat = experts({});
  flat.inputs[0] = data({6});
  const std::pair<OneLayer, std::string> rows[] = {
      {experts({{"k", 0}}), "k is 0; it must be 1 to the 4 experts"},
      {experts({{"k", 5}}), "k is 5; it must be 1 to the 4 experts"},
      {experts({{"activation_type", "sinus"}}),
       "activation_type is 'sinus'; it must be relu, gelu, silu, swiglu or identity"},
      {wrong, "input 2 'b' (3x8x6) has 3 experts, input 1 'w' (10x4) has 4"},
      {none, "input 1 'w' (10x0) has no experts"},
      {flat, "input 0 'x' (6) needs at least 2 dimensions"},
  };
  for (const auto& [it, text] : rows) {
    CHECK(complaint(it) == "layer 'it' (com.microsoft.MoE): " + text);
  }
}

TEST_CASE("a quantized LSTM has four gates in each direction") {
  CHECK(shape_of(lstm(1)) == "7x1x2x5");
  CHECK(shape_of(lstm(1), 1) == "1x2x5");
  CHECK(work(lstm(1)).macs == 14 * 20 * (3 + 5));
  const OneLayer both = lstm(2, {{"direction", "bidirectional"}});
  CHECK(shape_of(both) == "7x2x2x5");
  CHECK(work(both).macs == 2 * 14 * 20 * 8);
  CHECK(work(both).ops(VectorOp::exponential) == 140 * 5);
  CHECK(complaint(lstm(2)) ==
        "layer 'it' (com.microsoft.DynamicQuantizeLSTM): input 1 'w' (2x3x20) must be 1x3x20, "
        "because of its directions, input and hidden size");
}

}  // namespace roofbeam
