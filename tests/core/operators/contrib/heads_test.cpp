#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr auto i32 = ElementType::i32;

OneLayer layer(std::string op, std::vector<Given> inputs, std::vector<Attribute> attributes,
               std::size_t outputs = 1) {
  return {std::move(op), std::move(inputs), std::move(attributes), 1, outputs, "com.microsoft"};
}

// 3 heads of 4.
OneLayer heads(std::vector<Given> inputs) {
  return layer("MultiHeadAttention", std::move(inputs), {{"num_heads", 3}}, 4);
}

// 6 heads of queries share 2 of keys and values.
OneLayer grouped(std::vector<Given> inputs, Given total, std::vector<Attribute> more = {}) {
  inputs.resize(5, left_out());
  inputs.push_back(data({2}, i32));
  inputs.push_back(std::move(total));
  more.push_back({"num_heads", 6});
  more.push_back({"kv_num_heads", 2});
  return layer("GroupQueryAttention", std::move(inputs), std::move(more), 3);
}

const Given kUnknown = data({1}, i32);

}  // namespace

TEST_CASE("queries, keys and values come apart, in pairs, or all in one") {
  const std::vector<Given> rows[] = {
      {data({2, 5, 12}), data({2, 7, 12}), data({2, 7, 12})},
      {data({2, 5, 12}), data({2, 7, 3, 2, 4})},
      {data({2, 5, 12}), data({2, 3, 7, 4}), data({2, 3, 7, 4})},
  };
  for (const auto& inputs : rows) {
    CHECK(shape_of(heads(inputs)) == "2x5x12");
    CHECK(shape_of(heads(inputs), 1) == "2x3x7x4");
    CHECK(shape_of(heads(inputs), 3) == "2x3x5x7");
    CHECK(work(heads(inputs)).macs == 2 * 3 * 5 * 7 * 8);
  }
  CHECK(shape_of(heads({data({2, 7, 3, 3, 4})})) == "2x7x12");
  CHECK(work(heads({data({2, 7, 3, 3, 4})})).macs == 2 * 3 * 7 * 7 * 8);
  CHECK(shape_of(heads({data({2, 7, 36})})) == "2x7x12");
}

TEST_CASE("a bias is added to queries, new keys and new values") {
  const Given past = data({2, 3, 6, 4});
  const OneLayer it = heads({data({2, 5, 12}), data({2, 1, 12}), data({2, 1, 12}), weight({36}),
                             left_out(), left_out(), past, past});
  CHECK(shape_of(it, 1) == "2x3x7x4");
  CHECK(work(it).macs == 2 * 3 * 5 * 7 * 8);
  CHECK(work(it).ops(VectorOp::add) == 2 * 2 * 3 * 5 * 7 + 2 * 12 * (5 + 1 + 1));
}

TEST_CASE("a decoder's buffer of the past keeps its size") {
  const Given past = data({2, 3, 16, 4});
  const OneLayer it = layer("DecoderMaskedMultiHeadAttention",
                            {data({2, 1, 12}), data({2, 1, 12}), data({2, 1, 12}), left_out(),
                             left_out(), past, past, constant_integers({6})},
                            {{"num_heads", 3}, {"past_present_share_buffer", 1}}, 3);
  CHECK(shape_of(it) == "2x1x12");
  CHECK(shape_of(it, 2) == "2x3x16x4");
  CHECK(work(it).macs == 2 * 3 * 1 * 7 * 8);
}

TEST_CASE("groups of heads share keys and values") {
  const std::vector<Given> apart = {data({2, 5, 24}), data({2, 5, 8}), data({2, 5, 8})};
  CHECK(shape_of(grouped(apart, kUnknown)) == "2x5x24");
  CHECK(shape_of(grouped(apart, kUnknown), 1) == "2x2x5x4");
  CHECK(work(grouped(apart, kUnknown)).macs == 2 * 6 * 5 * 5 * 8);
  const OneLayer packed = grouped({data({2, 5, 40})}, kUnknown);
  CHECK(shape_of(packed) == "2x5x24");
  CHECK(work(packed).macs == 2 * 6 * 5 * 5 * 8);
  const OneLayer rotary = grouped(apart, kUnknown, {{"do_rotary", 1}});
  CHECK(work(rotary).ops(VectorOp::multiply) -
            work(grouped(apart, kUnknown)).ops(VectorOp::multiply) ==
        2 * (2 * 5 * (24 + 8)));
}

TEST_CASE("the past grows by the new keys unless its buffer has room for all of them") {
  const Given past = data({2, 2, 16, 4});
  const std::vector<Given> inputs = {data({2, 1, 24}), data({2, 1, 8}), data({2, 1, 8}), past,
                                     past};
  CHECK(shape_of(grouped(inputs, kUnknown), 1) == "2x2x17x4");
  CHECK(work(grouped(inputs, kUnknown)).macs == 2 * 6 * 17 * 8);
  CHECK(shape_of(grouped(inputs, constant_integers({9})), 1) == "2x2x16x4");
  CHECK(work(grouped(inputs, constant_integers({9}))).macs == 2 * 6 * 9 * 8);
  CHECK(work(grouped(inputs, kUnknown, {{"local_window_size", 10}})).macs == 2 * 6 * 10 * 8);
  CHECK(work(grouped(inputs, kUnknown, {{"local_window_size", 20}})).macs == 2 * 6 * 17 * 8);
}

TEST_CASE("heads that do not divide say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {heads({data({2, 5, 13}), data({2, 7, 13}), data({2, 7, 13})}),
       "its 13 channels of queries do not divide into 3 parts"},
      {heads({data({2, 5, 12}), data({2, 7, 12})}), "input 2 is required but left out"},
      {heads({data({5, 12}), data({7, 12}), data({7, 12})}),
       "input 0 'x' (5x12) must have 3 dimensions: batch, sequence, channels"},
      {grouped({data({2, 5, 39})}, kUnknown),
       "its 39 channels of queries, keys and values do not divide into 10 parts"},
      {grouped({data({2, 5, 40}), left_out(), left_out(), data({2, 2, 4})}, kUnknown),
       "input 3 'c' (2x2x4) must have 4 dimensions: batch, heads, length, head size"},
  };
  for (const auto& [it, text] : rows) {
    CHECK(complaint(it) == "layer 'it' (com.microsoft." + it.op + "): " + text);
  }
}

TEST_CASE("rotary positions are two multiplies and one add per element") {
  const OneLayer it = layer(
      "RotaryEmbedding",
      {data({2, 5, 12}), data({2, 5}, ElementType::i64), weight({16, 2}), weight({16, 2})}, {});
  CHECK(shape_of(it) == "2x5x12");
  CHECK(work(it).ops(VectorOp::multiply) == 240);
  CHECK(totals(infer_one(it)).parameters == 0);
}

TEST_CASE("relative positions are a table's entries for all pairs") {
  const auto bias = [](Given queries) {
    return layer("RelativePositionBias", {data({32, 3}), std::move(queries), constant_scalar(7)},
                 {{"max_distance", 128}});
  };
  CHECK(shape_of(bias(constant_scalar(5))) == "1x3x5x7");
  CHECK(work(bias(constant_scalar(5))).ops(VectorOp::exponential) == 35);
  CHECK(complaint(bias(constant_scalar(-1))) ==
        "layer 'it' (com.microsoft.RelativePositionBias): input 1 'w' (scalar) (the number of "
        "queries) must be one number, not negative");
  CHECK(complaint(bias(data({}, ElementType::i64))) ==
        "layer 'it' (com.microsoft.RelativePositionBias): input 1 'w' (the number of queries) is "
        "not known before the network runs; its shape is unknown and it is not counted");
}

TEST_CASE("gated positions project every query to its gates") {
  const auto gated = [](Given query, Given offsets) {
    return layer("GatedRelativePositionBias",
                 {std::move(query), weight({12}), data({1, 3, 5, 5}), weight({4, 8}), weight({8}),
                  weight({1, 3, 1, 1}), std::move(offsets)},
                 {{"num_heads", 3}});
  };
  CHECK(shape_of(gated(data({2, 5, 12}), left_out())) == "2x3x5x5");
  CHECK(work(gated(data({2, 5, 12}), left_out())).macs == 30 * 32);
  CHECK(work(gated(data({2, 5, 12}), left_out())).ops(VectorOp::exponential) == 60);
  CHECK(shape_of(gated(data({8, 12}), data({2, 5}, i32))) == "2x3x5x5");
}

}  // namespace roofbeam
