#include <doctest/doctest.h>

#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

TEST_CASE("classes replace those of the last layer with a weight") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 64});
  const auto logits =
      sketch.add("logits", "Gemm", {x, sketch.weight({64, 1000}), sketch.weight({1000})});
  const auto network = sketch.build({sketch.add("softmax", "Softmax", {logits})});
  const auto ten = rewritten(network, {"classes=10"});
  CHECK(made_by(ten, "softmax") == "1x10");
  CHECK(totals(ten).parameters == 650);
  CHECK(assumption(ten) == "classes 10: instead of 1000, made by 'logits'");
  CHECK(complaint(rewritten(network, {}), "classes=0").find("must be at least 1") !=
        std::string::npos);
}

TEST_CASE("what is no classifier has no classes") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 64});
  CHECK(complaint(sketch.build({sketch.add("relu", "Relu", {x})}), "classes=10") ==
        "--rewrite classes:1:1: error: network 'sketch' is no classifier\n"
        "    10\n"
        "    ^\n"
        "  a classifier has one output, whose last layer with a weight decides its classes");
}

}  // namespace
}  // namespace roofbeam
