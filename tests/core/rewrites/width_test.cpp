#include <doctest/doctest.h>

#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

// x 1x3x8x8 -> stem 64 -> {branch 64, stem} -> sum -> logits 10
struct Residual {
  Sketch sketch;
  TensorId x = sketch.input("x", {1, 3, 8, 8});
  TensorId stem =
      sketch.add("stem", "Conv", {x, sketch.weight({64, 3, 1, 1}), sketch.weight({64})});
  TensorId branch = sketch.add("branch", "Conv", {stem, sketch.weight({64, 64, 1, 1})});
  TensorId sum = sketch.add("sum", "Add", {stem, branch});
  TensorId pool = sketch.add("pool", "GlobalAveragePool", {sum});
  TensorId flat = sketch.add("flat", "Flatten", {pool});
  TensorId logits = sketch.add("logits", "Gemm", {flat, sketch.weight({64, 10})});
  Network network = sketch.build({logits});
};

TEST_CASE("channels that are added to each other shrink together, outputs stay") {
  const auto thin = rewritten(Residual().network, {"width=0.5"});
  CHECK(made_by(thin, "stem") == "1x32x8x8");
  CHECK(made_by(thin, "sum") == "1x32x8x8");
  CHECK(read_by(thin, "stem", 2) == "32");
  CHECK(made_by(thin, "logits") == "1x10");
  CHECK(totals(thin).macs == 64 * (3 * 32 + 32 * 32) + 32 * 10);
  CHECK(assumption(thin) ==
        "width 0.5: channels are rounded to multiples of 8; groups of channels: 1 scaled, 1 kept, "
        "which outputs, patterns or operators hold");
}

TEST_CASE("channels are rounded to multiples of eight and lose at most a tenth by it") {
  CHECK(made_by(rewritten(Residual().network, {"width=0.6"}), "stem") == "1x40x8x8");  // 38.4
  CHECK(made_by(rewritten(Residual().network, {"width=0.05"}), "stem") == "1x8x8x8");  // 3.2
  // 64 x 0.29 = 18.56: 16 loses more than a tenth
  CHECK(made_by(rewritten(Residual().network, {"width=0.29"}), "stem") == "1x24x8x8");
  CHECK(made_by(rewritten(Residual().network, {"width={times: 0.29, divisor: 1}"}), "stem") ==
        "1x19x8x8");
}

TEST_CASE("layers that are to keep their channels keep those of their group") {
  CHECK(complaint(Residual().network, "width={times: 0.5, keep: stem}") ==
        "--rewrite width:1:1: error: network 'sketch' has no channels that may change\n"
        "    {times: 0.5, keep: stem}\n"
        "    ^\n"
        "  they belong to inputs, outputs, kept layers or operators that are not followed");
}

TEST_CASE("a concatenation is as wide as its parts, and so is what is added to it") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 4, 4});
  const auto a = sketch.add("a", "Conv", {x, sketch.weight({16, 3, 1, 1})});
  const auto b = sketch.add("b", "Conv", {x, sketch.weight({48, 3, 1, 1})});
  const auto both = sketch.add("both", "Concat", {a, b}, {{"axis", 1}});
  const auto c = sketch.add("c", "Conv", {both, sketch.weight({64, 64, 1, 1})});
  const auto sum = sketch.add("sum", "Add", {both, c});
  const auto y = sketch.add("y", "Conv", {sum, sketch.weight({5, 64, 1, 1})});
  const auto thin = rewritten(sketch.build({y}), {"width=0.5"});
  CHECK(made_by(thin, "a") == "1x8x4x4");
  CHECK(made_by(thin, "b") == "1x24x4x4");
  CHECK(made_by(thin, "c") == "1x32x4x4");
  CHECK(read_by(thin, "y", 1) == "5x32x1x1");
}

TEST_CASE("depthwise convolutions and shuffled channels follow") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 4, 4});
  const auto a = sketch.add("a", "Conv", {x, sketch.weight({32, 3, 1, 1})});
  const auto apart = sketch.add("apart", "Reshape", {a, sketch.integers({1, 2, 16, 4, 4})});
  const auto turned = sketch.add("turned", "Transpose", {apart}, {{"perm", Ints{0, 2, 1, 3, 4}}});
  const auto shuffled = sketch.add("shuffled", "Reshape", {turned, sketch.integers({1, 32, 4, 4})});
  const auto deep = sketch.add("deep", "Conv", {shuffled, sketch.weight({32, 1, 3, 3})},
                               {{"group", 32}, {"pads", Ints{1, 1, 1, 1}}});
  const auto halves =
      sketch.layer("halves", "Split", {deep, sketch.integers({16, 16})}, {{"axis", 1}}, 2);
  const auto y = sketch.add("y", "Conv", {halves[0], sketch.weight({5, 16, 1, 1})});
  const auto z = sketch.add("z", "Conv", {halves[1], sketch.weight({5, 16, 1, 1})});
  const auto half = rewritten(sketch.build({y, z}), {"width=0.5"});
  CHECK(made_by(half, "apart") == "1x2x8x4x4");
  CHECK(made_by(half, "deep") == "1x16x4x4");
  CHECK(read_by(half, "deep", 1) == "16x1x3x3");
  CHECK(made_by(half, "halves") == "1x8x4x4");
}

TEST_CASE("groups of a convolution stay, with fewer channels each") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 4, 4});
  const auto a = sketch.add("a", "Conv", {x, sketch.weight({64, 3, 1, 1})});
  const auto b = sketch.add("b", "Conv", {a, sketch.weight({64, 4, 3, 3})},
                            {{"group", 16}, {"pads", Ints{1, 1, 1, 1}}});
  const auto y = sketch.add("y", "Conv", {b, sketch.weight({5, 64, 1, 1})});
  const auto thin = rewritten(sketch.build({y}), {"width=0.5"});
  CHECK(made_by(thin, "a") == "1x32x4x4");
  CHECK(read_by(thin, "b", 1) == "32x2x3x3");
}

TEST_CASE("a flattened map has fewer channels for each position") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 4, 4});
  const auto a = sketch.add("a", "Conv", {x, sketch.weight({32, 3, 1, 1})});
  const auto flat = sketch.add("flat", "Reshape", {a, sketch.integers({1, 512})});
  const auto y = sketch.add("y", "Gemm", {flat, sketch.weight({512, 10})});
  const auto thin = rewritten(sketch.build({y}), {"width=0.25"});
  CHECK(made_by(thin, "flat") == "1x128");
  CHECK(read_by(thin, "y", 1) == "128x10");
}

TEST_CASE("what is not followed keeps its channels") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 4, 4});
  const auto a = sketch.add("a", "Conv", {x, sketch.weight({32, 3, 1, 1})});
  const auto odd = sketch.add("odd", "Conv", {a, sketch.weight({16, 32, 1, 1})});
  const auto pad = sketch.add("pad", "Pad", {odd, sketch.integers({0, 0, 0, 0, 0, 4, 0, 0})});
  const auto y = sketch.add("y", "Conv", {pad, sketch.weight({5, 20, 1, 1})});
  const auto thin = rewritten(sketch.build({y}), {"width=0.5"});
  CHECK(made_by(thin, "a") == "1x16x4x4");
  CHECK(made_by(thin, "odd") == "1x16x4x4");
}

TEST_CASE("wrong widths are refused at their place") {
  CHECK(complaint(Residual().network, "width=0") ==
        "--rewrite width:1:1: error: width must be above 0 and at most 16, not 0\n"
        "    0\n"
        "    ^\n"
        "  0.75 is three quarters of the channels");
  CHECK(complaint(Residual().network, "width={time: 0.5}") ==
        "--rewrite width:1:2: error: width has no key 'time'\n"
        "    {time: 0.5}\n"
        "     ^\n"
        "  did you mean 'times'?");
}

TEST_CASE("channels are rounded alike whether a map is pooled or flattened before a classifier") {
  for (const std::string end : {"Flatten", "GlobalAveragePool"}) {
    CAPTURE(end);
    Sketch sketch;
    const auto x = sketch.input("x", {1, 3, 5, 5});
    const auto c = sketch.add("c", "Conv", {x, sketch.weight({16, 3, 1, 1})});
    auto at = sketch.add("end", end, {c});
    if (end != "Flatten") at = sketch.add("flat", "Flatten", {at});
    const std::int64_t rows = end == "Flatten" ? 16 * 5 * 5 : 16;
    const auto y = sketch.add("y", "Gemm", {at, sketch.weight({rows, 10})});
    // 12 of 16 channels are rounded to 16, though 12 x 25 is near a multiple of 8.
    CHECK(made_by(rewritten(sketch.build({y}), {"width=0.75"}), "c") == "1x16x5x5");
  }
}

}  // namespace
}  // namespace roofbeam
