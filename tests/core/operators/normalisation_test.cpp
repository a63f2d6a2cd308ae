#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer batch_norm(Shape x, std::int64_t channels) {
  const Given per_channel = weight({channels});
  return {"BatchNormalization",
          {data(std::move(x)), per_channel, per_channel, per_channel, per_channel}};
}

OneLayer scaled(std::string op, Shape x, const Shape& scale,
                std::vector<Attribute> attributes = {}) {
  return {std::move(op), {data(std::move(x)), weight(scale), weight(scale)}, std::move(attributes)};
}

OneLayer softmax(std::string op, Shape x, int opset, std::vector<Attribute> attributes = {}) {
  return {std::move(op), {data(std::move(x))}, std::move(attributes), opset};
}

void check_row_norm(const Work& work, double elements, double rows) {
  CHECK(work.ops(VectorOp::add) == 4 * elements);
  CHECK(work.ops(VectorOp::multiply) == 3 * elements);
  CHECK(work.ops(VectorOp::divide) == 3 * rows);
  CHECK(work.ops(VectorOp::square_root) == rows);
}

}  // namespace

TEST_CASE("a batch norm is a scale and a shift; its statistics are stored but not parameters") {
  const OneLayer layer = batch_norm({2, 3, 4, 5}, 3);
  CHECK(shape_of(layer) == "2x3x4x5");
  CHECK(work(layer).ops(VectorOp::multiply) == 120);
  CHECK(work(layer).ops(VectorOp::add) == 120);
  const Totals sums = totals(infer_one(layer));
  CHECK(sums.parameters == 6);
  CHECK(sums.weight_bytes == 12 * 4);
  CHECK(shape_of(batch_norm({7}, 1)) == "7");
}

TEST_CASE("in training a batch norm makes the statistics of every channel") {
  OneLayer layer = batch_norm({2, 3, 4, 5}, 3);
  layer.attributes = {{"training_mode", 1}};
  layer.outputs = 3;
  CHECK(shape_of(layer, 1) == "3");
  check_row_norm(work(layer), 120, 3);
  OneLayer old = batch_norm({2, 3, 4, 5}, 3);
  old.opset = 9;
  CHECK(work(old).ops(VectorOp::add) == 120);
  old.outputs = 5;
  CHECK(shape_of(old, 4) == "3");
  check_row_norm(work(old), 120, 3);
}

TEST_CASE("layer norm makes mean and inverse deviation of every normalised row") {
  OneLayer layer = scaled("LayerNormalization", {2, 3, 8}, {8});
  layer.outputs = 3;
  CHECK(shape_of(layer, 0) == "2x3x8");
  CHECK(shape_of(layer, 1) == "2x3x1");
  CHECK(shape_of(layer, 2) == "2x3x1");
  check_row_norm(work(layer), 48, 6);
  layer.attributes = {{"axis", 1}, {"stash_type", 16}};
  CHECK(shape_of(layer, 1) == "2x1x1");
  CHECK(output(layer, 1).element == ElementType::bf16);
  check_row_norm(work(layer), 48, 2);
  layer.inputs.pop_back();
  CHECK(work(layer).ops(VectorOp::add) == 3 * 48);
}

TEST_CASE("a layer norm's scale may vary along the rows too") {
  CHECK(complaint(scaled("LayerNormalization", {2, 3, 8}, {3, 8})) == "");
}

TEST_CASE("an RMS norm takes no mean and has the type of its scale") {
  const OneLayer layer{
      "RMSNormalization", {data({2, 3, 8}), weight({8}, ElementType::f16)}, {{"axis", 1}}, 23};
  CHECK(shape_of(layer) == "2x3x8");
  CHECK(output(layer).element == ElementType::f16);
  CHECK(work(layer).ops(VectorOp::add) == 48);
  CHECK(work(layer).ops(VectorOp::multiply) == 3 * 48);
  CHECK(work(layer).ops(VectorOp::divide) == 2 * 2);
  CHECK(work(layer).ops(VectorOp::square_root) == 2);
}

TEST_CASE("an Lp norm divides by the sum of a row, p 2 by its root") {
  const Work squares = work({"LpNormalization", {data({2, 3, 8})}, {{"axis", 1}}});
  CHECK(squares.ops(VectorOp::multiply) == 48);
  CHECK(squares.ops(VectorOp::square_root) == 16);
  CHECK(squares.ops(VectorOp::divide) == 48);
  const Work absolute = work({"LpNormalization", {data({2, 3, 8})}, {{"p", 1}}});
  CHECK(absolute.ops(VectorOp::compare) == 48);
  CHECK(absolute.ops(VectorOp::square_root) == 0);
}

TEST_CASE("a mean and variance norm averages over all but the channels, or the stated axes") {
  const Work channels = work({"MeanVarianceNormalization", {data({2, 3, 4, 4})}});
  CHECK(channels.ops(VectorOp::add) == 3 * 96 + 3);
  CHECK(channels.ops(VectorOp::square_root) == 3);
  const Work rows = work({"MeanVarianceNormalization", {data({2, 8})}, {{"axes", Ints{1}}}});
  CHECK(rows.ops(VectorOp::multiply) == 2 * 16 + 2);
}

TEST_CASE("instance and group norm have one row per channel and per group") {
  check_row_norm(work(scaled("InstanceNormalization", {2, 4, 8}, {4})), 64, 8);
  OneLayer group = scaled("GroupNormalization", {2, 4, 8}, {4}, {{"num_groups", 2}});
  group.opset = 21;
  check_row_norm(work(group), 64, 4);
  CHECK(complaint(group) == "");
  group.opset = 20;
  CHECK(complaint(group) ==
        "layer 'it' (GroupNormalization): input 1 'w' (4) must be 2, because there are 2 groups");
}

TEST_CASE("LRN adds up a window of channels") {
  const Work counted = work({"LRN", {data({1, 4, 2, 2})}, {{"size", 5}}});
  CHECK(counted.ops(VectorOp::add) == 16 * 6);
  CHECK(counted.ops(VectorOp::multiply) == 32);
  CHECK(counted.ops(VectorOp::exponential) == 16);
  CHECK(counted.ops(VectorOp::divide) == 16);
}

TEST_CASE("softmax takes one exponential per element") {
  for (const int opset : {11, 13}) {
    const OneLayer layer = softmax("Softmax", {2, 3, 4}, opset);
    CHECK(shape_of(layer) == "2x3x4");
    CHECK(work(layer).ops(VectorOp::compare) == 24);
    CHECK(work(layer).ops(VectorOp::add) == 48);
    CHECK(work(layer).ops(VectorOp::exponential) == 24);
    CHECK(work(layer).ops(VectorOp::divide) == 24);
  }
}

TEST_CASE("before opset 13 softmax sums all dimensions from axis 1 on, since then the last one") {
  struct Row {
    int opset;
    std::vector<Attribute> attributes;
    double rows;
  };
  const Row rows[] = {
      {12, {}, 2},  // 2 rows of 3x4
      {12, {{"axis", 2}}, 6},
      {12, {{"axis", 0}}, 1},
      {13, {}, 6},  // 2x3 rows of 4
      {13, {{"axis", 1}}, 8},
      {13, {{"axis", 0}}, 12},
  };
  for (const Row& row : rows) {
    CAPTURE(row.opset);
    CAPTURE(row.rows);
    const Work counted = work(softmax("LogSoftmax", {2, 3, 4}, row.opset, row.attributes));
    CHECK(counted.ops(VectorOp::exponential) == 24 + row.rows);
    CHECK(counted.ops(VectorOp::add) == 72);
  }
}

TEST_CASE("normalisations that contradict their inputs say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {batch_norm({2, 3, 4, 5}, 4),
       "input 1 'w' (4) must be 3, because the input (2x3x4x5) has 3 channels"},
      {{"BatchNormalization", {data({2, 3}), weight({3}), weight({3}), weight({3})}},
       "input 4 is required but left out"},
      {scaled("InstanceNormalization", {2, 3, 4}, {2}),
       "input 1 'w' (2) must be 3, because the input (2x3x4) has 3 channels"},
      {scaled("LayerNormalization", {2, 3, 8}, {3}), "input 1 'w' (3) does not broadcast to 2x3x8"},
      {scaled("LayerNormalization", {2, 3, 8}, {8}, {{"axis", 3}}),
       "axis 3 lies outside a tensor of 3 dimensions; it may be -3 to 2"},
      {scaled("LayerNormalization", {2, 3, 8}, {8}, {{"stash_type", 7}}),
       "stash_type is 7; it must be 1 (float32), 10 (float16), 11 (float64) or 16 (bfloat16)"},
      {scaled("GroupNormalization", {2, 3, 8}, {3}),
       "num_groups is required and must be at least 1"},
      {scaled("GroupNormalization", {2, 3, 8}, {3}, {{"num_groups", 2}}),
       "the 3 channels of the input (2x3x8) do not divide into 2 groups"},
      {{"RMSNormalization", {data({2, 3, 8}), weight({2, 1, 3, 8})}},
       "input 1 'w' (2x1x3x8) does not broadcast to 2x3x8"},
      {{"LpNormalization", {data({2, 3})}, {{"p", 3}}}, "p is 3; it must be 1 or 2"},
      {{"MeanVarianceNormalization", {data({2, 3})}},
       "axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
      {{"LRN", {data({1, 4})}}, "size is 0; it must be at least 1"},
      {softmax("Softmax", {}, 13), "axis -1 of a scalar: it has no dimensions"},
      {softmax("Softmax", {2, 3}, 13, {{"axis", -3}}),
       "axis -3 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
