#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer pool(std::string op, Shape x, Ints kernel, std::vector<Attribute> attributes = {}) {
  attributes.push_back({"kernel_shape", std::move(kernel)});
  return {std::move(op), {data(std::move(x))}, std::move(attributes)};
}

constexpr std::int64_t kHuge = std::int64_t{1} << 62;

}  // namespace

TEST_CASE("a pool's output has one element per window") {
  struct Row {
    std::int64_t input;
    std::int64_t kernel;
    std::int64_t stride;
    std::int64_t begin;
    std::int64_t end;
    std::int64_t dilation;
    std::int64_t floor;
    std::int64_t ceil;
  };
  const Row rows[] = {
      {4, 2, 2, 0, 0, 1, 2, 2},
      {5, 2, 2, 0, 0, 1, 2, 3},  // the last element alone makes a window only when rounding up
      {6, 2, 2, 0, 0, 1, 3, 3},
      {7, 3, 2, 1, 1, 1, 4, 4},
      {8, 3, 2, 1, 1, 1, 4, 5},
      {7, 3, 3, 0, 0, 1, 2, 3},
      // The third window starts at element 4, the first of the end padding: dropped, though only
      // when rounding up.
      {4, 1, 2, 0, 1, 1, 3, 2},
      {3, 2, 2, 1, 1, 1, 2, 2},  // starts at 4 = 3 + 1: dropped
      {4, 2, 2, 1, 1, 1, 3, 3},  // starts at 4 < 4 + 1: kept
      {2, 1, 3, 0, 1, 1, 1, 1},
      {7, 3, 1, 0, 0, 2, 3, 3},  // reaches over 5
      {8, 3, 2, 0, 0, 2, 2, 3},
  };
  for (const Row& row : rows) {
    CAPTURE(row.input);
    CAPTURE(row.kernel);
    for (const int ceil_mode : {0, 1}) {
      const OneLayer layer = pool("MaxPool", {1, 1, row.input}, {row.kernel},
                                  {{"strides", Ints{row.stride}},
                                   {"pads", Ints{row.begin, row.end}},
                                   {"dilations", Ints{row.dilation}},
                                   {"ceil_mode", ceil_mode}});
      CHECK(output_shape(layer).at(2) == (ceil_mode ? row.ceil : row.floor));
    }
  }
}

TEST_CASE("rounded up, an input smaller than the kernel by less than a stride has one window") {
  const auto layer = [](std::int64_t input) {
    return pool("MaxPool", {1, 1, input}, {3}, {{"strides", Ints{2}}, {"ceil_mode", 1}});
  };
  CHECK(shape_of(layer(2)) == "1x1x1");
  CHECK(complaint(layer(1)) ==
        "layer 'it' (MaxPool): the kernel reaches over 3 elements in dimension 2, the input 1x1x1 "
        "has 1 there with padding; use a larger input or more padding");
}

TEST_CASE("auto_pad is the same for pools as for convolutions; SAME overrides ceil_mode") {
  const Attribute stride{"strides", Ints{2, 2}};
  const Attribute ceil{"ceil_mode", 1};
  const std::pair<OneLayer, std::string> rows[] = {
      {pool("MaxPool", {1, 2, 7, 8}, {3, 3}, {stride, {"auto_pad", "SAME_UPPER"}}), "1x2x4x4"},
      {pool("MaxPool", {1, 2, 7, 8}, {3, 3}, {stride, {"auto_pad", "SAME_LOWER"}}), "1x2x4x4"},
      {pool("MaxPool", {1, 2, 7, 8}, {3, 3}, {stride, {"auto_pad", "VALID"}}), "1x2x3x3"},
      {pool("MaxPool", {1, 2, 7, 8}, {3, 3}, {stride, ceil, {"auto_pad", "VALID"}}), "1x2x3x4"},
      {pool("MaxPool", {1, 2, 7, 8}, {3, 3}, {stride, ceil, {"auto_pad", "SAME_UPPER"}}),
       "1x2x4x4"},
      {pool("AveragePool", {2, 3, 5, 5, 5}, {5, 1, 2}), "2x3x1x5x4"},
  };
  for (const auto& [layer, shape] : rows) CHECK(shape_of(layer) == shape);
}

TEST_CASE("MaxPool's second output holds indices") {
  OneLayer layer = pool("MaxPool", {1, 2, 4, 4}, {2, 2}, {{"strides", Ints{2, 2}}});
  layer.outputs = 2;
  CHECK(output(layer, 0).element == ElementType::f32);
  CHECK(output(layer, 1).element == ElementType::i64);
  CHECK(shape_of(layer, 1) == "1x2x2x2");
}

TEST_CASE("pools count what their windows read") {
  const Attribute stride{"strides", Ints{2, 2}};
  const auto lp = [&](std::int64_t p) {
    return work(pool("LpPool", {1, 2, 4, 4}, {2, 2}, {stride, {"p", p}}));
  };
  // 1x2x2x2 outputs of 4 elements each.
  const Work most = work(pool("MaxPool", {1, 2, 4, 4}, {2, 2}, {stride}));
  CHECK(most.ops(VectorOp::compare) == 32);
  CHECK(most.macs == 0);
  const Work average = work(pool("AveragePool", {1, 2, 4, 4}, {2, 2}, {stride}));
  CHECK(average.ops(VectorOp::add) == 32);
  CHECK(average.ops(VectorOp::divide) == 8);
  CHECK(lp(1).ops(VectorOp::compare) == 32);
  CHECK(lp(1).ops(VectorOp::square_root) == 0);
  CHECK(lp(2).ops(VectorOp::multiply) == 32);
  CHECK(lp(2).ops(VectorOp::square_root) == 8);
  CHECK(lp(3).ops(VectorOp::exponential) == 40);
  CHECK(lp(3).ops(VectorOp::add) == 32);
}

TEST_CASE("global pools reduce all spatial dimensions to one element") {
  const auto global = [](std::string op, Shape x) {
    return OneLayer{std::move(op), {data(std::move(x))}};
  };
  CHECK(shape_of(global("GlobalAveragePool", {2, 3, 7, 5})) == "2x3x1x1");
  CHECK(shape_of(global("GlobalMaxPool", {2, 3, 7})) == "2x3x1");
  CHECK(shape_of(global("GlobalLpPool", {2, 3, 7, 5, 4})) == "2x3x1x1x1");
  const Work average = work(global("GlobalAveragePool", {2, 3, 7, 5}));
  CHECK(average.ops(VectorOp::add) == 210);
  CHECK(average.ops(VectorOp::divide) == 6);
  CHECK(work(global("GlobalMaxPool", {2, 3, 7})).ops(VectorOp::compare) == 42);
  CHECK(work(global("GlobalLpPool", {2, 3, 7})).ops(VectorOp::multiply) == 42);
}

TEST_CASE("a pool that cannot be says why") {
  const Shape x{1, 2, 4, 4};
  const std::pair<OneLayer, std::string> rows[] = {
      {{"MaxPool", {data(x)}}, "kernel_shape has 0 entries, the input 1x2x4x4 needs 2"},
      {pool("MaxPool", {2, 4}, {}), "input 0 'x' (2x4) needs at least 3 dimensions"},
      {pool("MaxPool", x, {2, 0}), "kernel_shape is [2, 0]; each entry must be at least 1"},
      {pool("MaxPool", x, {5, 2}),
       "the kernel reaches over 5 elements in dimension 2, the input 1x2x4x4 has 4 there with "
       "padding; use a larger input or more padding"},
      {pool("MaxPool", x, {kHuge, 1}),
       "the kernel reaches over 4611686018427387904 elements in dimension 2, the input 1x2x4x4 has "
       "4 there with padding; use a larger input or more padding"},
      {pool("MaxPool", x, {kHuge, 1}, {{"auto_pad", "SAME_UPPER"}}),
       "its dimensions multiply to more than 2^63 - 1"},
      {pool("MaxPool", x, {1, 1}, {{"pads", Ints{kHuge, 0, kHuge, 0}}, {"ceil_mode", 1}}),
       "its dimensions add up to more than 2^63 - 1"},
  };
  for (const auto& [layer, text] : rows) CHECK(complaint(layer) == "layer 'it' (MaxPool): " + text);
}

TEST_CASE("an unpooled image has the size before a pool, or the stated one") {
  OneLayer unpool{"MaxUnpool",
                  {data({1, 1, 2, 2}), data({1, 1, 2, 2}, ElementType::i64)},
                  {{"kernel_shape", Ints{2, 2}}, {"strides", Ints{2, 2}}}};
  CHECK(shape_of(unpool) == "1x1x4x4");
  CHECK(state(unpool) == LayerState::modelled);
  unpool.inputs.push_back(constant_integers({1, 1, 5, 5}));
  CHECK(shape_of(unpool) == "1x1x5x5");
  unpool.inputs[2] = constant_integers({5, 5});
  CHECK(complaint(unpool) ==
        "layer 'it' (MaxUnpool): the output's shape (5x5) must have as many dimensions as input 0 "
        "'x' (1x1x2x2)");
  unpool.inputs[1] = data({1, 1, 2, 3}, ElementType::i64);
  CHECK(
      complaint(unpool) ==
      "layer 'it' (MaxUnpool): input 1 'w' (1x1x2x3) must be 1x1x2x2, because each element has an "
      "index");
}

}  // namespace roofbeam
