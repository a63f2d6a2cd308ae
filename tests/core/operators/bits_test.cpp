#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

using enum ElementType;

Given bytes(Ints values) {
  const Shape shape{static_cast<std::int64_t>(values.size())};
  return constant_tensor(shape, std::move(values), u8);
}

OneLayer shift(std::string direction, Given by) {
  return {"BitShift", {bytes({1, 96}), std::move(by)}, {{"direction", std::move(direction)}}};
}

OneLayer bit_cast(ElementType from, std::int64_t to) {
  return {"BitCast", {data({2, 3}, from)}, {{"to", to}}, 26};
}

}  // namespace

TEST_CASE("bitwise operators broadcast and count one compare per element") {
  for (const std::string op : {"BitwiseAnd", "BitwiseOr", "BitwiseXor"}) {
    const OneLayer layer{op, {data({2, 3}, i32), data({3}, i32)}, {}, 18};
    CHECK(shape_of(layer) == "2x3");
    CHECK(output(layer).element == i32);
    CHECK(work(layer).ops(VectorOp::compare) == 6);
  }
  CHECK(work({"BitwiseNot", {data({4}, u8)}}).ops(VectorOp::compare) == 4);
}

TEST_CASE("known bits are combined") {
  const std::vector<Given> inputs{bytes({12, 5}), bytes({10, 3})};
  CHECK(known_integers({"BitwiseAnd", inputs}) == Ints{8, 1});
  CHECK(known_integers({"BitwiseOr", inputs}) == Ints{14, 7});
  CHECK(known_integers({"BitwiseXor", inputs}) == Ints{6, 6});
}

TEST_CASE("known bits are shifted unless they leave their type") {
  CHECK(known_integers(shift("LEFT", bytes({1, 1}))) == Ints{2, 192});
  CHECK(known_integers(shift("LEFT", bytes({1, 2}))) == std::nullopt);  // 384 is no byte
  CHECK(known_integers(shift("RIGHT", bytes({1, 5}))) == Ints{0, 3});
  CHECK(known_integers(shift("RIGHT", bytes({63, 63}))) == Ints{0, 0});
  CHECK(known_integers(shift("RIGHT", bytes({64, 0}))) == std::nullopt);
}

TEST_CASE("BitCast is a view of another type of the same size") {
  CHECK(output(bit_cast(f32, 6)).element == i32);
  CHECK(shape_of(bit_cast(f32, 6)) == "2x3");
  CHECK(state(bit_cast(f32, 6)) == LayerState::view);
}

TEST_CASE("what has no bits, or not as many, says so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {bit_cast(f32, 7), "32 bits of float32 cannot become 64 of int64"},
      {bit_cast(text, 7), "a text has no bits to read as another type"},
      {bit_cast(f32, 0), "attribute 'to' must be a TensorProto data type from 1 to 26"},
      {{"BitwiseAnd", {data({2}), data({2}, i8)}}, "input 0 'x' (2) must be integers, not float32"},
      {{"BitwiseNot", {data({2})}}, "input 0 'x' (2) must be integers, not float32"},
      {shift("UP", bytes({1, 1})), "direction is 'UP'; it must be LEFT or RIGHT"},
  };
  for (const auto& [layer, complaint_text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + complaint_text);
  }
}

}  // namespace roofbeam
