#include "scenarios/hypervolume.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace roofbeam;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Sense kMin = Sense::smaller;
constexpr Sense kMax = Sense::larger;
using Table = std::vector<std::vector<double>>;

double volume(const Table& table, const std::vector<Sense>& senses,
              const std::vector<double>& reference) {
  const std::vector<std::span<const double>> columns(table.begin(), table.end());
  return hypervolume(frontier(columns, senses), senses, reference);
}

// Cells of a whole-numbered grid that a point covers, one by one.
double counted(const Table& table, int side) {
  const std::size_t objectives = table.size();
  double cells = 0;
  std::vector<int> cell(objectives, 0);
  for (std::size_t at = 0; at < objectives;) {
    for (std::size_t i = 0; i < table[0].size(); ++i) {
      bool inside = true;
      for (std::size_t c = 0; c < objectives; ++c) inside = inside && table[c][i] <= cell[c];
      if (inside) {
        ++cells;
        break;
      }
    }
    for (at = 0; at < objectives && ++cell[at] == side; ++at) cell[at] = 0;
  }
  return cells;
}

}  // namespace

TEST_CASE("one point covers the box up to the reference") {
  CHECK(volume({{1}, {2}}, {kMin, kMin}, {4, 5}) == 9);  // 3 x 3
  CHECK(volume({{1}, {2}, {3}}, {kMin, kMin, kMin}, {2, 4, 6}) == 6);
  CHECK(volume({{1}, {0.7}}, {kMin, kMax}, {4, 0.5}) == doctest::Approx(0.6));
  CHECK(volume({{7}}, {kMin}, {10}) == 3);
}

TEST_CASE("what two points cover both counts once") {
  CHECK(volume({{1, 2}, {2, 1}}, {kMin, kMin}, {3, 3}) == 3);  // 2 + 2 - 1
  CHECK(volume({{1, 2}, {2, 1}, {0, 0}}, {kMin, kMin, kMin}, {3, 3, 2}) == 6);
}

TEST_CASE("points that are not better than the reference everywhere add nothing") {
  CHECK(volume({{1, 4}, {2, 0}}, {kMin, kMin}, {4, 5}) ==
        9);  // the second as slow as the reference
  CHECK(volume({{5}, {5}}, {kMin, kMin}, {4, 4}) == 0);
  CHECK(volume({{}, {}}, {kMin, kMin}, {4, 4}) == 0);
  CHECK(volume({{kInfinity, 1}, {-kInfinity, 1}}, {kMin, kMin}, {4, 4}) == 9);
}

TEST_CASE("an infinitely good point that counts covers infinitely much") {
  CHECK(volume({{-kInfinity, 1}, {1, 0}}, {kMin, kMin}, {4, 4}) == kInfinity);
}

TEST_CASE("volumes in one to six objectives are those that counting cells gives") {
  std::mt19937 random(1);
  for (int trial = 0; trial < 120; ++trial) {
    const auto objectives = static_cast<std::size_t>(1 + trial % 6);
    const int side = objectives > 4 ? 4 : 7;
    Table table(objectives, std::vector<double>(1 + random() % 25));
    for (auto& column : table) {
      for (double& value : column) {
        value = static_cast<double>(random() % (static_cast<unsigned>(side) + 1));
      }
    }
    INFO(objectives << " objectives, trial " << trial);
    CHECK(volume(table, std::vector<Sense>(objectives, kMin),
                 std::vector<double>(objectives, side)) == counted(table, side));
  }
}

TEST_CASE("the range of a frontier leaves infinities out") {
  Frontier points;
  points.indices = {0, 1, 2};
  points.values = {{1, 2, kInfinity}, {0.5, 0.7, 0.9}};
  const FrontierRange range = range_of(points, std::vector<Sense>{kMin, kMax});
  CHECK(range.best == std::vector<double>{1, 0.9});
  CHECK(range.worst == std::vector<double>{2, 0.5});
  points.values = {{kInfinity, kInfinity, kInfinity}, {0, 0, 0}};
  CHECK(std::isnan(range_of(points, std::vector<Sense>{kMin, kMax}).best[0]));
}

TEST_CASE("steps grow with the points in three objectives, with their square in four") {
  Frontier points;
  points.indices.resize(1000);
  points.values.resize(2);
  CHECK(hypervolume_steps(points) == 1000);
  points.values.resize(3);
  CHECK(hypervolume_steps(points) == 1000);
  points.values.resize(4);
  CHECK(hypervolume_steps(points) == 1e6);
}
