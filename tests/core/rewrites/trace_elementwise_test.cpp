#include <doctest/doctest.h>

#include "tests/core/rewrites/traced.hpp"

namespace roofbeam {
namespace {

TEST_CASE("what is computed element by element keeps its dimensions") {
  for (const char* const op : {"Relu", "Softmax", "Dropout"}) {
    CAPTURE(op);
    Picture p;
    CHECK(p.follows(p.sketch.add("y", op, {p.conv("c", 8)})) == "1 c 4 4");
  }
}

TEST_CASE("what is added must be equal, and a constant follows") {
  Picture p;
  const auto a = p.conv("a", 8);
  const auto b = p.conv("b", 8);
  const auto sum = p.sketch.add("sum", "Add", {a, b});
  CHECK(p.follows(sum) == "1 a 4 4");
  CHECK(p.follows(b, sum) == "1 a 4 4");
  const auto each = p.sketch.weight({8, 1, 1});
  const auto scaled = p.sketch.add("scaled", "Mul", {sum, each});
  CHECK(p.follows(scaled) == "1 a 4 4");
  CHECK(p.follows(each, scaled) == "a 1 1");
}

TEST_CASE("what is added to an input cannot change") {
  Picture p;
  const auto c = p.conv("c", 3);
  CHECK(p.follows(c, p.sketch.add("sum", "Add", {c, p.x})) == "1 3 4 4");
}

TEST_CASE("pooling keeps channels and gives what lies behind them another size") {
  Picture p;
  const auto c = p.conv("c", 8);
  CHECK(p.follows(p.sketch.add("g", "GlobalAveragePool", {c})) == "1 c 1 1");
  const std::vector<Attribute> two = {{"kernel_shape", Ints{2, 2}}, {"strides", Ints{2, 2}}};
  CHECK(p.follows(p.sketch.add("m", "MaxPool", {c}, two)) == "1 c 2 2");
}

}  // namespace
}  // namespace roofbeam
