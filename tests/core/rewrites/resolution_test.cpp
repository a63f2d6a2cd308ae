#include <doctest/doctest.h>

#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

TEST_CASE("height and width of images change, and all that follows") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 8, 8});
  const auto conv = sketch.add("conv", "Conv", {x, sketch.weight({4, 3, 3, 3})},
                               {{"strides", Ints{2, 2}}, {"pads", Ints{1, 1, 1, 1}}});
  const auto small = rewritten(sketch.build({conv}), {"resolution=4"});
  CHECK(made_by(small, "conv") == "1x4x2x2");
  CHECK(totals(small).macs == 2 * 2 * 4 * 27);
  CHECK(small.assumptions().empty());
  CHECK(made_by(rewritten(sketch.build({conv}), {"resolution=4x12"}), "conv") == "1x4x2x6");
}

TEST_CASE("channels last are recognised by the transpose behind the input") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 8, 8, 16});
  const auto first = sketch.add("first", "Transpose", {x}, {{"perm", Ints{0, 3, 1, 2}}});
  CHECK(made_by(rewritten(sketch.build({first}), {"resolution=4x6"}), "first") == "1x16x4x6");
}

TEST_CASE("a flattened map changes the weight that reads it") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 2, 4, 4});
  const auto flat = sketch.add("flat", "Reshape", {x, sketch.integers({1, 32})});
  const auto y = sketch.add("y", "Gemm", {flat, sketch.weight({10, 32})}, {{"transB", 1}});
  const auto large = rewritten(sketch.build({y}), {"resolution=8"});
  CHECK(made_by(large, "flat") == "1x128");
  CHECK(read_by(large, "y", 1) == "10x128");
  CHECK(assumption(large) ==
        "resolution 8: the shape that the file states follows its input, in one layer ('flat')");
  CHECK(assumption(large, 1) ==
        "resolution 8: the weight has as many rows as its input now has columns, in one layer "
        "('y')");
}

TEST_CASE("shapes that the graph computes follow by themselves") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 2, 4, 4});
  const auto shape = sketch.add("shape", "Shape", {x});
  const auto batch = sketch.add("batch", "Gather", {shape, sketch.integers({0})});
  const auto channels = sketch.add("channels", "Gather", {shape, sketch.integers({1})});
  const auto height = sketch.add("height", "Gather", {shape, sketch.scalar(2)});
  const auto all = sketch.add("all", "Mul", {height, height});
  const auto pixels = sketch.add("pixels", "Unsqueeze", {all, sketch.integers({0})});
  const auto target = sketch.add("target", "Concat", {batch, channels, pixels}, {{"axis", 0}});
  const auto y = sketch.add("y", "Reshape", {x, target});
  const auto network = sketch.build({y});
  CHECK(network.layers().size() == 1);  // the rest is folded
  const auto once = rewritten(network, {"resolution=6"});
  CHECK(made_by(once, "y") == "1x2x36");
  CHECK(once.assumptions().empty());
  CHECK(once.layers().size() == 1);
  CHECK(made_by(rewritten(once, {"resolution=10"}), "y") == "1x2x100");
}

TEST_CASE("a pool over all of its input stays one") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 2, 7, 7});
  const auto y = sketch.add("pool", "AveragePool", {x}, {{"kernel_shape", Ints{7, 7}}});
  const auto small = rewritten(sketch.build({y}), {"resolution=5"});
  CHECK(made_by(small, "pool") == "1x2x1x1");
  CHECK(assumption(small) ==
        "resolution 5: the kernel that pools all of its input still does, in one layer ('pool')");
}

TEST_CASE("a pool over a part of its input is left alone") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 2, 8, 8});
  const auto y = sketch.add("pool", "AveragePool", {x},
                            {{"kernel_shape", Ints{7, 7}}, {"strides", Ints{1, 1}}});
  CHECK(made_by(rewritten(sketch.build({y}), {"resolution=9"}), "pool") == "1x2x3x3");
  CHECK(complaint(sketch.build({y}), "resolution=5").starts_with("resolution 5: layer 'pool'"));
}

TEST_CASE("stated sizes to resize to follow in proportion") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 2, 8, 8});
  const auto y =
      sketch.add("up", "Resize", {x, kNoTensor, kNoTensor, sketch.integers({1, 2, 16, 24})});
  CHECK(made_by(rewritten(sketch.build({y}), {"resolution=4"}), "up") == "1x2x8x12");
}

TEST_CASE("a constant that is added takes the size of what it is added to") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 4, 2, 2});
  const auto tokens = sketch.add("tokens", "Reshape", {x, sketch.integers({1, 4, 4})});
  const auto y = sketch.add("position", "Add", {tokens, sketch.weight({1, 4, 4})});
  const auto large = rewritten(sketch.build({y}), {"resolution=3"});
  CHECK(made_by(large, "position") == "1x4x9");
  CHECK(read_by(large, "position", 1) == "1x4x9");
}

TEST_CASE("wrong resolutions are refused at their place") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 10});
  const auto network = sketch.build({sketch.add("y", "Relu", {x})});
  CHECK(complaint(network, "resolution=160") ==
        "--rewrite resolution:1:1: error: network 'sketch' has no input that is an image\n"
        "    160\n"
        "    ^\n"
        "  images have four dimensions: batch, channels, height, width");
  CHECK(complaint(network, "resolution=160 px") ==
        "--rewrite resolution:1:1: error: resolution must be pixels from 1 to 65536\n"
        "    160 px\n"
        "    ^\n"
        "  write it as 160, or as 160x96: height x width");
}

}  // namespace
}  // namespace roofbeam
