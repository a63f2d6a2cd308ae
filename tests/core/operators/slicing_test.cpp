#include <doctest/doctest.h>

#include <limits>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

OneLayer slice(Given x, Ints starts, Ints ends, Ints axes, Ints steps) {
  return {"Slice",
          {std::move(x), constant_integers(std::move(starts)), constant_integers(std::move(ends)),
           constant_integers(std::move(axes)), constant_integers(std::move(steps))}};
}

}  // namespace

TEST_CASE("Slice takes from start to just before end, clamped, in steps") {
  struct Row {
    std::int64_t start, end, step;
    Ints result;
  };
  const Row rows[] = {
      {0, 5, 1, {0, 1, 2, 3, 4}},
      {1, 4, 1, {1, 2, 3}},
      {1, 4, 2, {1, 3}},
      {1, 5, 2, {1, 3}},
      {0, 5, 2, {0, 2, 4}},
      {-2, kMost, 1, {3, 4}},
      {kLeast, -3, 1, {0, 1}},
      {0, kMost, kMost, {0}},
      {3, 3, 1, {}},
      {4, 1, 1, {}},
      {5, 9, 1, {}},
      {4, 1, -1, {4, 3, 2}},
      {kMost, kLeast, -1, {4, 3, 2, 1, 0}},
      {-1, kLeast, -2, {4, 2, 0}},
      {-1, -6, -2, {4, 2, 0}},
      {-1, -5, -2, {4, 2}},
      {3, -1, -1, {}},  // an end of -1 is the last element, not the one before the first
      {kMost, kLeast, kLeast, {4}},
      {1, 4, -1, {}},
      {-9, kLeast, -1, {0}},  // backwards, a start is clamped into the input
  };
  for (const Row& row : rows) {
    CAPTURE(row.start);
    CAPTURE(row.end);
    CAPTURE(row.step);
    const OneLayer layer =
        slice(constant_integers({0, 1, 2, 3, 4}), {row.start}, {row.end}, {0}, {row.step});
    CHECK(known_integers(layer) == row.result);
    CHECK(output_shape(layer) == Shape{std::ssize(row.result)});
  }
}

TEST_CASE("Slice cuts several axes, all from the first on unless it names them") {
  const Given x = constant_tensor({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK(known_integers(slice(x, {1, 0}, {2, 2}, {0, 1}, {1, 1})) == Ints{4, 5});
  CHECK(known_integers(slice(x, {-1}, {kLeast}, {-1}, {-2})) == Ints{3, 1, 6, 4});
  const Given one = constant_integers({1});
  CHECK(shape_of({"Slice", {data({4, 5}), one, constant_integers({3})}}) == "2x5");
  CHECK(shape_of({"Slice", {data({4, 5}), one, constant_integers({3}), one}}) == "4x2");
  CHECK(shape_of(slice(data({0, 5}), {0}, {3}, {0}, {1})) == "0x5");
}

TEST_CASE("before opset 10 Slice has attributes") {
  const Attribute starts{"starts", Ints{1}};
  const Attribute ends{"ends", Ints{kMost}};
  CHECK(shape_of({"Slice", {data({4, 5})}, {starts, ends}, 9}) == "3x5");
  CHECK(shape_of({"Slice", {data({4, 5})}, {starts, ends, {"axes", Ints{1}}}, 9}) == "4x4");
}

TEST_CASE("a slice whose positions depend on data is at most what the known ones leave") {
  const Given unknown = data({1}, ElementType::i64);
  const auto sliced = [&](Given starts, Given ends, std::int64_t step) {
    return OneLayer{"Slice",
                    {data({10, 5}), std::move(starts), std::move(ends), constant_integers({0}),
                     constant_integers({step})}};
  };
  const Given three = constant_integers({3});
  CHECK(shape_of(sliced(unknown, unknown, 1)) == "10x5");
  CHECK(shape_of(sliced(three, unknown, 1)) == "7x5");
  CHECK(shape_of(sliced(unknown, three, 1)) == "3x5");
  CHECK(shape_of(sliced(unknown, unknown, 3)) == "4x5");
  CHECK(shape_of(sliced(unknown, three, -1)) == "6x5");  // 9 to 4
  CHECK(shape_of(sliced(three, unknown, -1)) == "4x5");  // 3 to 0
  CHECK(output(sliced(three, unknown, 1)).upper_bound);
  CHECK_FALSE(output(sliced(three, three, 1)).upper_bound);
}

TEST_CASE("a slice that cannot be says why") {
  const Given x = data({4, 5});
  const std::pair<OneLayer, std::string> rows[] = {
      {slice(x, {0}, {1}, {0}, {0}), "a step must not be 0"},
      {slice(x, {0}, {1}, {2}, {1}),
       "axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
      {slice(x, {0, 0}, {1}, {0}, {1}), "2 starts, 1 ends, 1 axes and 1 steps do not match"},
      {{"Slice", {x, data({3}, ElementType::i64), constant_integers({1})}},
       "3 positions for 2 dimensions"},
      {{"Slice", {x, data({1}), constant_integers({1})}},
       "input 1 'w' (the starts) must be integers, not float32"},
      {{"Slice", {x, constant_integers({1}), constant_integers({1}), data({1}, ElementType::i64)}},
       "input 3 'c' (the axes) is not known before the network runs; its shape is unknown and it "
       "is not counted"},
      {{"Slice", {x, constant_integers({1})}}, "input 2 is required but left out"},
  };
  for (const auto& [layer, text] : rows) CHECK(complaint(layer) == "layer 'it' (Slice): " + text);
}

}  // namespace roofbeam
