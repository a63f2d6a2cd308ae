#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer scatter(std::string op, Shape x, Shape indices, Shape updates,
                 std::vector<Attribute> attributes = {}) {
  return {
      std::move(op),
      {data(std::move(x)), data(std::move(indices), ElementType::i64), data(std::move(updates))},
      std::move(attributes)};
}

}  // namespace

TEST_CASE("scattering keeps the shape of the data and moves bytes") {
  for (const std::string op : {"Scatter", "ScatterElements"}) {
    const OneLayer layer = scatter(op, {3, 4}, {2, 4}, {2, 4}, {{"axis", -2}});
    CHECK(shape_of(layer) == "3x4");
    CHECK(work(layer).vector_ops == Work{}.vector_ops);
  }
  CHECK(shape_of(scatter("ScatterND", {4, 5, 6}, {2, 1}, {2, 5, 6})) == "4x5x6");
  CHECK(shape_of(scatter("ScatterND", {4, 5}, {7, 2}, {7})) == "4x5");
}

TEST_CASE("a reduction is one operation per update") {
  const std::pair<const char*, VectorOp> rows[] = {{"add", VectorOp::add},
                                                   {"mul", VectorOp::multiply},
                                                   {"max", VectorOp::compare},
                                                   {"min", VectorOp::compare}};
  for (const auto& [name, op] : rows) {
    const std::vector<Attribute> attributes{{"reduction", std::string(name)}};
    CHECK(work(scatter("ScatterElements", {3, 4}, {2, 4}, {2, 4}, attributes)).ops(op) == 8);
    CHECK(work(scatter("ScatterND", {4, 5, 6}, {2, 1}, {2, 5, 6}, attributes)).ops(op) == 60);
  }
}

TEST_CASE("a dimension that is replaced in a known shape is known") {
  const Given shape = constant_integers({1, 2, 3});
  CHECK(known_integers(
            {"ScatterND", {shape, constant_tensor({1, 1}, {1}), constant_integers({9})}}) ==
        Ints{1, 9, 3});
  CHECK(known_integers(
            {"ScatterElements", {shape, constant_integers({-1, 0}), constant_integers({8, 7})}}) ==
        Ints{7, 2, 8});
}

TEST_CASE("scatters that contradict their inputs say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {scatter("ScatterElements", {3, 4}, {2}, {2}),
       "input 0 'x' (3x4) and input 1 'w' (2) must have as many dimensions"},
      {scatter("ScatterElements", {3, 4}, {2, 4}, {2, 3}),
       "input 2 'b' (2x3) must be 2x4, because there is one update per index"},
      {scatter("ScatterElements", {3, 4}, {2, 4}, {2, 4}, {{"axis", 2}}),
       "axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
      {scatter("ScatterElements", {3}, {3}, {3}, {{"reduction", std::string("mean")}}),
       "reduction is 'mean'; it must be none, add, mul, max or min"},
      {scatter("ScatterND", {4, 5}, {7, 3}, {7}),
       "input 1 'w' (7x3) cannot index input 0 'x' (4x5)"},
      {scatter("ScatterND", {4, 5}, {}, {7}),
       "input 1 'w' (scalar) cannot index input 0 'x' (4x5)"},
      {scatter("ScatterND", {4, 5}, {7, 1}, {7}),
       "input 2 'b' (7) must be 7x5, because 7x1 index 4x5"},
      {{"ScatterND",
        {constant_integers({1, 2}), constant_tensor({1, 1}, {2}), constant_integers({9})}},
       "index 2 is outside input 0 'x' (2)"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
