#include "scenarios/pareto/strong_points.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

using namespace roofbeam::pareto;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// 64 cases at (2, 2), which (1, 1) beats.
CostRows sample_with_one_strong() {
  CostRows sample{2, std::vector<double>(128, 2.0)};
  sample.values.insert(sample.values.end(), {1, 1});
  return sample;
}

std::vector<Rank> survivors(const StrongPoints& points, const std::vector<double>& first,
                            const std::vector<double>& second, std::vector<double> signs) {
  const std::vector<std::span<const double>> columns{first, second};
  return points.survivors(columns, signs);
}

}  // namespace

TEST_CASE("cases that a strong point beats are dropped; equal ones and those with NaN stay") {
  const StrongPoints points(sample_with_one_strong());
  REQUIRE(points.size() == 1);
  CHECK(survivors(points, {2, 1, 0, 1, kNan, 1}, {2, 1, 5, 1.5, 9, kNan}, {1, 1}) ==
        std::vector<Rank>{1, 2, 4, 5});
}

TEST_CASE("signs turn columns of which the larger is better") {
  const StrongPoints points(sample_with_one_strong());
  CHECK(survivors(points, {-2, -1, 0}, {2, 1, 5}, {-1, 1}) == std::vector<Rank>{1, 2});
}

TEST_CASE("where no case beats another there are no strong points, and all cases stay") {
  CostRows line{2, {}};
  for (int i = 0; i < 200; ++i) line.values.insert(line.values.end(), {i * 1.0, 200.0 - i});
  const StrongPoints points(line);
  CHECK(points.size() == 0);
  CHECK(survivors(points, {1000, 1000}, {1000, 1000}, {1, 1}) == std::vector<Rank>{0, 1});
}

TEST_CASE("every dropped case is beaten, on both sides of the edges of blocks") {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> share(0, 1);
  CostRows sample{2, std::vector<double>(2048)};
  for (double& value : sample.values) value = share(random);
  const StrongPoints points(sample);
  REQUIRE(points.size() > 1);
  for (const std::size_t cases : {1U, 511U, 512U, 513U, 4000U}) {
    std::vector<double> first(cases, 2.0);
    std::vector<double> second(cases, 2.0);
    first.back() = -1;  // beaten by none
    CHECK(survivors(points, first, second, {1, 1}) ==
          std::vector<Rank>{static_cast<Rank>(cases - 1)});
  }
}
