#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer attention(std::vector<Given> inputs, std::vector<Attribute> attributes = {},
                   std::size_t outputs = 1) {
  return {"Attention", std::move(inputs), std::move(attributes), 24, outputs};
}

// A batch of 2, 4 query heads of 8 that share 2 key heads, 3 queries, 5 keys, values of 6.
OneLayer grouped(std::vector<Attribute> attributes = {}) {
  return attention({data({2, 4, 3, 8}), data({2, 2, 5, 8}), data({2, 2, 5, 6})},
                   std::move(attributes), 4);
}

// The same with the heads side by side.
OneLayer flat() {
  return attention({data({2, 3, 32}), data({2, 5, 16}), data({2, 5, 12})},
                   {{"q_num_heads", 4}, {"kv_num_heads", 2}});
}

OneLayer with_past() {
  OneLayer layer = grouped();
  layer.inputs.push_back(left_out());
  layer.inputs.push_back(data({2, 2, 7, 8}));
  layer.inputs.push_back(data({2, 2, 7, 6}));
  return layer;
}

OneLayer with(OneLayer layer, std::size_t i, Given given) {
  while (layer.inputs.size() <= i) layer.inputs.push_back(left_out());
  layer.inputs[i] = std::move(given);
  return layer;
}

OneLayer rotary(std::vector<Given> inputs, std::vector<Attribute> attributes = {}) {
  return {"RotaryEmbedding", std::move(inputs), std::move(attributes), 23};
}

OneLayer scatter(Shape cache, Shape update, std::vector<Attribute> attributes = {}) {
  return {"TensorScatter",
          {data(std::move(cache)), data(std::move(update))},
          std::move(attributes),
          24};
}

}  // namespace

TEST_CASE("attention makes a value for each query and head, and the cache with the new tokens") {
  CHECK(shape_of(grouped(), 0) == "2x4x3x6");
  CHECK(shape_of(grouped(), 1) == "2x2x5x8");
  CHECK(shape_of(grouped(), 2) == "2x2x5x6");
  CHECK(shape_of(grouped(), 3) == "2x4x3x5");
  CHECK(shape_of(flat(), 0) == "2x3x24");
  CHECK(shape_of(with_past(), 1) == "2x2x12x8");
  CHECK(shape_of(with_past(), 2) == "2x2x12x6");
  CHECK(shape_of(with_past(), 3) == "2x4x3x12");
}

TEST_CASE("attention takes the MACs of two products; queries that share a key are further rows") {
  const Work counted = work(grouped());
  CHECK(counted.macs == 2 * 4 * 3 * 5 * (8 + 6));
  CHECK(counted.matrix.batch == 4);
  CHECK(counted.matrix.m == 6);
  CHECK(counted.matrix.n == 5);
  CHECK(counted.matrix.k == 14);
  CHECK(work(flat()).macs == counted.macs);
  CHECK(work(with_past()).macs == 2 * 4 * 3 * 12 * (8 + 6));
}

TEST_CASE("each score is scaled, masked and takes part in a softmax") {
  const Work plain = work(grouped());  // 120 scores
  CHECK(plain.ops(VectorOp::multiply) == 120);
  CHECK(plain.ops(VectorOp::compare) == 120);
  CHECK(plain.ops(VectorOp::add) == 240);
  CHECK(plain.ops(VectorOp::exponential) == 120);
  CHECK(plain.ops(VectorOp::divide) == 120);
  const Work masked = work(with(grouped({{"is_causal", 1}, {"softcap", 30.0}}), 3, data({3, 5})));
  CHECK(masked.ops(VectorOp::multiply) == 360);
  CHECK(masked.ops(VectorOp::compare) == 240);
  CHECK(masked.ops(VectorOp::add) == 360);
  CHECK(masked.ops(VectorOp::exponential) == 240);
  CHECK(work(grouped({{"left_window_size", 0}})).ops(VectorOp::compare) == 240);
}

TEST_CASE("a mask may be shorter than there are keys, but not longer") {
  CHECK(complaint(with(grouped(), 3, data({2, 1, 3, 4}))) == "");
  CHECK(complaint(with(grouped(), 3, data({3, 6}))) ==
        "layer 'it' (Attention): input 3 'c' (3x6) does not broadcast to 2x4x3x5");
}

TEST_CASE("a rotary embedding takes two multiplies and an add per rotated element") {
  const OneLayer all = rotary(
      {data({2, 4, 3, 8}), weight({50, 4}), weight({50, 4}), data({2, 3}, ElementType::i64)});
  CHECK(shape_of(all) == "2x4x3x8");
  CHECK(work(all).ops(VectorOp::multiply) == 2 * 192);
  CHECK(work(all).ops(VectorOp::add) == 192);
  CHECK(totals(infer_one(all)).parameters == 0);
  const OneLayer half = rotary({data({2, 3, 32}), data({2, 3, 2}), data({2, 3, 2})},
                               {{"num_heads", 4}, {"rotary_embedding_dim", 4}});
  CHECK(shape_of(half) == "2x3x32");
  CHECK(work(half).ops(VectorOp::multiply) == 2 * 96);
}

TEST_CASE("an update of a cache keeps the cache's shape") {
  CHECK(shape_of(scatter({2, 4, 9, 8}, {2, 4, 1, 8})) == "2x4x9x8");
  CHECK(shape_of(scatter({2, 9, 8}, {2, 9, 8}, {{"axis", 1}})) == "2x9x8");
}

TEST_CASE("attention that contradicts its inputs says so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {attention({data({2, 3, 32}), data({2, 5, 16}), data({2, 5, 12})}, {{"q_num_heads", 4}}),
       "kv_num_heads is 0; it must be at least 1 for inputs of 3 dimensions"},
      {attention({data({2, 3, 32}), data({2, 5, 16}), data({2, 5, 12})},
                 {{"q_num_heads", 5}, {"kv_num_heads", 2}}),
       "the 32 features of input 0 'x' (2x3x32) do not divide into 5 heads"},
      {with(grouped(), 1, data({2, 5, 16})),
       "input 0 'x' (2x4x3x8) and input 1 'w' (2x5x16) must have the same number of dimensions"},
      {with(grouped(), 1, data({2, 2, 5, 7})),
       "input 0 'x' (2x4x3x8), input 1 'w' (2x2x5x7) and input 2 'b' (2x2x5x6) do not belong "
       "together"},
      {with(grouped(), 0, data({2, 3, 3, 8})),
       "the 3 heads of the query do not divide among the 2 of the key"},
      {with(with(grouped(), 1, data({2, 0, 5, 8})), 2, data({2, 0, 5, 6})),
       "the 4 heads of the query do not divide among the 0 of the key"},
      {with(grouped(), 4, data({2, 2, 7, 8})), "past_key and past_value must be used together"},
      {with(with_past(), 5, data({2, 2, 8, 6})),
       "input 5 'e' (2x2x8x6) must be 2x2x7x6, because it extends the key and value"},
      {with(grouped(), 6, data({3}, ElementType::i64)),
       "input 6 'f' (3) must be 2, because the batch is 2"},
      {attention({data({3, 8}), data({5, 8}), data({5, 8})}),
       "input 0 'x' (3x8) must have 3 or 4 dimensions"},
      {rotary({data({2, 3, 32}), data({2, 3, 4}), data({2, 3, 4})}),
       "num_heads is 0; it must be at least 1 for inputs of 3 dimensions"},
      {rotary({data({2, 4, 3, 8}), data({2, 3, 4}), data({2, 3, 4})},
              {{"rotary_embedding_dim", 10}}),
       "it rotates 10 of the 8 elements of a head; it must be an even number of them"},
      {rotary({data({2, 4, 3, 8}), data({2, 3, 8}), data({2, 3, 8})}),
       "input 1 'w' (2x3x8) must be 2x3x4, because 8 elements of a head are rotated"},
      {scatter({2, 4, 9, 8}, {2, 4, 10, 8}),
       "input 1 'w' (2x4x10x8) must be 2x4x9x8, because it must fit into input 0 'x' (2x4x9x8)"},
      {scatter({2, 9}, {2, 1}), "axis is 0, which is the batch; it must be another one"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
