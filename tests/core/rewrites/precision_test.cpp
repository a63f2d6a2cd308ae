#include <doctest/doctest.h>

#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

// x -> conv -> relu -> head
Network three_layers() {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 4, 4});
  const auto conv = sketch.add("conv", "Conv", {x, sketch.weight({8, 3, 1, 1})});
  const auto relu = sketch.add("relu", "Relu", {conv});
  return sketch.build({sketch.add("head", "Conv", {relu, sketch.weight({5, 8, 1, 1})})});
}

// "weights/activations/arithmetic" of each layer, "-" where nothing is asked.
std::string asked(const Network& network) {
  std::string text;
  const auto word = [](const std::optional<ElementType>& element) {
    return element ? std::string(to_text(*element)) : "-";
  };
  for (const auto& layer : network.layers()) {
    const auto& own = layer.precision;
    text += word(own.weights) + "/" + word(own.activations) + "/" + word(own.arithmetic) +
            (own.where_available ? "? " : " ");
  }
  return text;
}

TEST_CASE("a word is for weights, activations and arithmetic of every layer") {
  const auto half = rewritten(three_layers(), {"precision=fp16"});
  CHECK(asked(half) == "float16/float16/float16 float16/float16/float16 float16/float16/float16 ");
  CHECK(assumption(half) == "precision: fp16 in 3 layers");
}

TEST_CASE("weights alone and dynamic ranges are for layers that multiply weights") {
  CHECK(asked(rewritten(three_layers(), {"precision=weights-int4"})) == "int4/-/- -/-/- int4/-/- ");
  const auto dynamic = rewritten(three_layers(), {"precision=dynamic-int8"});
  CHECK(asked(dynamic) == "int8/-/int8? -/-/- int8/-/int8? ");
  CHECK(assumption(dynamic) ==
        "precision: weights int8, multiplied as int8 where the runtime has kernels for it in 2 "
        "layers");
}

TEST_CASE("of several assignments the last that is meant wins") {
  const auto mixed = rewritten(three_layers(), {"precision=[fp16, {all: int8, layers: conv}]"});
  CHECK(asked(mixed) == "int8/int8/int8 float16/float16/float16 float16/float16/float16 ");
  const auto except = rewritten(three_layers(), {"precision={weights: int8, except: head}"});
  CHECK(asked(except) == "int8/-/- -/-/- -/-/- ");
}

TEST_CASE("integer kernels multiply what the weights are") {
  CHECK(asked(rewritten(three_layers(), {"precision={weights: int8, integer_kernels: true}"})) ==
        "int8/-/int8 -/-/- int8/-/int8 ");
  CHECK(asked(rewritten(three_layers(), {"precision={all: int8, integer_kernels: false}"})) ==
        "int8/int8/- int8/int8/- int8/int8/- ");
  CHECK(complaint(three_layers(), "precision={weights: fp16, integer_kernels: true}") ==
        "--rewrite precision:1:34: error: integer kernels need integer weights\n"
        "    {weights: fp16, integer_kernels: true}\n"
        "                                     ^\n"
        "  {weights: int8, integer_kernels: true}");
}

TEST_CASE("unknown precisions and layers are refused") {
  CHECK(complaint(three_layers(), "precision=in8") ==
        "--rewrite precision:1:1: error: unknown precision 'in8'\n"
        "    in8\n"
        "    ^\n"
        "  did you mean 'int8'?");
  CHECK(complaint(three_layers(), "precision={weights: int8, layers: haed}") ==
        "--rewrite precision:1:1: error: no layer of network 'sketch' is meant by weights int8\n"
        "    {weights: int8, layers: haed}\n"
        "    ^\n"
        "  look at the names that 'roofbeam inspect' shows");
}

TEST_CASE("a layer's precision survives later rewrites") {
  const auto both = rewritten(three_layers(), {"precision=weights-int8", "resolution=8"});
  CHECK(asked(both) == "int8/-/- -/-/- int8/-/- ");
  CHECK(made_by(both, "head") == "1x5x8x8");
}

}  // namespace
}  // namespace roofbeam
