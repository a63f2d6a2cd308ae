#include "scenarios/audit/range.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace roofbeam::audit {

TEST_CASE("the result of an operation holds every result") {
  const Range a{1, 2};
  const Range b{4, 5};
  CHECK((a + b).low == 5);
  CHECK((a + b).high == 7);
  CHECK((b - a).low == 2);
  CHECK((b - a).high == 4);
  CHECK((a * b).low == 4);
  CHECK((a * b).high == 10);
  CHECK((b / a).low == 2);
  CHECK((b / a).high == 5);
}

TEST_CASE("ranges that touch overlap, ranges apart do not") {
  CHECK(overlap({1, 2}, {2, 3}));
  CHECK(overlap({2, 3}, {1, 2}));
  CHECK(overlap({0.1 + 0.2, 1}, {0, 0.3}));  // 0.30000000000000004
  CHECK_FALSE(overlap({1, 2}, {2.001, 3}));
  CHECK_FALSE(overlap({2.001, 3}, {1, 2}));
}

TEST_CASE("an open end reaches everything on its side only") {
  constexpr double kEndless = std::numeric_limits<double>::infinity();
  CHECK(overlap({4, kEndless}, {3, 4}));
  CHECK(overlap({4, kEndless}, {1e9, kEndless}));
  CHECK_FALSE(overlap({4, kEndless}, {3, 3.99}));
}

}  // namespace roofbeam::audit
