#include <doctest/doctest.h>

#include <limits>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

using Reals = std::vector<double>;

OneLayer constant(Attribute value) { return {"Constant", {}, {std::move(value)}}; }
OneLayer range(std::int64_t start, std::int64_t limit, std::int64_t delta) {
  return {"Range", {constant_scalar(start), constant_scalar(limit), constant_scalar(delta)}};
}
OneLayer real_range(double start, double limit, double delta) {
  return {"Range", {constant_reals({start}), constant_reals({limit}), constant_reals({delta})}};
}
OneLayer filled(Ints shape, std::optional<TensorType> value = {}) {
  OneLayer layer{"ConstantOfShape", {constant_integers(std::move(shape))}};
  if (value) layer.attributes.push_back({"value", *std::move(value)});
  return layer;
}
TensorType one_integer(ElementType element, std::int64_t value) {
  return {element, {1}, Values{Ints{value}}};
}

}  // namespace

TEST_CASE("Constant takes its value from any of its attributes") {
  struct Row {
    Attribute value;
    ElementType element;
    std::string shape;
  };
  const Row rows[] = {
      {{"value", TensorType{ElementType::f16, {2, 3}, {}}}, ElementType::f16, "2x3"},
      {{"sparse_value", TensorType{ElementType::f32, {100, 200}, {}}}, ElementType::f32, "100x200"},
      {{"value_int", 7}, ElementType::i64, "scalar"},
      {{"value_ints", Ints{7, 8}}, ElementType::i64, "2"},
      {{"value_float", 0.5}, ElementType::f32, "scalar"},
      {{"value_floats", Reals{0.5, 1, 2}}, ElementType::f32, "3"},
      {{"value_string", "a"}, ElementType::text, "scalar"},
      {{"value_strings", std::vector<std::string>{"a", "b"}}, ElementType::text, "2"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value.name);
    const Tensor made = output(constant(row.value));
    CHECK(made.element == row.element);
    CHECK(to_text(*made.shape) == row.shape);
    CHECK(made.constant);
  }
  CHECK(known_integers(constant({"value_int", 7})) == Ints{7});
  CHECK(known_integers(constant({"value_ints", Ints{7, 8}})) == Ints{7, 8});
  CHECK(known_reals(constant({"value_float", 0.5})) == Reals{0.5});
  CHECK(known_integers(constant({"value_ints", Ints(4096, 1)})) == Ints(4096, 1));
  CHECK(known_integers(constant({"value_ints", Ints(4097, 1)})) == std::nullopt);
  CHECK(complaint({"Constant", {}}) ==
        "layer 'it' (Constant): it needs one of: value, value_int, value_ints, value_float, "
        "value_floats");
}

TEST_CASE("ConstantOfShape repeats one element, a float 0 unless it says otherwise") {
  CHECK(shape_of(filled({2, 3})) == "2x3");
  CHECK(shape_of(filled({})) == "scalar");
  CHECK(output(filled({2, 3})).element == ElementType::f32);
  CHECK(output(filled({2, 3})).constant);
  const TensorType seven = one_integer(ElementType::i32, 7);
  CHECK(output(filled({2}, seven)).element == ElementType::i32);
  CHECK(known_integers(filled({2, 2}, seven)) == Ints{7, 7, 7, 7});
  CHECK(known_integers(filled({2, 0}, seven)) == Ints{});
  CHECK(known_integers(filled({2}, one_integer(ElementType::boolean, 1))) == Ints{1, 1});
  CHECK(known_integers(filled({4096}, seven)) == Ints(4096, 7));
  CHECK(known_integers(filled({4097}, seven)) == std::nullopt);
  const std::string start = "layer 'it' (ConstantOfShape): ";
  CHECK(complaint(filled({2, -1}, seven)) ==
        start + "its output tensor 'y' (2x-1) has a negative dimension");
  CHECK(complaint(filled({kMost, 2}, seven)) ==
        start + "its dimensions multiply to more than 2^63 - 1");
  CHECK(complaint(filled({kMost, 2})) ==
        start + "its output tensor 'y' (9223372036854775807x2) has more than 2^63 - 1 bits");
  CHECK(complaint(filled({2}, TensorType{ElementType::i64, {2}, Values{Ints{1, 2}}})) ==
        start + "attribute 'value' must have one element");
  CHECK(complaint({"ConstantOfShape", {data({2}, ElementType::i64)}}) ==
        start +
            "input 0 'x' (the shape) is not known before the network runs; its shape is unknown "
            "and it is not counted");
}

TEST_CASE("Shape gives the dimensions from start to end, clamped") {
  const auto shape = [](std::vector<Attribute> attributes) {
    return known_integers({"Shape", {data({2, 3, 4})}, std::move(attributes)});
  };
  CHECK(shape({}) == Ints{2, 3, 4});
  CHECK(shape({{"start", 1}}) == Ints{3, 4});
  CHECK(shape({{"end", 1}}) == Ints{2});
  CHECK(shape({{"start", -1}}) == Ints{4});
  CHECK(shape({{"start", 1}, {"end", -1}}) == Ints{3});
  CHECK(shape({{"start", 2}, {"end", 1}}) == Ints{});
  CHECK(shape({{"start", -9}, {"end", 9}}) == Ints{2, 3, 4});
  CHECK(shape({{"start", kLeast}, {"end", kMost}}) == Ints{2, 3, 4});
  CHECK(output({"Shape", {data({2, 3})}}).element == ElementType::i64);
  CHECK(shape_of({"Shape", {data({})}}) == "0");
}

TEST_CASE("Size is the number of elements") {
  CHECK(known_integers({"Size", {data({2, 3, 4})}}) == Ints{24});
  CHECK(known_integers({"Size", {data({})}}) == Ints{1});
  CHECK(known_integers({"Size", {data({2, 0})}}) == Ints{0});
  CHECK(shape_of({"Size", {data({2})}}) == "scalar");
}

TEST_CASE("Range counts from start to just before limit") {
  struct Row {
    std::int64_t start, limit, delta;
    Ints result;
  };
  const Row rows[] = {
      {0, 3, 1, {0, 1, 2}},
      {0, 5, 2, {0, 2, 4}},
      {0, 6, 2, {0, 2, 4}},
      {3, 0, -1, {3, 2, 1}},
      {3, 3, 1, {}},
      {3, 0, 1, {}},
      {0, 3, -1, {}},
      {kMost - 1, kMost, 1, {kMost - 1}},
      {0, kMost, kMost - 1, {0, kMost - 1}},
      {kMost, kLeast, 1, {}},  // the wrong way: however far apart
  };
  for (const Row& row : rows) {
    CAPTURE(row.start);
    CAPTURE(row.limit);
    CHECK(known_integers(range(row.start, row.limit, row.delta)) == row.result);
  }
  CHECK(known_integers(range(0, 4096, 1))->size() == 4096);
  CHECK(known_integers(range(0, 4097, 1)) == std::nullopt);
  CHECK(shape_of(range(0, 4097, 1)) == "4097");
  CHECK(shape_of(real_range(0, 1, 0.25)) == "4");
  CHECK(shape_of(real_range(0, 1.1, 0.25)) == "5");
  CHECK(shape_of(real_range(1, 0, 0.25)) == "0");
  // From 0.1 to 1.1 is 1 in 32 bits, and a little more in 64.
  const auto real = [](float value) { return static_cast<double>(value); };
  CHECK(shape_of(real_range(real(0.1f), real(1.1f), real(0.1f))) == "10");
}

TEST_CASE("a range that cannot be says why") {
  const std::string far = "its limits are more than 2^63 - 1 apart";
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::pair<OneLayer, std::string> rows[] = {
      {range(0, 3, 0), "the step must not be 0"},
      {range(-1, kMost, 1), far},
      {range(0, kLeast, -1), far},
      {real_range(0, 1, 0), "the range has no end"},
      {real_range(0, nan, 1), "the range has no end"},
      {{"Range", {constant_integers({1, 2}), constant_scalar(3), constant_scalar(1)}},
       "input 0 'x' (2) must have one element"},
      {{"Range", {constant_scalar(0), data({}, ElementType::i64), constant_scalar(1)}},
       "input 1 'w' (a limit) is not known before the network runs; its shape is unknown and it is "
       "not counted"},
      {{"Range", {constant_scalar(0), constant_scalar(3)}}, "input 2 is required but left out"},
  };
  for (const auto& [layer, text] : rows) CHECK(complaint(layer) == "layer 'it' (Range): " + text);
}

TEST_CASE("EyeLike is a matrix like its input, of another type if asked") {
  const OneLayer same{"EyeLike", {data({2, 3})}};
  const OneLayer doubles{"EyeLike", {data({2, 3})}, {{"dtype", 11}}};
  CHECK(shape_of(same) == "2x3");
  CHECK(output(same).element == ElementType::f32);
  CHECK(output(doubles).element == ElementType::f64);
  CHECK(complaint({"EyeLike", {data({2})}}) ==
        "layer 'it' (EyeLike): input 0 'x' (2) must have two dimensions");
  CHECK(complaint({"EyeLike", {data({2, 3})}, {{"dtype", 99}}}) ==
        "layer 'it' (EyeLike): attribute 'dtype' must be a TensorProto data type from 1 to 26");
}

}  // namespace roofbeam
