#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer layer(std::string op, std::vector<Given> inputs, std::vector<Attribute> attributes = {},
               std::size_t outputs = 1) {
  return {std::move(op), std::move(inputs), std::move(attributes), 1, outputs, "com.microsoft"};
}

OneLayer group(Shape x, std::int64_t channels, std::vector<Attribute> attributes) {
  return layer("GroupNorm", {data(std::move(x)), weight({channels}), weight({channels})},
               std::move(attributes));
}

}  // namespace

TEST_CASE("a simplified norm divides by the root of the mean square, without a mean") {
  for (const std::string domain : {"", "com.microsoft"}) {
    OneLayer norm = layer("SimplifiedLayerNormalization", {data({2, 3, 8}), weight({8})}, {}, 2);
    norm.domain = domain;
    CHECK(shape_of(norm) == "2x3x8");
    CHECK(shape_of(norm, 1) == "2x3x1");
    CHECK(work(norm).ops(VectorOp::add) == 48);
    CHECK(work(norm).ops(VectorOp::multiply) == 144);
    CHECK(work(norm).ops(VectorOp::divide) == 12);
    CHECK(work(norm).ops(VectorOp::square_root) == 6);
    CHECK(totals(infer_one(norm)).parameters == 8);
  }
}

TEST_CASE("a skip norm adds up first and can hand on the sum") {
  const OneLayer norm =
      layer("SkipLayerNormalization",
            {data({2, 3, 8}), data({3, 8}), weight({8}), weight({8}), weight({8})}, {}, 4);
  CHECK(shape_of(norm) == "2x3x8");
  CHECK(shape_of(norm, 1) == "2x3x1");
  CHECK(shape_of(norm, 3) == "2x3x8");
  CHECK(work(norm).ops(VectorOp::add) == 48 * 6);
  CHECK(work(norm).ops(VectorOp::multiply) == 48 * 3);
  CHECK(work(norm).ops(VectorOp::square_root) == 6);
  CHECK(totals(infer_one(norm)).parameters == 24);
  const OneLayer simplified =
      layer("SkipSimplifiedLayerNormalization", {data({6, 8}), data({6, 8}), weight({8})});
  CHECK(shape_of(simplified) == "6x8");
  CHECK(work(simplified).ops(VectorOp::add) == 48 * 2);
}

TEST_CASE("embeddings of words, positions and segments are added up and normalised") {
  const auto i32 = ElementType::i32;
  OneLayer embed = layer("EmbedLayerNormalization",
                         {data({2, 3}, i32), data({2, 3}, i32), weight({100, 8}), weight({16, 8}),
                          weight({2, 8}), weight({8}), weight({8})},
                         {}, 3);
  CHECK(shape_of(embed) == "2x3x8");
  CHECK(shape_of(embed, 1) == "2");
  CHECK(output(embed, 1).element == i32);
  CHECK(shape_of(embed, 2) == "2x3x8");
  CHECK(work(embed).ops(VectorOp::add) == 48 * 6);
  CHECK(totals(infer_one(embed)).parameters == 800 + 128 + 16 + 16);
  embed.inputs[1] = left_out();
  embed.inputs[4] = left_out();
  CHECK(work(embed).ops(VectorOp::add) == 48 * 5);
}

TEST_CASE("quantized embeddings are dequantized") {
  const auto u8 = ElementType::u8;
  const OneLayer embed =
      layer("QEmbedLayerNormalization",
            {data({2, 3}, ElementType::i32), left_out(), weight({100, 8}, u8), weight({16, 8}, u8),
             left_out(), weight({8}, u8), weight({8}, u8), left_out(), weight({}), weight({})});
  CHECK(shape_of(embed) == "2x3x8");
  CHECK(output(embed).element == ElementType::f32);
  CHECK(work(embed).ops(VectorOp::multiply) == 48 * 5);
}

TEST_CASE("a group norm has one row per group of channels, which come last unless it says so") {
  const OneLayer last = group({2, 4, 4, 6}, 6, {{"groups", 3}, {"activation", 0}});
  CHECK(shape_of(last) == "2x4x4x6");
  CHECK(work(last).ops(VectorOp::add) == 192 * 4);
  CHECK(work(last).ops(VectorOp::square_root) == 6);
  CHECK(work(last).ops(VectorOp::exponential) == 0);
  const OneLayer first =
      group({2, 6, 4, 4}, 6, {{"groups", 3}, {"activation", 1}, {"channels_last", 0}});
  CHECK(work(first).ops(VectorOp::exponential) == 192);
  const OneLayer skip =
      layer("SkipGroupNorm",
            {data({2, 4, 4, 6}), weight({6}), weight({6}), data({2, 4, 4, 6}), weight({6})},
            {{"groups", 3}}, 2);
  CHECK(shape_of(skip, 1) == "2x4x4x6");
  CHECK(work(skip).ops(VectorOp::add) == 192 * 6);
}

TEST_CASE("norms that contradict their inputs say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {layer("SkipLayerNormalization", {data({2, 3, 8}), data({2, 8}), weight({8})}),
       "input 1 'w' (2x8) does not broadcast to 2x3x8"},
      {layer("SkipLayerNormalization", {data({2, 3, 8}), data({3, 8}), weight({7})}),
       "input 2 'b' (7) must be 8, because rows of input 0 'x' have 8 elements"},
      {layer("SkipLayerNormalization", {data({8}), data({8}), weight({8})}),
       "input 0 'x' (8) needs at least 2 dimensions"},
      {group({2, 4, 4, 6}, 6, {}), "attribute 'groups' is required"},
      {group({2, 4, 4, 6}, 6, {{"groups", 4}}),
       "the 6 channels of input 0 'x' (2x4x4x6) do not divide into 4 groups"},
      {group({2, 4, 4, 6}, 4, {{"groups", 3}}),
       "input 1 'w' (4) must be 6, because input 0 'x' (2x4x4x6) has 6 channels"},
  };
  for (const auto& [norm, text] : rows) {
    CHECK(complaint(norm) == "layer 'it' (com.microsoft." + norm.op + "): " + text);
  }
}

}  // namespace roofbeam
