#include <doctest/doctest.h>

#include "tests/core/rewrites/traced.hpp"

namespace roofbeam {
namespace {

// A convolution of 8 channels, then an operator.
std::string after(const std::string& op, const std::vector<Attribute>& attributes = {},
                  const std::vector<Ints>& integers = {}) {
  Picture p;
  std::vector<TensorId> inputs = {p.conv("c", 8)};
  for (const Ints& values : integers) inputs.push_back(p.sketch.integers(values));
  return p.follows(p.sketch.add("y", op, inputs, attributes));
}

TEST_CASE("dimensions that are merged are so many times the channels") {
  CHECK(after("Flatten") == "1 16*c");
  CHECK(after("Reshape", {}, {{1, 128}}) == "1 16*c");
  CHECK(after("Reshape", {}, {{1, 8, 16}}) == "1 c 16");
  CHECK(after("Reshape", {}, {{8, 4, 4}}) == "c 4 4");
}

TEST_CASE("of dimensions that channels are split into the largest takes the change") {
  CHECK(after("Reshape", {}, {{1, 2, 4, 16}}) == "1 2 c/2 16");
  CHECK(after("Reshape", {}, {{1, 4, 2, 16}}) == "1 c/2 2 16");
}

TEST_CASE("dimensions of one come and go") {
  CHECK(after("Unsqueeze", {}, {{0}}) == "1 1 c 4 4");
  CHECK(after("Squeeze", {}, {{0}}) == "c 4 4");
}

TEST_CASE("a transpose moves dimensions, without an order it turns them round") {
  CHECK(after("Transpose", {{"perm", Ints{0, 2, 3, 1}}}) == "1 4 4 c");
  CHECK(after("Transpose") == "4 4 c 1");
}

TEST_CASE("depth and space change into each other by the square of the block") {
  CHECK(after("DepthToSpace", {{"blocksize", 2}}) == "1 c/4 8 8");
  CHECK(after("SpaceToDepth", {{"blocksize", 2}}) == "1 4*c 2 2");
}

TEST_CASE("joined channels are a sum; elsewhere what is joined must be equal") {
  Picture p;
  const auto a = p.conv("a", 8);
  const auto b = p.conv("b", 4);
  const auto c = p.conv("c", 8);
  CHECK(p.follows(p.sketch.add("y", "Concat", {a, b}, {{"axis", 1}})) == "1 a+b 4 4");
  CHECK(p.follows(p.sketch.add("z", "Concat", {a, c}, {{"axis", 3}})) == "1 a 4 8");
}

TEST_CASE("what is split apart are parts, of which each may change") {
  Picture p;
  const auto parts =
      p.sketch.layer("s", "Split", {p.conv("c", 8), p.sketch.integers({2, 6})}, {{"axis", 1}}, 2);
  const auto network = p.sketch.build(parts);
  const ChannelTrace trace = trace_channels(network, Ends::free);
  const auto& first = trace.dims[static_cast<std::size_t>(parts[0])][1];
  const auto& second = trace.dims[static_cast<std::size_t>(parts[1])][1];
  CHECK(trace.groups.size(first) == 2);
  CHECK(trace.groups.size(second) == 6);
  CHECK(trace.groups.single(first));
  CHECK(trace.groups.single(first) != trace.groups.single(second));
}

TEST_CASE("a slice of channels is a part of them, with whole steps alone") {
  const auto slice = [](const Ints& steps) {
    Picture p;
    const auto y = p.sketch.add("y", "Slice",
                                {p.conv("c", 8), p.sketch.integers({2}), p.sketch.integers({8}),
                                 p.sketch.integers({1}), p.sketch.integers(steps)});
    const auto network = p.sketch.build({y});
    const ChannelTrace trace = trace_channels(network, Ends::free);
    return std::pair(in_words(network, y), trace.cuts.size());
  };
  CHECK(slice({1}) == std::pair(std::string("1 c 4 4"), std::size_t{1}));
  CHECK(slice({2}) == std::pair(std::string("1 3 4 4"), std::size_t{0}));
}

TEST_CASE("a slice of space cuts no channels") {
  CHECK(after("Slice", {}, {{1}, {3}, {2}}) == "1 c 2 4");
}

TEST_CASE("padding and resizing keep channels unless they change their number") {
  CHECK(after("Pad", {}, {{0, 0, 1, 1, 0, 0, 1, 1}}) == "1 c 6 6");
  CHECK(after("Pad", {}, {{0, 1, 0, 0, 0, 1, 0, 0}}) == "1 10 4 4");
}

TEST_CASE("a reduction drops dimensions, or leaves one") {
  CHECK(after("ReduceMean", {{"axes", Ints{2, 3}}}) == "1 c 1 1");
  CHECK(after("ReduceMean", {{"axes", Ints{2, 3}}, {"keepdims", 0}}) == "1 c");
  CHECK(after("ReduceMean", {{"keepdims", 0}, {"axes", Ints{1}}}) == "1 4 4");
  CHECK(after("ReduceMean", {{"keepdims", 1}}) == "1 1 1 1");
}

TEST_CASE("what picks channels by their number keeps them, and rows of a table may change") {
  Picture p;
  const auto c = p.conv("c", 8);
  const auto y = p.sketch.add("y", "Gather", {c, p.sketch.integers({1, 5})}, {{"axis", 1}});
  CHECK(p.follows(y) == "1 - 4 4");  // as many as are picked
  CHECK(p.follows(c, y) == "1 8 4 4");
  Sketch sketch;
  const auto words = sketch.input("words", {1, 7}, ElementType::i64);
  const auto rows = sketch.add("table", "Gather", {sketch.weight({100, 16}), words});
  CHECK(in_words(sketch.build({rows}), rows) == "1 7 table");
}

TEST_CASE("an expansion repeats what is one, and keeps the rest") {
  Picture p;
  const auto pooled = p.sketch.add("pool", "GlobalAveragePool", {p.conv("c", 8)});
  CHECK(p.follows(p.sketch.add("y", "Expand", {pooled, p.sketch.integers({1, 8, 5, 5})})) ==
        "1 c 5 5");
}

}  // namespace
}  // namespace roofbeam
