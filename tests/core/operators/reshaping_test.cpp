#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer reshape(Shape x, Ints target, bool allow_zero = false) {
  OneLayer layer{"Reshape", {data(std::move(x)), constant_integers(std::move(target))}};
  if (allow_zero) layer.attributes = {{"allowzero", 1}};
  return layer;
}
OneLayer flatten(Shape x, std::int64_t axis) {
  return {"Flatten", {data(std::move(x))}, {{"axis", axis}}};
}
OneLayer by_attribute(std::string op, Shape x, Ints axes) {
  return {std::move(op), {data(std::move(x))}, {{"axes", std::move(axes)}}, 11};
}
OneLayer by_input(std::string op, Shape x, Ints axes) {
  return {std::move(op), {data(std::move(x)), constant_integers(std::move(axes))}, {}, 13};
}

Layer layer(std::string op, std::vector<TensorId> inputs, TensorId output,
            std::vector<Attribute> attributes = {}) {
  Layer layer;
  layer.name = op;
  layer.op = std::move(op);
  layer.opset = 17;
  layer.inputs = std::move(inputs);
  layer.outputs = {output};
  layer.attributes = std::move(attributes);
  return layer;
}

}  // namespace

TEST_CASE("Reshape copies for 0 and solves one -1") {
  const Shape x{2, 3, 4};
  CHECK(shape_of(reshape(x, {24})) == "24");
  CHECK(shape_of(reshape(x, {0, -1})) == "2x12");
  CHECK(shape_of(reshape(x, {-1, 0})) == "8x3");
  CHECK(shape_of(reshape(x, {0, 0, 0, -1})) == "2x3x4x1");
  CHECK(shape_of(reshape({1}, {})) == "scalar");
  CHECK(shape_of(reshape({0, 4}, {4, 0}, true)) == "4x0");
  CHECK(state(reshape(x, {24})) == LayerState::view);
  CHECK(shape_of({"Reshape", {data(x)}, {{"shape", Ints{6, -1}}}, 1}) == "6x4");
}

TEST_CASE("a reshape that cannot be says why") {
  const Shape x{2, 3, 4};
  const std::int64_t large = std::int64_t{1} << 32;
  const std::pair<OneLayer, std::string> rows[] = {
      {reshape(x, {5, -1}), "24 elements (2x3x4) do not divide by the 5 of the new shape"},
      {reshape(x, {-1, -1}), "the new shape (-1x-1) has more than one -1"},
      {reshape(x, {-2, 12}), "the new shape has the dimension -2"},
      {reshape(x, {2, 3, 4, 0}),
       "the new shape copies dimension 3, but the input (2x3x4) has only 3"},
      {reshape(x, {5, 5}), "input 0 'x' (2x3x4) cannot be reshaped to 5x5: 24 elements are not 25"},
      {reshape({0, 4}, {0, -1}), "0 elements (0x4) do not divide by the 0 of the new shape"},
      {reshape(x, {large, large}), "its dimensions multiply to more than 2^63 - 1"},
      {{"Reshape", {data({1})}}, "input 1 is required but left out"},
      {reshape({0, 4}, {-1, 0}, true), "0 elements (0x4) do not divide by the 0 of the new shape"},
      {{"Reshape", {data(x), data({2}, ElementType::i64)}},
       "input 1 'w' (the new shape) is not known before the network runs; its shape is unknown and "
       "it is not counted"},
  };
  for (const auto& [layer, text] : rows) CHECK(complaint(layer) == "layer 'it' (Reshape): " + text);
}

TEST_CASE("Flatten makes a matrix of what is before and from an axis on") {
  struct Row {
    std::int64_t axis;
    std::string result;
  };
  const Row rows[] = {{0, "1x24"}, {1, "2x12"}, {2, "6x4"}, {3, "24x1"}, {-1, "6x4"}, {-3, "1x24"}};
  for (const Row& row : rows) CHECK(shape_of(flatten({2, 3, 4}, row.axis)) == row.result);
  CHECK(shape_of({"Flatten", {data({2, 3, 4})}}) == "2x12");
  CHECK(shape_of(flatten({}, 0)) == "1x1");
  for (const std::int64_t axis : {std::int64_t{4}, std::int64_t{-4}}) {
    CHECK(complaint(flatten({2, 3, 4}, axis)) ==
          "layer 'it' (Flatten): axis " + std::to_string(axis) + " is outside the input (2x3x4)");
  }
}

TEST_CASE("Squeeze and Unsqueeze take axes as an attribute or, from opset 13 on, as an input") {
  struct Row {
    std::string op;
    Shape x;
    Ints axes;
    std::string result;
  };
  const Row rows[] = {
      {"Squeeze", {1, 3, 1}, {0}, "3x1"},  {"Squeeze", {1, 3, 1}, {-1}, "1x3"},
      {"Squeeze", {1, 3, 1}, {0, 2}, "3"}, {"Squeeze", {1}, {0}, "scalar"},
      {"Unsqueeze", {3}, {0}, "1x3"},      {"Unsqueeze", {3}, {-1}, "3x1"},
      {"Unsqueeze", {3}, {0, 2}, "1x3x1"}, {"Unsqueeze", {}, {0, 1}, "1x1"},
      {"Unsqueeze", {3}, {2, 0}, "1x3x1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.result);
    CHECK(shape_of(by_attribute(row.op, row.x, row.axes)) == row.result);
    CHECK(shape_of(by_input(row.op, row.x, row.axes)) == row.result);
    CHECK(state(by_input(row.op, row.x, row.axes)) == LayerState::view);
  }
  CHECK(shape_of({"Squeeze", {data({1, 3, 1})}}) == "3");
  CHECK(shape_of({"Squeeze", {data({1, 3, 1}), constant_integers({})}}) == "1x3x1");
  CHECK(shape_of({"Squeeze", {data({1, 3, 1})}, {{"axes", Ints{}}}, 11}) == "1x3x1");
}

TEST_CASE("axes that cannot be say why") {
  const std::pair<OneLayer, std::string> rows[] = {
      {by_input("Squeeze", {1, 3}, {1}), "(Squeeze): dimension 1 of input 0 'x' (1x3) is not 1"},
      {by_input("Squeeze", {1, 1}, {0, -2}), "(Squeeze): axis 0 is named twice"},
      {by_input("Squeeze", {1, 3}, {2}),
       "(Squeeze): axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
      {by_input("Unsqueeze", {3}, {2}),
       "(Unsqueeze): axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
      {by_input("Unsqueeze", {3}, {0, 0}), "(Unsqueeze): axis 0 is named twice"},
      {{"Unsqueeze", {data({3})}}, "(Unsqueeze): it needs axes"},
      {{"Unsqueeze", {data({3}), data({1}, ElementType::i64)}},
       "(Unsqueeze): input 1 'w' (the axes) is not known before the network runs; its shape is "
       "unknown and it is not counted"},
  };
  for (const auto& [layer, text] : rows) CHECK(complaint(layer) == "layer 'it' " + text);
}

TEST_CASE("views hand on known elements, and their arguments are no parameters") {
  const Given x = constant_integers({1, 2, 3, 4});
  const Given target = constant_tensor({2}, {2, 2}, ElementType::i32);
  CHECK(known_integers({"Reshape", {x, target}}) == Ints{1, 2, 3, 4});
  CHECK(known_integers({"Flatten", {x}}) == Ints{1, 2, 3, 4});
  CHECK(known_integers({"Unsqueeze", {x, constant_integers({0})}}) == Ints{1, 2, 3, 4});
  CHECK(known_integers({"Squeeze", {x}}) == Ints{1, 2, 3, 4});
  CHECK(totals(infer_one({"Reshape", {data({4}), target}})).parameters == 0);
}

TEST_CASE("a shape computed from a shape is known: Shape, Gather, Unsqueeze, Concat, Reshape") {
  // y = x.reshape(x.shape[0], -1), as an exporter writes it.
  enum : TensorId { x, zero, axes, rest, shape, batch, vector, target, y };
  std::vector<Tensor> tensors = {
      tensor_of(data({2, 3, 4}), "x"),
      tensor_of(constant_scalar(0), "zero"),
      tensor_of(constant_integers({0}), "axes"),
      tensor_of(constant_integers({-1}), "rest"),
  };
  for (const char* name : {"shape", "batch", "vector", "target", "y"}) {
    tensors.push_back(unknown_tensor(name));
  }
  std::vector<Layer> layers = {
      layer("Shape", {x}, shape),
      layer("Gather", {shape, zero}, batch, {{"axis", 0}}),
      layer("Unsqueeze", {batch, axes}, vector),
      layer("Concat", {vector, rest}, target, {{"axis", 0}}),
      layer("Reshape", {x, target}, y),
  };
  const Network network = infer({"chain", std::move(tensors), std::move(layers), {x}, {y}});
  CHECK(*network.tensor(target).values->integers() == Ints{2, -1});
  CHECK(to_text(*network.tensor(y).shape) == "2x12");
  REQUIRE(network.layers().size() == 1);  // what is known is folded away
  CHECK(network.layers()[0].op == "Reshape");
}

}  // namespace roofbeam
