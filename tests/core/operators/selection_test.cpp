#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer one_hot(Given depth, Shape indices = {2, 3}, std::vector<Attribute> attributes = {}) {
  return {"OneHot",
          {data(std::move(indices), ElementType::i64), std::move(depth), data({2})},
          std::move(attributes)};
}

OneLayer suppression(std::vector<Given> limits) {
  OneLayer layer{"NonMaxSuppression", {data({2, 10, 4}), data({2, 3, 10})}};
  layer.inputs.insert(layer.inputs.end(), limits.begin(), limits.end());
  return layer;
}

OneLayer compress(Shape x, Given condition, std::vector<Attribute> attributes = {}) {
  return {"Compress", {data(std::move(x)), std::move(condition)}, std::move(attributes)};
}

OneLayer reverse(Shape x, std::int64_t lengths, std::vector<Attribute> attributes = {}) {
  return {"ReverseSequence",
          {data(std::move(x)), data({lengths}, ElementType::i64)},
          std::move(attributes)};
}

}  // namespace

TEST_CASE("NonZero makes at most one column of indices per element") {
  const OneLayer layer{"NonZero", {data({2, 3})}};
  CHECK(shape_of(layer) == "2x6");
  CHECK(output(layer).element == ElementType::i64);
  CHECK(output(layer).upper_bound);
  CHECK(work(layer).ops(VectorOp::compare) == 6);
  CHECK(complaint(layer) ==
        "layer 'it' (NonZero): the shape of what it makes depends on data; at most 2x6 is used");
}

TEST_CASE("NonZero of known elements is known") {
  const OneLayer layer{"NonZero", {constant_tensor({2, 3}, {0, 7, 0, 1, 0, -1})}};
  CHECK(shape_of(layer) == "2x3");
  CHECK(known_integers(layer) == Ints{0, 1, 1, 1, 0, 2});
  CHECK_FALSE(output(layer).upper_bound);
  CHECK(shape_of({"NonZero", {constant_scalar(5)}}) == "0x1");
  CHECK(shape_of({"NonZero", {constant_scalar(0)}}) == "0x0");
  CHECK(known_integers({"NonZero", {constant_reals({0, 0.5})}}) == Ints{1});
  CHECK(output({"NonZero", {constant_tensor(Shape(64, 1), {1})}}).values.has_value());
  CHECK(output({"NonZero", {constant_tensor(Shape(65, 1), {1})}}).upper_bound);
}

TEST_CASE("Unique keeps at most all elements, or all slices along an axis") {
  OneLayer layer{"Unique", {data({2, 8})}};
  layer.outputs = 4;
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(shape_of(layer, i) == "16");
    CHECK(output(layer, i).upper_bound == (i != 2));  // every element has an inverse index
  }
  CHECK(work(layer).ops(VectorOp::compare) == 16 * 4);
  layer.attributes = {{"axis", -1}};
  CHECK(shape_of(layer, 0) == "2x8");
  CHECK(shape_of(layer, 2) == "8");
  CHECK(work(layer).ops(VectorOp::compare) == 16 * 3);
  CHECK(work({"Unique", {data({1})}}).ops(VectorOp::compare) == 1);
  CHECK(work({"Unique", {data({0})}}).ops(VectorOp::compare) == 0);
}

TEST_CASE("Compress keeps at most as many as there are conditions, or as many as hold") {
  const Given unknown = data({3}, ElementType::boolean);
  CHECK(shape_of(compress({4, 5}, unknown, {{"axis", 0}})) == "3x5");
  CHECK(output(compress({4, 5}, unknown)).upper_bound);
  CHECK(shape_of(compress({4, 5}, unknown)) == "3");
  CHECK(shape_of(compress({2, 5}, unknown, {{"axis", 0}})) == "2x5");
  CHECK(work(compress({4, 5}, unknown)).ops(VectorOp::compare) == 3);
  const Given known = constant_tensor({3}, {1, 0, 1}, ElementType::boolean);
  CHECK(shape_of(compress({4, 5}, known, {{"axis", -1}})) == "4x2");
  CHECK_FALSE(output(compress({4, 5}, known)).upper_bound);
  CHECK(shape_of(compress({2}, known)) == "1");
  CHECK(known_integers({"Compress", {constant_integers({4, 5, 6, 7}), known}}) == Ints{4, 6});
}

TEST_CASE("OneHot adds a dimension of known depth") {
  CHECK(shape_of(one_hot(constant_scalar(5))) == "2x3x5");
  CHECK(shape_of(one_hot(constant_integers({5}), {2, 3}, {{"axis", 0}})) == "5x2x3");
  CHECK(shape_of(one_hot(constant_reals({12}), {2, 3}, {{"axis", 1}})) == "2x12x3");
  CHECK(shape_of(one_hot(constant_scalar(1), {})) == "1");
  CHECK(complaint(one_hot(data({}, ElementType::i64))) ==
        "layer 'it' (OneHot): input 1 'w' (the depth) is not known before the network runs; its "
        "shape is unknown and it is not counted");
}

TEST_CASE("NonMaxSuppression keeps at most the stated boxes of each class and batch item") {
  CHECK(shape_of(suppression({constant_scalar(4)})) == "24x3");
  CHECK(shape_of(suppression({constant_integers({10})})) == "60x3");
  CHECK(shape_of(suppression({constant_integers({11})})) == "60x3");  // there are only 10
  CHECK(shape_of(suppression({data({1}, ElementType::i64)})) == "60x3");
  CHECK(output(suppression({constant_scalar(4)})).upper_bound);
}

TEST_CASE("NonMaxSuppression keeps nothing unless it is told how many") {
  CHECK(shape_of(suppression({})) == "0x3");
  CHECK(shape_of(suppression({constant_scalar(-1)})) == "0x3");
  CHECK_FALSE(output(suppression({left_out(), data({1})})).upper_bound);
}

TEST_CASE("NonMaxSuppression sorts scores and compares boxes with those kept") {
  const Work counted = work(suppression({constant_scalar(4)}));
  CHECK(counted.ops(VectorOp::compare) == 60 * (1 + 4) + 5 * 240);  // 10 boxes meet 24 rows
  CHECK(counted.ops(VectorOp::add) == 8 * 240);
  CHECK(counted.ops(VectorOp::multiply) == 3 * 240);
  CHECK(counted.ops(VectorOp::divide) == 240);
}

TEST_CASE("ReverseSequence and Trilu keep the shape and move bytes only") {
  CHECK(shape_of(reverse({5, 2, 3}, 2)) == "5x2x3");
  CHECK(shape_of(reverse({5, 2}, 5, {{"batch_axis", 0}, {"time_axis", 1}})) == "5x2");
  CHECK(shape_of({"Trilu", {data({2, 3, 4}), constant_scalar(-7)}}) == "2x3x4");
  CHECK(work(reverse({5, 2, 3}, 2)).vector_ops == Work{}.vector_ops);
  CHECK(state({"Trilu", {data({2, 3})}}) == LayerState::modelled);
}

TEST_CASE("selections that contradict their inputs say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {compress({4}, data({2, 2}, ElementType::boolean)),
       "input 1 'w' (2x2) (the condition) must have one dimension"},
      {compress({4}, data({4}, ElementType::boolean), {{"axis", 1}}),
       "axis 1 lies outside a tensor of 1 dimensions; it may be -1 to 0"},
      {one_hot(constant_scalar(0)), "its depth is 0; it must be at least 1"},
      {one_hot(constant_reals({1e30})), "its depth is 1e+30"},
      {one_hot(constant_integers({1, 2})), "input 1 'w' (2) (the depth) must have one element"},
      {one_hot(constant_reals({1, 2})), "input 1 'w' (2) (the depth) must have one element"},
      {one_hot(constant_scalar(5), {2}, {{"axis", 2}}),
       "axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
      {{"OneHot", {data({2}), constant_scalar(5), data({3})}},
       "input 2 'b' (3) must be 2, because it holds the values for off and on"},
      {{"NonMaxSuppression", {data({1, 10, 4}), data({1, 3, 9})}},
       "input 0 'x' (1x10x4) and input 1 'w' (1x3x9) must be batch x boxes x 4 and batch x classes "
       "x boxes, with the same batch and boxes"},
      {reverse({5}, 5), "input 0 'x' (5) needs at least 2 dimensions"},
      {reverse({5, 2}, 5), "input 1 'w' (5) must be 2, because the batch has 2 sequences"},
      {reverse({5, 2}, 5, {{"batch_axis", 0}}),
       "batch_axis is 0 and time_axis 0; one must be 0, the other 1"},
      {{"Trilu", {data({2})}}, "input 0 'x' (2) needs at least 2 dimensions"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
