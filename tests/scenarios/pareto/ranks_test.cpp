#include "scenarios/pareto/ranks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

using namespace roofbeam::pareto;

namespace {
constexpr double kInfinity = std::numeric_limits<double>::infinity();
}

TEST_CASE("doubles are ordered with infinities and the smallest of all, -0 beside 0") {
  const std::vector<double> values{kInfinity, 1, 0.0, -0.0, -1, -kInfinity, 5e-324, -5e-324};
  CHECK(sorted_order(values) == std::vector<Rank>{5, 4, 7, 2, 3, 6, 1, 0});
  const Ranks ranks = ranks_of(values);
  CHECK(ranks.rank == std::vector<Rank>{6, 5, 3, 3, 1, 0, 4, 2});
  CHECK(ranks.distinct == 7);
}

TEST_CASE("a sign turns the order, in which equal values stay in order of position") {
  CHECK(sorted_order(std::vector<double>{1, 0.0, 2, -0.0}, -1) == std::vector<Rank>{2, 0, 1, 3});
}

TEST_CASE("no values have no ranks") {
  CHECK(sorted_order({}).empty());
  CHECK(ranks_of({}).distinct == 0);
}

TEST_CASE("few values, which are compared, and many, which are counted, come in the same order") {
  std::mt19937_64 random(1);
  for (const std::size_t size : {511, 512, 513, 5000}) {
    std::vector<double> values(size);
    for (double& value : values) value = static_cast<double>(random() % 1000) * 1e-3 - 0.5;
    std::vector<Rank> expected(size);
    std::iota(expected.begin(), expected.end(), Rank{0});
    std::stable_sort(expected.begin(), expected.end(),
                     [&](Rank a, Rank b) { return values[a] < values[b]; });
    CHECK(sorted_order(values) == expected);
  }
}
