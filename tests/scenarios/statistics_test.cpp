#include "scenarios/statistics.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace roofbeam;

namespace {

using Pairs = std::vector<PredictedMeasured>;

}  // namespace

TEST_CASE("errors are relative to what was measured") {
  CHECK(absolute_error({150, 100}) == doctest::Approx(0.5));
  CHECK(absolute_error({50, 100}) == doctest::Approx(0.5));
  CHECK(absolute_error({100, 200}) == doctest::Approx(0.5));
}

TEST_CASE("of 10, 20, 30 and 100 % the mean is 40 % and the median 25 %") {
  const auto found = error_statistics(Pairs{{110, 100}, {80, 100}, {130, 100}, {20, 10}});
  REQUIRE(found);
  CHECK(found->rows == 4);
  CHECK(found->mape == doctest::Approx(0.4));
  CHECK(found->median_ape == doctest::Approx(0.25));
  CHECK(found->within_10 == 0.25);  // 10 % itself is within
  CHECK(found->within_20 == 0.5);
}

TEST_CASE("of an odd number the median is the one in the middle") {
  CHECK(error_statistics(Pairs{{1, 1}, {3, 1}, {1.5, 1}})->median_ape == doctest::Approx(0.5));
}

TEST_CASE("a hair over 10 % is not within 10 %") {
  CHECK(error_statistics(Pairs{{1.1, 1}})->within_10 == 1);
  CHECK(error_statistics(Pairs{{0.9, 1}})->within_10 == 1);
  CHECK(error_statistics(Pairs{{1.1000001, 1}})->within_10 == 0);
}

TEST_CASE("twice and half as slow have no bias together") {
  CHECK(error_statistics(Pairs{{2, 1}, {1, 2}})->log_bias == doctest::Approx(0));
  CHECK(error_statistics(Pairs{{2, 1}, {2, 1}})->log_bias == doctest::Approx(std::log(2)));
  CHECK(error_statistics(Pairs{{1, 4}, {1, 1}})->log_bias == doctest::Approx(-std::log(2)));
}

TEST_CASE("nothing has no statistics") {
  CHECK_FALSE(error_statistics({}));
  CHECK_FALSE(spearman({}));
  CHECK_FALSE(spearman(Pairs{{1, 1}}));
}

TEST_CASE("ranks see the order and nothing else") {
  CHECK(*spearman(Pairs{{1, 10}, {2, 20}, {3, 3000}}) == doctest::Approx(1));
  CHECK(*spearman(Pairs{{3, 1}, {2, 2}, {1, 3}}) == doctest::Approx(-1));
  // Without ties: 1 - 6 sum(d^2) / (n (n^2 - 1)); d = 0, 1, 1 gives 1 - 12 / 24.
  CHECK(*spearman(Pairs{{1, 1}, {2, 3}, {3, 2}}) == doctest::Approx(0.5));
}

TEST_CASE("equals share the mean of their ranks") {
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5 / sqrt(4.5 x 5).
  CHECK(*spearman(Pairs{{1, 1}, {2, 2}, {2, 3}, {3, 4}}) == doctest::Approx(4.5 / std::sqrt(22.5)));
  CHECK(*spearman(Pairs{{1, 5}, {1, 5}, {2, 6}}) == doctest::Approx(1));
}

TEST_CASE("where one side is all equal there is no correlation") {
  CHECK_FALSE(spearman(Pairs{{1, 1}, {1, 2}, {1, 3}}));
  CHECK_FALSE(spearman(Pairs{{1, 7}, {2, 7}}));
}
