#include "scenarios/solve.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace roofbeam {
namespace {

std::vector<Band> bands(AxisIndex last, std::size_t points,
                        const std::function<bool(AxisIndex)>& holds) {
  return find_bands(scan_points(0, last, points), holds);
}

TEST_CASE("a scan holds both ends and at most as many points as asked for") {
  CHECK(scan_points(3, 6, 10) == std::vector<AxisIndex>{3, 4, 5, 6});
  CHECK(scan_points(3, 6, 4) == std::vector<AxisIndex>{3, 4, 5, 6});
  CHECK(scan_points(0, 10, 3) == std::vector<AxisIndex>{0, 5, 10});
  CHECK(scan_points(-7, 1'000'000'000'000, 2) == std::vector<AxisIndex>{-7, 1'000'000'000'000});
  CHECK(scan_points(4, 4, 9) == std::vector<AxisIndex>{4});
}

TEST_CASE("counts are scanned by factors, each small one first") {
  CHECK(geometric_points(3, 6, 10) == std::vector<AxisIndex>{3, 4, 5, 6});
  CHECK(geometric_points(1, 1000, 4) == std::vector<AxisIndex>{1, 10, 100, 1000});
  CHECK(geometric_points(1, 64, 7) == std::vector<AxisIndex>{1, 2, 4, 8, 16, 32, 64});
  for (const std::size_t points : {2u, 11u, 61u, 900u}) {
    CAPTURE(points);
    const auto grid = geometric_points(1, 1000, points);
    CHECK(grid.size() == points);
    CHECK(grid.front() == 1);
    CHECK(grid.back() == 1000);
    CHECK(std::adjacent_find(grid.begin(), grid.end(), std::greater_equal<>()) == grid.end());
  }
}

TEST_CASE("an edge is found to the last step, wherever it lies") {
  for (const AxisIndex edge : {0, 1, 499, 500, 501, 777, 1000}) {
    CAPTURE(edge);
    CHECK(bands(1000, 5, [&](AxisIndex i) { return i >= edge; }) ==
          std::vector<Band>{{edge, 1000}});
    CHECK(bands(1000, 5, [&](AxisIndex i) { return i <= edge; }) == std::vector<Band>{{0, edge}});
  }
}

TEST_CASE("several bands are told apart") {
  const auto holds = [](AxisIndex i) { return (i > 120 && i <= 310) || i >= 890; };
  CHECK(bands(1000, 11, holds) == std::vector<Band>{{121, 310}, {890, 1000}});
  CHECK(bands(1000, 11, [](AxisIndex i) { return i < 550 || i > 649; }) ==
        std::vector<Band>{{0, 549}, {650, 1000}});
}

TEST_CASE("what never holds has no band, what always holds one") {
  CHECK(bands(1000, 5, [](AxisIndex) { return false; }).empty());
  CHECK(bands(1000, 5, [](AxisIndex) { return true; }) == std::vector<Band>{{0, 1000}});
}

TEST_CASE("a band narrower than the grid goes unseen, as the header says") {
  const auto holds = [](AxisIndex i) { return i == 123; };
  CHECK(bands(1000, 11, holds).empty());
  CHECK(bands(1000, 1001, holds) == std::vector<Band>{{123, 123}});
}

TEST_CASE("the least is found between the points of the grid") {
  const auto grid = scan_points(0, 1000, 11);
  const auto valley = [](AxisIndex i) { return std::pow(static_cast<double>(i) - 347, 2); };
  CHECK(least(grid, {{0, 1000}}, valley) == 347);
  CHECK(least(grid, {{0, 346}}, valley) == 346);
  CHECK(least(grid, {{0, 200}, {348, 1000}}, valley) == 348);
  CHECK_FALSE(least(grid, {}, valley));
}

TEST_CASE("of equals the smallest is the least, and what is not a number never is") {
  const auto grid = scan_points(0, 10, 11);
  CHECK(least(grid, {{2, 9}}, [](AxisIndex) { return 1.0; }) == 2);
  CHECK(least(grid, {{0, 10}}, [](AxisIndex i) {
          return i < 4 ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(i);
        }) == 4);
}

}  // namespace
}  // namespace roofbeam
