#include "scenarios/knee.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/scenarios/cases.hpp"

using namespace roofbeam;

namespace {

using Table = std::vector<std::vector<double>>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::optional<Knee> knee(const Table& table, std::vector<Sense> senses = {}) {
  senses.resize(table.size(), Sense::smaller);
  const std::vector<std::span<const double>> columns(table.begin(), table.end());
  return knee_of(frontier(columns, senses), senses);
}

}  // namespace

TEST_CASE("the knee is the point farthest below the line through the ends") {
  // Ends (0, 100) and (10, 0), as shares (0, 1) and (1, 0); of the others (2, 20) is (0.2, 0.2).
  const auto found = knee({{0, 1, 2, 6, 10}, {100, 60, 20, 15, 0}});
  REQUIRE(found);
  CHECK(found->point == 2);
  CHECK(found->rule == KneeRule::bulge);
  CHECK(found->distance == doctest::Approx(0.6 / std::sqrt(2)));
}

TEST_CASE("units do not matter, nor whether the larger is better") {
  const auto found = knee({{0, 1e-3, 2e-3, 6e-3, 10e-3}, {0.0, 0.4, 0.8, 0.85, 1.0}},
                          {Sense::smaller, Sense::larger});
  REQUIRE(found);
  CHECK(found->point == 2);
}

TEST_CASE("where nothing lies below the line the knee is the point nearest to the ideal") {
  const auto found = knee({{0, 7, 10}, {100, 80, 0}});
  REQUIRE(found);
  CHECK(found->rule == KneeRule::nearest);
  CHECK(found->point == 0);  // both ends are 1 away, the first wins
  CHECK(found->distance == 1);
}

TEST_CASE("in three objectives it is the plane through the three best points") {
  const auto found = knee({{0, 1, 1, 0.5, 0.4}, {1, 0, 1, 0.5, 0.3}, {1, 1, 0, 0.5, 0.2}});
  REQUIRE(found);
  // (0.4, 0.3, 0.2) beats (0.5, 0.5, 0.5); anchors (0, 1, 1) ... give the plane x + y + z = 2.
  CHECK(found->rule == KneeRule::bulge);
  CHECK(found->point == 1);  // in order of the first objective
  CHECK(found->distance == doctest::Approx((2 - 0.9) / std::sqrt(3)));
}

TEST_CASE("an objective in which all points are equal does not count") {
  const auto found = knee({{0, 2, 10}, {5, 5, 5}, {100, 20, 0}});
  REQUIRE(found);
  CHECK(found->point == 1);
}

TEST_CASE("a point with an infinity is no knee, and one point alone has none") {
  CHECK_FALSE(knee({{1}, {1}}));
  CHECK_FALSE(knee({{}, {}}));
  const auto found = knee({{-kInfinity, 0, 2, 10}, {1000, 100, 20, 0}});
  REQUIRE(found);
  CHECK(found->point == 2);
  CHECK_FALSE(knee({{-kInfinity, 1}, {1, -kInfinity}}));
}

TEST_CASE("of a table of cases the knee is a row, and rows beside the frontier do not count") {
  // Latency and energy as above: (0, 100), (2, 20), (10, 0); the second row is beaten.
  CaseTable table = testing::case_table(
      {{"a", "p", 0, 100}, {"b", "p", 3, 30}, {"c", "p", 2, 20}, {"d", "p", 10, 0}});
  table.objectives = parse_objectives("min latency, min energy");
  CHECK(!knee_of(table));
  table.on_frontier = {1, 0, 1, 1};
  const auto found = knee_of(table);
  REQUIRE(found);
  CHECK(found->point == 2);
  CHECK(found->distance == doctest::Approx(0.6 / std::sqrt(2)));
}
