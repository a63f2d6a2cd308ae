#include "core/rewrites/rewrite.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

Network one_relu() {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 8, 8});
  return sketch.build({sketch.add("relu", "Relu", {x})});
}

TEST_CASE("rewrites are sorted and say what they do") {
  CHECK(std::ranges::is_sorted(rewrites(), {}, &RewriteRow::key));
  for (const auto& row : rewrites()) CHECK(row.sentence.ends_with('.'));
}

TEST_CASE("without rewrites a network stays") {
  CHECK(made_by(rewritten(one_relu(), {}), "relu") == "1x3x8x8");
}

TEST_CASE("rewrites are applied in the order given") {
  CHECK(made_by(rewritten(one_relu(), {"resolution=4", "resolution=6"}), "relu") == "1x3x6x6");
}

TEST_CASE("an unknown rewrite names the nearest") {
  CHECK(complaint(one_relu(), "resolutoin=4") ==
        "--rewrite resolutoin:1:1: error: there is no rewrite 'resolutoin'\n"
        "    4\n"
        "    ^\n"
        "  did you mean 'resolution'?");
}

TEST_CASE("a rewrite without a value is refused") {
  const auto text = "--rewrite 'width': expected KEY=VALUE, such as --rewrite resolution=160";
  CHECK(complaint(one_relu(), "width") == text);
}

}  // namespace
}  // namespace roofbeam
