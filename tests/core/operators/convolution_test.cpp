#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer conv(Shape x, Shape w, std::vector<Attribute> attributes = {}) {
  return {"Conv", {data(std::move(x)), weight(std::move(w))}, std::move(attributes)};
}

OneLayer transposed(Shape x, Shape w, std::vector<Attribute> attributes = {}) {
  return {"ConvTranspose", {data(std::move(x)), weight(std::move(w))}, std::move(attributes)};
}

constexpr std::int64_t kHuge = std::int64_t{1} << 62;

}  // namespace

TEST_CASE(
    "a convolution's output has one element per position of its window, and every output "
    "element takes input channels per group x kernel elements MACs") {
  struct Row {
    OneLayer layer;
    std::string shape;
    std::int64_t macs;
  };
  const Row rows[] = {
      {conv({1, 3, 8, 8}, {4, 3, 3, 3}), "1x4x6x6", 4 * 36 * 27},
      {conv({2, 3, 8, 8}, {4, 3, 3, 3}), "2x4x6x6", 2 * 4 * 36 * 27},
      {conv({1, 3, 8, 8}, {4, 3, 3, 3}, {{"pads", Ints{1, 1, 1, 1}}}), "1x4x8x8", 4 * 64 * 27},
      {conv({1, 3, 8, 8}, {4, 3, 3, 3}, {{"pads", Ints{0, 0, 1, 2}}}), "1x4x7x8", 4 * 56 * 27},
      // A stride of 2 drops what is left over: 7 and 8 have 3 positions, 9 has 4.
      {conv({1, 3, 7, 7}, {4, 3, 3, 3}, {{"strides", Ints{2, 2}}}), "1x4x3x3", 4 * 9 * 27},
      {conv({1, 3, 8, 8}, {4, 3, 3, 3}, {{"strides", Ints{2, 2}}}), "1x4x3x3", 4 * 9 * 27},
      {conv({1, 3, 9, 8}, {4, 3, 3, 3}, {{"strides", Ints{2, 2}}}), "1x4x4x3", 4 * 12 * 27},
      // SAME: input / stride, rounded up.
      {conv({1, 3, 7, 8}, {4, 3, 3, 3}, {{"auto_pad", "SAME_UPPER"}, {"strides", Ints{2, 2}}}),
       "1x4x4x4", 4 * 16 * 27},
      {conv({1, 3, 9, 8}, {4, 3, 2, 2}, {{"auto_pad", "SAME_LOWER"}, {"strides", Ints{2, 2}}}),
       "1x4x5x4", 4 * 20 * 12},
      {conv({1, 3, 8, 8}, {4, 3, 3, 3}, {{"auto_pad", "VALID"}}), "1x4x6x6", 4 * 36 * 27},
      // Dilated by 2, three elements reach over five.
      {conv({1, 3, 8, 5}, {4, 3, 3, 3}, {{"dilations", Ints{2, 2}}}), "1x4x4x1", 4 * 4 * 27},
      // Grouped, depthwise, depthwise with two outputs per input.
      {conv({1, 4, 8, 8}, {6, 2, 1, 1}, {{"group", 2}}), "1x6x8x8", 6 * 64 * 2},
      {conv({1, 3, 8, 8}, {3, 1, 3, 3}, {{"group", 3}}), "1x3x6x6", 3 * 36 * 9},
      {conv({1, 3, 8, 8}, {6, 1, 3, 3}, {{"group", 3}}), "1x6x6x6", 6 * 36 * 9},
      // One and three dimensions.
      {conv({1, 16, 100}, {8, 16, 5}), "1x8x96", 8 * 96 * 80},
      {conv({1, 1, 4, 4, 4}, {2, 1, 2, 2, 2}), "1x2x3x3x3", 2 * 27 * 8},
      {conv({0, 3, 8, 8}, {4, 3, 3, 3}), "0x4x6x6", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.shape);
    CHECK(shape_of(row.layer) == row.shape);
    CHECK(work(row.layer).macs == row.macs);
  }
}

TEST_CASE("a grouped convolution is one matrix product per group, a bias one add per element") {
  OneLayer layer = conv({2, 4, 8, 8}, {6, 2, 3, 3}, {{"group", 2}});
  CHECK(work(layer).ops(VectorOp::add) == 0);
  layer.inputs.push_back(weight({6}));
  const Work with_bias = work(layer);
  CHECK(with_bias.matrix.batch == 2);
  CHECK(with_bias.matrix.m == 2 * 6 * 6);
  CHECK(with_bias.matrix.n == 3);
  CHECK(with_bias.matrix.k == 2 * 9);
  CHECK(with_bias.ops(VectorOp::add) == 2 * 6 * 6 * 6);
}

TEST_CASE("a transposed convolution spreads every input element over its kernel") {
  struct Row {
    OneLayer layer;
    std::string shape;
    std::int64_t macs;
  };
  const Attribute stride{"strides", Ints{2, 2}};
  const Row rows[] = {
      {transposed({1, 4, 3, 3}, {4, 2, 3, 3}), "1x2x5x5", 36 * 2 * 9},
      {transposed({1, 4, 3, 3}, {4, 2, 3, 3}, {stride}), "1x2x7x7", 36 * 2 * 9},
      {transposed({1, 4, 3, 3}, {4, 2, 3, 3}, {stride, {"pads", Ints{1, 1, 1, 1}}}), "1x2x5x5",
       36 * 2 * 9},
      {transposed({1, 4, 3, 3}, {4, 2, 3, 3},
                  {stride, {"pads", Ints{1, 1, 1, 1}}, {"output_padding", Ints{1, 0}}}),
       "1x2x6x5", 36 * 2 * 9},
      {transposed({1, 4, 3, 3}, {4, 2, 3, 3}, {stride, {"dilations", Ints{2, 2}}}), "1x2x9x9",
       36 * 2 * 9},
      {transposed({1, 4, 3, 3}, {4, 2, 3, 3}, {stride, {"auto_pad", "SAME_UPPER"}}), "1x2x6x6",
       36 * 2 * 9},
      {transposed({1, 4, 3, 3}, {4, 2, 3, 3}, {stride, {"output_shape", Ints{8, 7}}}), "1x2x8x7",
       36 * 2 * 9},
      {transposed({1, 4, 3, 3}, {4, 2, 3, 3}, {stride, {"output_shape", Ints{1, 2, 8, 7}}}),
       "1x2x8x7", 36 * 2 * 9},
      {transposed({1, 4, 3, 3}, {4, 1, 3, 3}, {stride, {"group", 2}}), "1x2x7x7", 36 * 1 * 9},
      {transposed({1, 4, 10}, {4, 2, 4}), "1x2x13", 40 * 2 * 4},
  };
  for (const Row& row : rows) {
    CAPTURE(row.shape);
    CHECK(shape_of(row.layer) == row.shape);
    CHECK(work(row.layer).macs == row.macs);
  }
}

TEST_CASE("a convolution that contradicts its weight says what it found and expected") {
  OneLayer bias = conv({1, 3, 8, 8}, {4, 3, 3, 3});
  bias.inputs.push_back(weight({5}));
  const Shape x{1, 4, 8, 8};
  const Shape w{4, 4, 3, 3};
  const std::pair<OneLayer, std::string> rows[] = {
      {conv({1, 3, 224, 224}, {64, 16, 3, 3}),
       "the weight 'w' (64x16x3x3) wants 16 input channels per group, the input 'x' (1x3x224x224) "
       "has 3"},
      {conv(x, {4, 4, 3, 3}, {{"group", 2}}),
       "the weight 'w' (4x4x3x3) wants 4 input channels per group, the input 'x' (1x4x8x8) has 4 "
       "in 2 groups"},
      {conv(x, {5, 2, 3, 3}, {{"group", 2}}), "its 5 output channels do not divide into 2 groups"},
      {conv(x, w, {{"group", 0}}), "group is 0; it must be at least 1"},
      {conv(x, {4, 4, 3}),
       "the weight 'w' (4x4x3) has 3 dimensions, the input 'x' (1x4x8x8) has 4"},
      {conv({4, 4}, {4, 4}), "input 0 'x' (4x4) needs at least 3 dimensions"},
      {bias, "input 2 'b' (5) must be 4, because the weight 'w' (4x3x3x3) makes 4 channels"},
      {conv(x, w, {{"kernel_shape", Ints{5, 5}}}),
       "kernel_shape 5x5 contradicts the weight 'w' (4x4x3x3)"},
      {conv(x, w, {{"strides", Ints{0, 1}}}), "strides is [0, 1]; each entry must be at least 1"},
      {conv(x, w, {{"dilations", Ints{1, -1}}}),
       "dilations is [1, -1]; each entry must be at least 1"},
      {conv(x, w, {{"strides", Ints{1}}}), "strides has 1 entries, the input 1x4x8x8 needs 2"},
      {conv(x, w, {{"pads", Ints{1, 1}}}), "pads has 2 entries, the input 1x4x8x8 needs 4"},
      {conv(x, w, {{"pads", Ints{0, 0, -1, 0}}}),
       "pads is [0, 0, -1, 0]; each entry must be at least 0"},
      {conv(x, {4, 4, 3, 0}), "kernel_shape is [3, 0]; each entry must be at least 1"},
      {conv(x, w, {{"auto_pad", "SAME"}}),
       "auto_pad is 'SAME'; it must be NOTSET, SAME_UPPER, SAME_LOWER or VALID"},
      {conv(x, w, {{"auto_pad", 1}}), "attribute 'auto_pad' must be a text"},
      {conv({1, 4, 8, 4}, w, {{"dilations", Ints{2, 2}}}),
       "the kernel reaches over 5 elements in dimension 3, the input 1x4x8x4 has 4 there with "
       "padding; use a larger input or more padding"},
      {{"Conv", {data(x)}}, "input 1 is required but left out"},
      {{"Conv", {data(x), weight(w)}, {}, 17, 2}, "it has 2 outputs, the operator has at most 1"},
  };
  for (const auto& [layer, text] : rows) CHECK(complaint(layer) == "layer 'it' (Conv): " + text);
}

TEST_CASE("a transposed convolution that contradicts its weight says so") {
  const Shape x{1, 4, 3, 3};
  const Shape w{4, 2, 3, 3};
  const std::pair<OneLayer, std::string> rows[] = {
      {transposed(x, {3, 2, 3, 3}),
       "the weight 'w' (3x2x3x3) wants 3 input channels, the input 'x' (1x4x3x3) has 4"},
      {transposed(x, w, {{"group", 3}}), "its 4 input channels do not divide into 3 groups"},
      {transposed(x, w, {{"pads", Ints{3, 0, 2, 0}}}),
       "dimension 2 of the output would be 0: 5 less pads of 5"},
      {transposed(x, w, {{"output_shape", Ints{8}}}),
       "output_shape 8 has 1 dimensions, the input 'x' (1x4x3x3) needs 2"},
      {transposed(x, w, {{"output_shape", Ints{8, 0}}}), "output_shape 8x0 must be positive"},
      {transposed({1, 4, 0, 3}, w), "the input 'x' (1x4x0x3) is empty"},
      {transposed(x, w, {{"output_padding", Ints{-1, 0}}}),
       "output_padding is [-1, 0]; each entry must be at least 0"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (ConvTranspose): " + text);
  }
}

TEST_CASE("dimensions beyond 2^63 are complaints") {
  const std::string sum = "its dimensions add up to more than 2^63 - 1";
  const std::string product = "its dimensions multiply to more than 2^63 - 1";
  const Shape x{1, 1, 8, 8};
  const std::pair<OneLayer, std::string> rows[] = {
      {conv(x, {1, 1, 1, 1}, {{"pads", Ints{kHuge, 0, kHuge, 0}}}), sum},
      {conv(x, {1, 1, 3, 1}, {{"dilations", Ints{kHuge, 1}}}), product},
      {conv({1, 1, 1 << 20, 1 << 20}, {1 << 20, 1, 1, 1}, {{"auto_pad", "SAME_UPPER"}}),
       "its output tensor 'y' (1x1048576x1048576x1048576) has more than 2^63 - 1 bits"},
      {conv({1, 1, 1 << 20, 1 << 20}, {1, 1, 1 << 15, 1 << 15}, {{"auto_pad", "SAME_UPPER"}}),
       product},
      {transposed(x, {1, 1, 1, 1}, {{"strides", Ints{kHuge, 1}}}), product},
      {transposed(x, {1, 1, 1, 1}, {{"output_padding", Ints{kHuge, 0}}}),
       "its output tensor 'y' (1x1x4611686018427387912x8) has more than 2^63 - 1 bits"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
  CHECK(complaint(conv(x, {1, 1, kHuge, 1})) ==
        "tensor 'w' (1x1x4611686018427387904x1) has more than 2^63 - 1 bits");
}

TEST_CASE("a deformed convolution interpolates what each kernel element reads") {
  OneLayer layer{"DeformConv",
                 {data({1, 4, 3, 3}), weight({2, 4, 2, 2}), data({1, 16, 2, 2})},
                 {{"offset_group", 2}},
                 19};
  CHECK(shape_of(layer) == "1x2x2x2");
  CHECK(work(layer).macs == 2 * 4 * 16);
  CHECK(work(layer).ops(VectorOp::add) == 64 * 4);  // 4 channels, 4 kernel elements, 4 positions
  layer.inputs.push_back(weight({2}));
  layer.inputs.push_back(data({1, 8, 2, 2}));
  CHECK(work(layer).ops(VectorOp::add) == 64 * 4 + 8);
  CHECK(work(layer).ops(VectorOp::multiply) == 64 * 5);
  CHECK(totals(infer_one(layer)).parameters == 32 + 2);
  layer.inputs[4] = data({1, 4, 2, 2});
  CHECK(complaint(layer) ==
        "layer 'it' (DeformConv): input 4 'd' (1x4x2x2) must be 1x8x2x2, because each kernel "
        "element of an offset group has a factor");
  layer.inputs[2] = data({1, 8, 2, 2});
  layer.inputs.resize(3);
  CHECK(complaint(layer) ==
        "layer 'it' (DeformConv): input 2 'b' (1x8x2x2) must be 1x16x2x2, because each kernel "
        "element of an offset group has an offset");
  layer.attributes = {{"offset_group", 3}};
  CHECK(complaint(layer) ==
        "layer 'it' (DeformConv): its 4 input channels do not divide into 3 offset groups");
}

}  // namespace roofbeam
