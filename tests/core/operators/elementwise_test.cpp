#include <doctest/doctest.h>

#include <array>
#include <limits>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr auto kNothing = std::nullopt;

using Reals = std::vector<double>;

OneLayer unary(std::string op, Given x) { return {std::move(op), {std::move(x)}}; }
OneLayer binary(std::string op, Given a, Given b) {
  return {std::move(op), {std::move(a), std::move(b)}};
}
Given of_type(ElementType element, Ints values) {
  const Shape shape{static_cast<std::int64_t>(values.size())};
  return constant_tensor(shape, std::move(values), element);
}

}  // namespace

TEST_CASE("an elementwise operator does the same for each of 24 elements") {
  const Given x = data({2, 3, 4});
  const Given row = data({4});
  struct Row {
    OneLayer layer;
    std::array<double, kVectorOpKinds> each;  // add, multiply, divide, compare, root, exponential
  };
  const Row rows[] = {
      {unary("Abs", x), {0, 0, 0, 1, 0, 0}},
      {unary("Ceil", x), {1, 0, 0, 0, 0, 0}},
      {unary("Cos", x), {0, 0, 0, 0, 0, 1}},
      {unary("Exp", x), {0, 0, 0, 0, 0, 1}},
      {unary("Floor", x), {1, 0, 0, 0, 0, 0}},
      {unary("Log", x), {0, 0, 0, 0, 0, 1}},
      {unary("Neg", x), {1, 0, 0, 0, 0, 0}},
      {unary("Not", x), {0, 0, 0, 1, 0, 0}},
      {unary("Reciprocal", x), {0, 0, 1, 0, 0, 0}},
      {unary("Round", x), {1, 0, 0, 0, 0, 0}},
      {unary("Sign", x), {0, 0, 0, 1, 0, 0}},
      {unary("Sin", x), {0, 0, 0, 0, 0, 1}},
      {unary("Sqrt", x), {0, 0, 0, 0, 1, 0}},
      {binary("Add", x, row), {1, 0, 0, 0, 0, 0}},
      {binary("And", x, row), {0, 0, 0, 1, 0, 0}},
      {binary("Div", x, row), {0, 0, 1, 0, 0, 0}},
      {binary("Equal", x, row), {0, 0, 0, 1, 0, 0}},
      {binary("GreaterOrEqual", x, row), {0, 0, 0, 1, 0, 0}},
      {binary("Mod", x, row), {0, 0, 1, 0, 0, 0}},
      {binary("Mul", x, row), {0, 1, 0, 0, 0, 0}},
      {binary("Pow", x, row), {0, 0, 0, 0, 0, 1}},
      {binary("Sub", row, x), {1, 0, 0, 0, 0, 0}},
      {{"Where", {row, x, row}}, {0, 0, 0, 1, 0, 0}},
      // One less than there are inputs.
      {{"Max", {x, row, row}}, {0, 0, 0, 2, 0, 0}},
      {{"Mean", {x, row, row}}, {2, 1, 0, 0, 0, 0}},
      {{"Min", {x, row}}, {0, 0, 0, 1, 0, 0}},
      {{"Sum", {x, row, row, row}}, {3, 0, 0, 0, 0, 0}},
      {unary("Sum", x), {0, 0, 0, 0, 0, 0}},
  };
  for (const Row& row_of : rows) {
    CAPTURE(row_of.layer.op);
    CHECK(shape_of(row_of.layer) == "2x3x4");
    const Work counted = work(row_of.layer);
    CHECK(counted.macs == 0);
    for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
      CAPTURE(kind);
      CHECK(counted.vector_ops[kind] == 24 * row_of.each[kind]);
    }
  }
}

TEST_CASE("operands broadcast, and say so when they cannot") {
  const auto add = [](Shape a, Shape b) { return binary("Add", data(a), data(b)); };
  CHECK(shape_of(add({2, 1, 4}, {3, 1})) == "2x3x4");
  CHECK(shape_of(add({}, {5})) == "5");
  CHECK(shape_of(add({1}, {0})) == "0");
  CHECK(complaint(add({1, 3, 4}, {2, 5})) ==
        "layer 'it' (Add): cannot broadcast 'x' (1x3x4) with 'w' (2x5)");
  CHECK(complaint(add({2}, {0})) == "layer 'it' (Add): cannot broadcast 'x' (2) with 'w' (0)");
  CHECK(complaint({"Max", {data({2, 1}), data({3}), data({4})}}) ==
        "layer 'it' (Max): cannot broadcast 'x' (2x1), 'w' (3) with 'b' (4)");
  CHECK(complaint({"Where", {data({2}), data({1}), data({3})}}) ==
        "layer 'it' (Where): cannot broadcast 'x' (2), 'w' (1) with 'b' (3)");
  CHECK(complaint(unary("Add", data({2}))) == "layer 'it' (Add): input 1 is required but left out");
  CHECK(complaint({"Sum", {}}) == "layer 'it' (Sum): input 0 is required but left out");
  const std::int64_t side = std::int64_t{1} << 31;
  CHECK(complaint(add({side, 1}, {side})) ==
        "layer 'it' (Add): its output tensor 'y' (2147483648x2147483648) has more than 2^63 - 1 "
        "bits");
}

TEST_CASE("before opset 7 the result is like input 0, and its elements are not followed") {
  const Given matrix = constant_tensor({2, 3}, {1, 2, 3, 4, 5, 6});
  OneLayer wider = binary("Add", constant_integers({1}), matrix);
  OneLayer along_axis = binary("Add", matrix, constant_integers({1, 2}));
  along_axis.attributes = {{"broadcast", 1}, {"axis", 0}};
  for (OneLayer* layer : {&wider, &along_axis}) layer->opset = 6;
  CHECK(shape_of(wider) == "1");
  CHECK(known_integers(wider) == kNothing);
  CHECK(shape_of(along_axis) == "2x3");
  CHECK(known_integers(along_axis) == kNothing);
}

TEST_CASE("results have the element type that the operator makes") {
  const Given x = data({2}, ElementType::f16);
  CHECK(output(binary("Less", x, x)).element == ElementType::boolean);
  CHECK(output(unary("IsNaN", x)).element == ElementType::boolean);
  CHECK(output(binary("Mul", x, x)).element == ElementType::f16);
  CHECK(output({"Where", {data({2}, ElementType::boolean), x, x}}).element == ElementType::f16);
}

TEST_CASE("known integers are computed") {
  struct Row {
    std::string op;
    Ints a, b, result;
  };
  const Row rows[] = {
      {"Add", {1, 2}, {10}, {11, 12}},
      {"Sub", {1, 2}, {10}, {-9, -8}},
      {"Mul", {3, -2}, {4, 5}, {12, -10}},
      {"Div", {7, -7}, {2}, {3, -3}},  // towards zero
      {"Mod", {7, -7}, {3}, {1, 2}},   // with the divisor's sign
      {"Min", {1, 9}, {5}, {1, 5}},
      {"Max", {1, 9}, {5}, {5, 9}},
      {"Equal", {1, 2}, {2}, {0, 1}},
      {"Greater", {1, 2, 3}, {2}, {0, 0, 1}},
      {"GreaterOrEqual", {1, 2, 3}, {2}, {0, 1, 1}},
      {"Less", {1, 2, 3}, {2}, {1, 0, 0}},
      {"LessOrEqual", {1, 2, 3}, {2}, {1, 1, 0}},
      {"And", {0, 0, 1, 1}, {0, 1, 0, 1}, {0, 0, 0, 1}},
      {"Or", {0, 0, 1, 1}, {0, 1, 0, 1}, {0, 1, 1, 1}},
      {"Xor", {0, 0, 1, 1}, {0, 1, 0, 1}, {0, 1, 1, 0}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.op);
    CHECK(known_integers(binary(row.op, constant_integers(row.a), constant_integers(row.b))) ==
          row.result);
  }
  OneLayer like_c = binary("Mod", constant_integers({7, -7}), constant_integers({3}));
  like_c.attributes = {{"fmod", 1}};
  CHECK(known_integers(like_c) == Ints{1, -1});
  CHECK(known_integers(unary("Neg", constant_integers({3, -4}))) == Ints{-3, 4});
  CHECK(known_integers(unary("Abs", constant_integers({3, -4}))) == Ints{3, 4});
  CHECK(known_integers(unary("Not", of_type(ElementType::boolean, {0, 1}))) == Ints{1, 0});
  CHECK(known_integers(unary("Identity", constant_integers({5}))) == Ints{5});
  CHECK(known_integers({"Where",
                        {of_type(ElementType::boolean, {1, 0}), constant_integers({1, 2}),
                         constant_scalar(9)}}) == Ints{1, 9});
  CHECK(known_integers(binary("Add", constant_tensor({2, 1}, {10, 20}),
                              constant_integers({1, 2}))) == Ints{11, 12, 21, 22});
}

TEST_CASE("integers that would wrap around are not known") {
  struct Row {
    std::string op;
    ElementType element;
    std::int64_t a, b;
    std::optional<Ints> result;
  };
  using enum ElementType;
  const Row rows[] = {
      {"Add", i64, kMost, 0, Ints{kMost}},
      {"Add", i64, kMost, 1, kNothing},
      {"Sub", i64, kLeast, 0, Ints{kLeast}},
      {"Sub", i64, kLeast, 1, kNothing},
      {"Mul", i64, kMost / 2, 2, Ints{kMost - 1}},
      {"Mul", i64, kMost / 2 + 1, 2, kNothing},
      {"Div", i64, kLeast, 1, Ints{kLeast}},
      {"Div", i64, kLeast, -1, kNothing},
      {"Div", i64, 1, 0, kNothing},
      {"Mod", i64, 1, 0, kNothing},
      {"Mod", i64, kLeast, -1, kNothing},
      {"Add", i32, 2147483646, 1, Ints{2147483647}},
      {"Add", i32, 2147483647, 1, kNothing},
      {"Sub", i8, -127, 1, Ints{-128}},
      {"Sub", i8, -128, 1, kNothing},
      {"Add", u8, 254, 1, Ints{255}},
      {"Add", u8, 255, 1, kNothing},
      {"Sub", u32, 1, 1, Ints{0}},
      {"Sub", u32, 0, 1, kNothing},
  };
  for (const Row& row : rows) {
    CAPTURE(row.op);
    CAPTURE(row.a);
    CHECK(known_integers(binary(row.op, of_type(row.element, {row.a}),
                                of_type(row.element, {row.b}))) == row.result);
  }
  CHECK(known_integers(unary("Neg", constant_integers({kLeast}))) == kNothing);
  CHECK(known_integers(unary("Abs", constant_integers({kLeast}))) == kNothing);
}

TEST_CASE("as many elements as Values may hold are followed, and no more") {
  const auto grid = [](std::int64_t side) {
    const Ints ones(static_cast<std::size_t>(side), 1);
    return binary("Add", constant_tensor({side, 1}, ones), constant_tensor({64}, Ints(64, 1)));
  };
  CHECK(known_integers(grid(64)) == Ints(4096, 2));
  CHECK(known_integers(grid(65)) == kNothing);
  CHECK(shape_of(grid(65)) == "65x64");
}

TEST_CASE("known reals are computed as 32-bit numbers, as scales of a resize are") {
  const auto real = [](double value) { return constant_reals({value}); };
  CHECK(known_reals(binary("Mul", constant_reals({7, 10}), real(1.5))) == Reals{10.5, 15});
  CHECK(known_reals(binary("Div", real(7), real(2))) == Reals{3.5});
  CHECK(known_reals(binary("Add", real(0.5), real(0.25))) == Reals{0.75});
  CHECK(known_reals(binary("Sub", real(0.5), real(0.25))) == Reals{0.25});
  // 0.7 has no exact float; ten times the nearest one rounds to 7 again.
  CHECK(known_reals(binary("Mul", real(static_cast<double>(0.7f)), real(10))) == Reals{7});
  CHECK(known_reals(binary("Div", real(1), real(0))) == kNothing);
  CHECK(known_reals(unary("Floor", constant_reals({1.5, -1.5}))) == Reals{1, -2});
  CHECK(known_reals(unary("Ceil", constant_reals({1.5, -1.5}))) == Reals{2, -1});
  CHECK(known_reals(unary("Round", constant_reals({0.5, 1.5}))) == Reals{0, 2});  // to even
}

TEST_CASE("CastLike casts to the type of its second input") {
  const OneLayer layer{"CastLike", {constant_reals({1.5, -2}), data({7}, ElementType::i32)}};
  CHECK(output(layer).element == ElementType::i32);
  CHECK(shape_of(layer) == "2");
  CHECK(known_integers(layer) == Ints{1, -2});
  CHECK(work({"CastLike", {data({3}), data({}, ElementType::f16)}}).ops(VectorOp::add) == 3);
}

TEST_CASE("Cast keeps what the new type can hold") {
  // Numbers of TensorProto.DataType.
  constexpr std::int64_t kFloat = 1, kInt8 = 3, kInt32 = 6, kInt64 = 7, kBool = 9, kHalf = 10;
  const auto cast = [](Given x, std::int64_t to) {
    return OneLayer{"Cast", {std::move(x)}, {{"to", to}}};
  };
  CHECK(output(cast(data({2}), kInt8)).element == ElementType::i8);
  CHECK(work(cast(data({2, 3}), kInt8)).ops(VectorOp::add) == 6);
  CHECK(known_integers(cast(constant_reals({2.9, -2.9}), kInt64)) == Ints{2, -2});
  CHECK(known_integers(cast(constant_reals({1e300}), kInt64)) == kNothing);
  CHECK(known_reals(cast(constant_integers({3}), kFloat)) == Reals{3});
  CHECK(known_reals(cast(constant_integers({16777217}), kFloat)) == Reals{16777216});  // 2^24 + 1
  CHECK(known_reals(cast(constant_integers({3}), kHalf)) == kNothing);
  CHECK(known_integers(cast(constant_integers({0, 5}), kBool)) == Ints{0, 1});
  CHECK(known_integers(cast(constant_reals({0, 0.5}), kBool)) == Ints{0, 1});
  CHECK(known_integers(cast(constant_integers({2147483647}), kInt32)) == Ints{2147483647});
  CHECK(known_integers(cast(constant_integers({2147483648}), kInt32)) == kNothing);
  for (const std::int64_t unknown : {std::int64_t{-1}, std::int64_t{0}, std::int64_t{99}}) {
    CHECK(complaint(cast(data({2}), unknown)) ==
          "layer 'it' (Cast): attribute 'to' must be a TensorProto data type from 1 to 26");
  }
}

TEST_CASE("Identity is a view") { CHECK(state(unary("Identity", data({2}))) == LayerState::view); }

}  // namespace roofbeam
