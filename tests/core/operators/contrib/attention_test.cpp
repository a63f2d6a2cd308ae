#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer layer(std::string op, std::vector<Given> inputs, std::vector<Attribute> attributes,
               std::size_t outputs = 1) {
  return {std::move(op), std::move(inputs), std::move(attributes), 1, outputs, "com.microsoft"};
}

// 2 sequences of 5 tokens of 12 channels; 3 heads of 4.
OneLayer attention(Given past = left_out(), std::vector<Attribute> more = {}) {
  more.push_back({"num_heads", 3});
  return layer("Attention",
               {data({2, 5, 12}), weight({12, 36}), weight({36}), left_out(), std::move(past)},
               std::move(more), 2);
}

constexpr std::int64_t kProjection = 10 * 12 * 36;
constexpr std::int64_t kScores = 2 * 3 * 5 * 5;

}  // namespace

TEST_CASE("attention projects its input, then every query meets every key") {
  CHECK(shape_of(attention()) == "2x5x12");
  CHECK(shape_of(attention(), 1) == "2x2x3x5x4");
  const Work counted = work(attention());
  CHECK(counted.macs == kProjection + kScores * (4 + 4));
  CHECK(counted.matrix.m == 10);
  CHECK(counted.matrix.n == 36);
  CHECK(counted.ops(VectorOp::exponential) == kScores);
  CHECK(counted.ops(VectorOp::add) == 2 * kScores + 360);
  CHECK(work(attention(left_out(), {{"unidirectional", 1}})).ops(VectorOp::add) ==
        3 * kScores + 360);
  CHECK(totals(infer_one(attention())).parameters == 12 * 36 + 36);
}

TEST_CASE("keys of the past come before the new ones") {
  const Given past = data({2, 2, 3, 7, 4});
  CHECK(shape_of(attention(past), 1) == "2x2x3x12x4");
  CHECK(work(attention(past)).ops(VectorOp::exponential) == 2 * 3 * 5 * 12);
  // A shared buffer keeps its size; it is taken to be full unless its filling is known.
  OneLayer shared = attention(past, {{"past_present_share_buffer", 1}});
  CHECK(shape_of(shared, 1) == "2x2x3x7x4");
  CHECK(work(shared).ops(VectorOp::exponential) == 2 * 3 * 5 * 7);
  shared.inputs.push_back(left_out());
  shared.inputs.push_back(constant_integers({1}));
  CHECK(work(shared).ops(VectorOp::exponential) == 2 * 3 * 5 * 6);
}

TEST_CASE("values may have another size than queries and keys") {
  OneLayer it = attention(left_out(), {{"qkv_hidden_sizes", Ints{12, 12, 6}}});
  it.inputs[1] = weight({12, 30});
  it.inputs[2] = weight({30});
  CHECK(shape_of(it) == "2x5x6");
  CHECK(work(it).macs == 10 * 12 * 30 + kScores * (4 + 2));
}

TEST_CASE("quantized attention makes reals of the scale's type") {
  const auto u8 = ElementType::u8;
  const OneLayer it = layer("QAttention",
                            {data({2, 5, 12}, u8), weight({12, 36}, u8), weight({36}),
                             weight({}, ElementType::f16), weight({})},
                            {{"num_heads", 3}});
  CHECK(shape_of(it) == "2x5x12");
  CHECK(output(it).element == ElementType::f16);
  CHECK(work(it).macs == kProjection + kScores * 8);
  CHECK(work(it).ops(VectorOp::multiply) == kScores + 360);
}

TEST_CASE("packed tokens meet as many keys as the longest sequence has") {
  const auto i32 = ElementType::i32;
  const OneLayer packed =
      layer("PackedAttention",
            {data({8, 12}), weight({12, 36}), weight({36}), data({2, 5}, i32), data({3}, i32)},
            {{"num_heads", 3}});
  CHECK(shape_of(packed) == "8x12");
  CHECK(work(packed).macs == 8 * 12 * 36 + 3 * 8 * 5 * 8);
  const auto heads = [&](std::vector<Given> inputs) {
    inputs.resize(4, left_out());
    inputs.push_back(data({2, 5}, i32));
    inputs.push_back(data({3}, i32));
    return layer("PackedMultiHeadAttention", std::move(inputs), {{"num_heads", 3}});
  };
  CHECK(shape_of(heads({data({8, 12}), data({8, 12}), data({8, 6})})) == "8x6");
  CHECK(work(heads({data({8, 12}), data({8, 12}), data({8, 6})})).macs == 3 * 8 * 5 * 6);
  CHECK(shape_of(heads({data({8, 3, 3, 4})})) == "8x12");
  CHECK(work(heads({data({8, 3, 3, 4})})).macs == 3 * 8 * 5 * 8);
}

TEST_CASE("a Longformer's tokens meet a window on both sides") {
  const auto longformer = [](std::int64_t window) {
    return layer("LongformerAttention",
                 {data({2, 16, 12}), weight({12, 36}), weight({36}), data({2, 16}),
                  weight({12, 36}), weight({36}), data({2, 16}, ElementType::i32)},
                 {{"num_heads", 3}, {"window", window}});
  };
  CHECK(shape_of(longformer(2)) == "2x16x12");
  CHECK(work(longformer(2)).macs == 2 * 32 * 12 * 36 + 2 * 3 * 16 * 5 * 8);
  CHECK(work(longformer(8)).macs == 2 * 32 * 12 * 36 + 2 * 3 * 16 * 16 * 8);
}

TEST_CASE("attention that contradicts its inputs says so") {
  OneLayer no_heads = attention();
  no_heads.attributes = {};
  OneLayer odd_heads = attention();
  odd_heads.attributes = {{"num_heads", 5}};
  OneLayer wrong_weight = attention();
  wrong_weight.inputs[1] = weight({11, 36});
  OneLayer wrong_bias = attention();
  wrong_bias.inputs[2] = weight({12});
  const std::pair<OneLayer, std::string> rows[] = {
      {no_heads, "attribute 'num_heads' is required"},
      {odd_heads, "its 12 channels of queries do not divide into 5 parts"},
      {wrong_weight,
       "input 0 'x' (2x5x12) and input 1 'w' (11x36) do not multiply: 12 columns meet 11 rows"},
      {wrong_bias, "input 2 'b' (12) must be 36, because the weight has 36 columns"},
      {attention(data({2, 2, 3, 7})),
       "input 4 'd' (2x2x3x7) must have 5 dimensions: keys and values, batch, heads, length, head "
       "size"},
      {attention(left_out(), {{"qkv_hidden_sizes", Ints{12, 12, 6}}}),
       "qkv_hidden_sizes 12x12x6 must be three sizes that add up to the 36 columns of input 1 'w' "
       "(12x36), the first two equal"},
  };
  for (const auto& [it, text] : rows) {
    CHECK(complaint(it) == "layer 'it' (com.microsoft.Attention): " + text);
  }
}

}  // namespace roofbeam
