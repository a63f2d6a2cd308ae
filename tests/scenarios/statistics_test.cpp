#include "scenarios/statistics.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace roofbeam;

namespace {

using Pairs = std::vector<Pair>;

}  // namespace

TEST_CASE("errors are relative to what was measured") {
  CHECK(Pair{150, 100}.error() == doctest::Approx(0.5));
  CHECK(Pair{50, 100}.error() == doctest::Approx(0.5));
  CHECK(Pair{100, 200}.error() == doctest::Approx(0.5));
}

TEST_CASE("of 10, 20, 30 and 100 % the mean is 40 % and the median 25 %") {
  const auto found = error_statistics(Pairs{{110, 100}, {80, 100}, {130, 100}, {20, 10}});
  CHECK(found.rows == 4);
  CHECK(found.mape == doctest::Approx(0.4));
  CHECK(found.median_ape == doctest::Approx(0.25));
  CHECK(found.within_10 == 0.25);  // 10 % itself is within
  CHECK(found.within_20 == 0.5);
}

TEST_CASE("of an odd number the median is the one in the middle") {
  CHECK(error_statistics(Pairs{{1, 1}, {3, 1}, {1.5, 1}}).median_ape == doctest::Approx(0.5));
}

TEST_CASE("a hair over 10 % is not within 10 %") {
  CHECK(error_statistics(Pairs{{1.1, 1}}).within_10 == 1);
  CHECK(error_statistics(Pairs{{0.9, 1}}).within_10 == 1);
  CHECK(error_statistics(Pairs{{1.1000001, 1}}).within_10 == 0);
}

TEST_CASE("twice and half as slow have no bias together") {
  CHECK(error_statistics(Pairs{{2, 1}, {1, 2}}).bias == doctest::Approx(0));
  CHECK(error_statistics(Pairs{{2, 1}, {2, 1}}).bias == doctest::Approx(std::log(2)));
  CHECK(error_statistics(Pairs{{1, 4}, {1, 1}}).bias == doctest::Approx(-std::log(2)));
}

TEST_CASE("nothing has empty statistics") {
  CHECK(error_statistics({}).rows == 0);
  CHECK(spearman({}) == 1);
  CHECK(spearman(Pairs{{1, 1}}) == 1);
}

TEST_CASE("an interval covers what lies within its quantile") {
  // log(1.2) is 0.182: 1.28 x 0.15 = 0.192 covers it, 1.28 x 0.14 = 0.179 does not, 1.96 x 0.14
  // does.
  CHECK(error_statistics(Pairs{{1.2, 1, 0.15}}).coverage_80 == 1);
  CHECK(error_statistics(Pairs{{1.2, 1, 0.14}}).coverage_80 == 0);
  CHECK(error_statistics(Pairs{{1.2, 1, 0.14}}).coverage_95 == 1);
}

TEST_CASE("ranks see the order and nothing else") {
  CHECK(spearman(Pairs{{1, 10}, {2, 20}, {3, 3000}}) == doctest::Approx(1));
  CHECK(spearman(Pairs{{3, 1}, {2, 2}, {1, 3}}) == doctest::Approx(-1));
  // Without ties: 1 - 6 sum(d^2) / (n (n^2 - 1)); d = 0, 1, 1 gives 1 - 12 / 24.
  CHECK(spearman(Pairs{{1, 1}, {2, 3}, {3, 2}}) == doctest::Approx(0.5));
}

TEST_CASE("equals share the mean of their ranks") {
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5 / sqrt(4.5 x 5).
  CHECK(spearman(Pairs{{1, 1}, {2, 2}, {2, 3}, {3, 4}}) == doctest::Approx(4.5 / std::sqrt(22.5)));
  CHECK(spearman(Pairs{{1, 5}, {1, 5}, {2, 6}}) == doctest::Approx(1));
}

TEST_CASE("where one side is all equal nothing is out of order") {
  CHECK(spearman(Pairs{{1, 1}, {1, 2}, {1, 3}}) == 1);
  CHECK(spearman(Pairs{{1, 7}, {2, 7}}) == 1);
}
