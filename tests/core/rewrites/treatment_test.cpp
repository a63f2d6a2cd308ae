#include <doctest/doctest.h>

#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

Network one_convolution() {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 4, 4});
  const auto conv = sketch.add("conv", "Conv", {x, sketch.weight({16, 3, 1, 1})});
  return sketch.build({sketch.add("head", "Conv", {conv, sketch.weight({5, 16, 1, 1})})});
}

TEST_CASE("treatment is noted for the runtime") {
  const auto network = rewritten(
      one_convolution(), {"fusion=off", "compress_activations=50 %",
                          "sparsity={zeros: 70 %, stored: bitmask}", "resolution=2", "width=0.5"});
  const auto& treatment = network.notes().treatment;
  CHECK_FALSE(treatment.fuse);
  CHECK(treatment.activation_share == doctest::Approx(0.5));
  CHECK(treatment.zero_weights == doctest::Approx(0.7));
  CHECK(treatment.bitmask);
  CHECK(complaint(one_convolution(), "fusion=maybe") ==
        "--rewrite fusion:1:1: error: fusion is on or off\n"
        "    maybe\n"
        "    ^");
}

TEST_CASE("shares of compression and of zeros have bounds") {
  CHECK(complaint(one_convolution(), "compress_activations=0") ==
        "--rewrite compress_activations:1:1: error: compress_activations must be above 0 % and at "
        "most 100 %, not 0 %\n"
        "    0\n"
        "    ^\n"
        "  it is what is left of them: 50 % halves them");
  CHECK(
      rewritten(one_convolution(), {"compress_activations=1"}).notes().treatment.activation_share ==
      1);
  CHECK(complaint(one_convolution(), "sparsity={zeros: 0.5, stored: csr}") ==
        "--rewrite sparsity:1:22: error: sparse weights are stored dense or as a bitmask\n"
        "    {zeros: 0.5, stored: csr}\n"
        "                         ^");
}

}  // namespace
}  // namespace roofbeam
