#include <doctest/doctest.h>

#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

// x 1x3x4x4 -> first 20 -> second 30 -> y 5
struct Chain {
  Sketch sketch;
  TensorId x = sketch.input("x", {1, 3, 4, 4});
  TensorId first = sketch.add("first", "Conv", {x, sketch.weight({20, 3, 1, 1})});
  TensorId second = sketch.add("second", "Conv", {first, sketch.weight({30, 20, 1, 1})});
  TensorId y = sketch.add("y", "Conv", {second, sketch.weight({5, 30, 1, 1})});
  Network network = sketch.build({y});
};

TEST_CASE("every layer loses its share of channels, rounded up") {
  const auto half = rewritten(Chain().network, {"prune=50 %"});
  CHECK(totals(half).parameters == 10 * 3 + 15 * 10 + 5 * 15);
  CHECK(assumption(half) ==
        "prune 50 %: 2 groups of channels lose that share, rounded up to multiples of 1; 1 keep "
        "theirs; which channels go makes no difference to time");
  // 30 % of 20 is exactly 6; of 30, 9
  CHECK(totals(rewritten(Chain().network, {"prune=0.3"})).parameters == 14 * 3 + 21 * 14 + 5 * 21);
}

TEST_CASE("channels are left in multiples, never more than there were") {
  const auto eight = rewritten(Chain().network, {"prune={channels: 50 %, round_to: 8}"});
  CHECK(made_by(eight, "first") == "1x16x4x4");
  CHECK(made_by(eight, "second") == "1x16x4x4");
  const auto most = rewritten(Chain().network, {"prune={channels: 5 %, round_to: 8}"});
  CHECK(made_by(most, "first") == "1x20x4x4");  // 24 would be more
}

TEST_CASE("only layers that are meant are pruned") {
  const auto one = rewritten(Chain().network, {"prune={channels: 50 %, layers: sec*}"});
  CHECK(made_by(one, "first") == "1x20x4x4");
  CHECK(made_by(one, "second") == "1x15x4x4");
  CHECK(complaint(Chain().network, "prune={channels: 50 %, layers: y}") ==
        "--rewrite prune:1:1: error: network 'sketch' has no channels to prune\n"
        "    {channels: 50 %, layers: y}\n"
        "    ^\n"
        "  they belong to inputs, outputs, other layers or operators that are not followed");
}

}  // namespace
}  // namespace roofbeam
