#include <doctest/doctest.h>

#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

TEST_CASE("a batch multiplies activations and work, weights stay") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 4, 4});
  const auto conv = sketch.add("conv", "Conv", {x, sketch.weight({8, 3, 1, 1})});
  const auto flat = sketch.add("flat", "Reshape", {conv, sketch.integers({1, 128})});
  const auto y = sketch.add("y", "Gemm", {flat, sketch.weight({128, 10})});
  const auto four = rewritten(sketch.build({y}), {"batch=4"});
  CHECK(made_by(four, "flat") == "4x128");
  CHECK(made_by(four, "y") == "4x10");
  CHECK(totals(four).macs == 4 * (16 * 8 * 3 + 128 * 10));
  CHECK(totals(four).parameters == 24 + 1280);
  CHECK(assumption(four) ==
        "batch 4: the shape that the file states follows its input, in one layer ('flat')");
}

TEST_CASE("constants that are joined to activations are there for each of the batch") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 4, 8});
  const auto y = sketch.add("y", "Concat", {sketch.weight({1, 1, 8}), x}, {{"axis", 1}});
  const auto two = rewritten(sketch.build({y}), {"batch=2"});
  CHECK(made_by(two, "y") == "2x5x8");
  CHECK(totals(two).parameters == totals(sketch.build({y})).parameters);  // stored once
}

TEST_CASE("a length is the second dimension of tokens and of their masks") {
  Sketch sketch;
  const auto ids = sketch.input("ids", {1, 16}, ElementType::i64);
  const auto mask = sketch.input("mask", {1, 1, 1, 16});
  const auto rows = sketch.add("rows", "Gather", {sketch.weight({100, 16}), ids});
  const auto heads = sketch.add("heads", "Reshape", {rows, sketch.integers({1, 16, 2, 8})});
  const auto turned = sketch.add("turned", "Transpose", {heads}, {{"perm", Ints{0, 2, 1, 3}}});
  const auto back = sketch.add("back", "Transpose", {turned}, {{"perm", Ints{0, 1, 3, 2}}});
  const auto scores = sketch.add("scores", "MatMul", {turned, back});
  const auto y = sketch.add("masked", "Add", {scores, mask});
  const auto longer = rewritten(sketch.build({y}), {"sequence=32"});
  CHECK(made_by(longer, "heads") == "1x32x2x8");
  CHECK(made_by(longer, "masked") == "1x2x32x32");
  CHECK(totals(longer).parameters == 1600);
}

TEST_CASE("dimensions that the file calls batch or sequence are those") {
  Sketch sketch;
  const auto x = sketch.input("x", {5, 1, 8});
  auto network = sketch.build({sketch.add("y", "Relu", {x})});
  auto notes = network.notes();
  notes.symbols[x] = {"seq_len", "batch", "8"};
  network.set_notes(std::move(notes));
  CHECK(made_by(rewritten(network, {"batch=3"}), "y") == "5x3x8");
  CHECK(made_by(rewritten(network, {"sequence=7"}), "y") == "7x1x8");
}

TEST_CASE("networks without batch or sequence say so") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 4, 4});
  CHECK(complaint(sketch.build({sketch.add("y", "Relu", {x})}), "sequence=8") ==
        "--rewrite sequence:1:1: error: network 'sketch' has no input that is a sequence\n"
        "    8\n"
        "    ^\n"
        "  a sequence is an input of integers, batch x length, of vectors, batch x length x width, "
        "or has a dimension that the file calls sequence or length");
}

}  // namespace
}  // namespace roofbeam
