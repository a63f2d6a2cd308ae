#include "core/rewrites/fit_inputs.hpp"

#include <doctest/doctest.h>

#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

// A picture of 3 x 8 x 8, then an operator with integers as its other inputs.
struct Change {
  Sketch sketch;
  TensorId x = sketch.input("x", {1, 3, 8, 8});

  // What it makes of a picture of so many pixels, and what was assumed.
  [[nodiscard]] Network at(TensorId output, int pixels) const {
    return rewritten(sketch.build({output}), {"resolution=" + std::to_string(pixels)});
  }
};

std::string made(const std::string& op, const std::vector<Ints>& integers, int pixels,
                 const std::vector<Attribute>& attributes = {}) {
  Change c;
  std::vector<TensorId> inputs = {c.x};
  for (const Ints& values : integers) {
    inputs.push_back(values.empty() ? kNoTensor : c.sketch.integers(values));
  }
  return made_by(c.at(c.sketch.add("y", op, inputs, attributes), pixels), "y");
}

TEST_CASE("a stated shape follows its input") {
  CHECK(made("Reshape", {{1, 3, 64}}, 4) == "1x3x16");
  CHECK(made("Reshape", {{1, 3, 8, 8}}, 4) == "1x3x4x4");
  CHECK(made("Reshape", {{1, -1}}, 4) == "1x48");  // which it did by itself
  CHECK(made("Expand", {{2, 3, 8, 8}}, 4) == "2x3x4x4");
}

TEST_CASE("stated sizes follow in proportion, at least one") {
  CHECK(made("Resize", {{}, {}, {1, 3, 16, 16}}, 4) == "1x3x8x8");
  CHECK(made("Resize", {{}, {}, {1, 3, 4, 4}}, 1) == "1x3x1x1");
}

TEST_CASE("a slice's end that was the whole is the whole, one that fits stays") {
  CHECK(made("Slice", {{0}, {8}, {2}}, 16) == "1x3x16x16");
  CHECK(made("Slice", {{0}, {4}, {2}}, 16) == "1x3x4x16");
  CHECK(made("Slice", {{0}, {6}, {2}}, 4) == "1x3x3x4");  // 6 of 8 is 3 of 4
  CHECK(made("Slice", {{0}, {4}, {2}}, 4) == "1x3x4x4");
}

TEST_CASE("parts keep their proportions, and the last takes the rest") {
  Change c;
  const auto parts =
      c.sketch.layer("s", "Split", {c.x, c.sketch.integers({2, 6})}, {{"axis", 2}}, 2);
  const auto y = c.sketch.add("y", "Relu", {parts[1]});
  const auto z = c.sketch.add("z", "Relu", {parts[0]});
  const auto network = rewritten(c.sketch.build({y, z}), {"resolution=10"});
  CHECK(made_by(network, "z") == "1x3x3x10");  // 2 of 8 is 2.5 of 10, rounded to 3
  CHECK(made_by(network, "y") == "1x3x7x10");
}

TEST_CASE("a kernel as large as its input stays so, a smaller one keeps its size") {
  const auto pooled = [](std::int64_t kernel) {
    return made("AveragePool", {}, 4, {{"kernel_shape", Ints{kernel, kernel}}});
  };
  CHECK(pooled(8) == "1x3x1x1");
  CHECK(pooled(3) == "1x3x2x2");
  Change c;
  const auto y = c.sketch.add("y", "Conv", {c.x, c.sketch.weight({5, 3, 8, 8})});
  const auto network = c.at(y, 4);
  CHECK(made_by(network, "y") == "1x5x1x1");
  CHECK(read_by(network, "y", 1) == "5x3x4x4");
}

TEST_CASE("a weight has as many rows as its input has columns") {
  Change c;
  const auto flat = c.sketch.add("flat", "Flatten", {c.x});
  const auto y = c.sketch.add("y", "Gemm", {flat, c.sketch.weight({192, 10})});
  const auto network = c.at(y, 4);
  CHECK(read_by(network, "y", 1) == "48x10");
  CHECK(made_by(network, "y") == "1x10");
  Change d;
  const auto rows = d.sketch.add("rows", "Flatten", {d.x});
  const auto z = d.sketch.add("z", "Gemm", {rows, d.sketch.weight({10, 192})}, {{"transB", 1}});
  CHECK(read_by(d.at(z, 4), "z", 1) == "10x48");
}

TEST_CASE("a constant takes the sizes of the activations that it meets") {
  Change c;
  const auto y = c.sketch.add("y", "Add", {c.x, c.sketch.weight({1, 1, 8, 8})});
  CHECK(read_by(c.at(y, 4), "y", 1) == "1x1x4x4");
  Change d;
  const auto z = d.sketch.add("z", "Add", {d.x, d.sketch.weight({3, 1, 1})});
  CHECK(read_by(d.at(z, 4), "z", 1) == "3x1x1");
}

TEST_CASE("what is joined follows in all dimensions but that one") {
  Change c;
  const auto y = c.sketch.add("y", "Concat", {c.x, c.sketch.weight({1, 2, 8, 8})}, {{"axis", 1}});
  const auto network = c.at(y, 4);
  CHECK(read_by(network, "y", 1) == "1x2x4x4");
  CHECK(made_by(network, "y") == "1x5x4x4");
}

TEST_CASE("what followed is said") {
  Change c;
  const auto y = c.sketch.add("y", "Reshape", {c.x, c.sketch.integers({1, 3, 64})});
  CHECK(assumption(c.at(y, 4)).find("the shape that the file states follows its input") !=
        std::string::npos);
}

}  // namespace
}  // namespace roofbeam
