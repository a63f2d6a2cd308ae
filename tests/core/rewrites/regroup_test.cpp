#include "core/rewrites/regroup.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

std::string followed(Regroup& regroup, const Shape& in, const Shape& out, const Shape& now) {
  const auto shape = regroup(in, out, now);
  return shape ? to_text(*shape) : "unknown";
}

TEST_CASE("a flattened map has as many elements as the map") {
  Regroup regroup;
  CHECK(followed(regroup, {1, 512, 7, 7}, {1, 25088}, {1, 512, 5, 5}) == "1x12800");
  CHECK(followed(regroup, {1, 512, 7, 7}, {1, 25088}, {4, 512, 7, 7}) == "4x25088");
}

TEST_CASE("what was merged is split into what it was") {
  Regroup regroup;
  CHECK(followed(regroup, {1, 192, 14, 14}, {1, 192, 196}, {1, 192, 10, 12}) == "1x192x120");
  CHECK(followed(regroup, {1, 192, 196}, {1, 192, 14, 14}, {1, 192, 120}) == "1x192x10x12");
}

TEST_CASE("a dimension split for the first time changes its outermost part") {
  Regroup regroup;
  CHECK(followed(regroup, {1, 128}, {1, 1, 1, 128}, {1, 64}) == "1x1x1x64");
  CHECK(followed(regroup, {1, 196}, {1, 14, 14}, {1, 100}) == "unknown");
  CHECK(followed(regroup, {1, 40257}, {1, 1917, 21}, {1, 11340}) == "1x540x21");
  CHECK(followed(regroup, {1, 40257}, {1, 1917, 21}, {1, 11341}) == "unknown");
}

TEST_CASE("heads stay when the length changes") {
  Regroup regroup;
  CHECK(followed(regroup, {1, 128, 768}, {1, 128, 12, 64}, {1, 256, 768}) == "1x256x12x64");
  CHECK(followed(regroup, {1, 128, 768}, {128, 768}, {2, 128, 768}) == "256x768");
}

TEST_CASE("no groups without equal numbers of elements") {
  CHECK_FALSE(dim_groups({2, 3}, {7}));
  CHECK_FALSE(dim_groups({0, 3}, {0}));
  REQUIRE(dim_groups({4, 1, 1}, {4}));
  CHECK(dim_groups({4, 1, 1}, {4})->front().in == std::vector<std::size_t>{0, 1, 2});
}

}  // namespace
}  // namespace roofbeam
