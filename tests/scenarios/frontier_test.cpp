#include "scenarios/frontier.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>

using namespace roofbeam;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Sense kMin = Sense::smaller;
constexpr Sense kMax = Sense::larger;

using Table = std::vector<std::vector<double>>;  // a column an objective
using Senses = std::vector<Sense>;
using Indices = std::vector<std::uint64_t>;

Frontier frontier_of(const Table& table, const Senses& senses) {
  const std::vector<std::span<const double>> columns(table.begin(), table.end());
  return frontier(columns, senses);
}

// How often each table of the random tests occurs: few different values, so that ties abound.
double random_value(std::mt19937& random) {
  const auto kind = random() % 32;
  if (kind == 0) return kNan;
  if (kind == 1) return kInfinity;
  if (kind == 2) return -kInfinity;
  if (kind == 3) return -0.0;
  return static_cast<double>(random() % 7) - 3;
}

Table random_table(std::mt19937& random, std::size_t objectives, std::size_t cases) {
  Table table(objectives, std::vector<double>(cases));
  const bool coarse = random() % 2 == 0;
  std::uniform_real_distribution<double> fine(-1, 1);
  for (auto& column : table) {
    for (double& value : column) value = coarse ? random_value(random) : fine(random);
  }
  return table;
}

Senses random_senses(std::mt19937& random, std::size_t objectives) {
  Senses senses(objectives);
  for (Sense& sense : senses) sense = random() % 2 == 0 ? kMin : kMax;
  return senses;
}

// The definition, word for word.
struct Checker {
  const Table& table;
  const Senses& senses;

  bool better(std::size_t a, std::size_t b, std::size_t c) const {
    return senses[c] == kMin ? table[c][a] < table[c][b] : table[c][a] > table[c][b];
  }
  bool beats(std::size_t a, std::size_t b) const {
    bool any = false;
    for (std::size_t c = 0; c < table.size(); ++c) {
      if (better(b, a, c)) return false;
      any = any || better(a, b, c);
    }
    return any;
  }
  bool equal(std::size_t a, std::size_t b) const {
    return !beats(a, b) && !beats(b, a) && same(a, b);
  }
  bool same(std::size_t a, std::size_t b) const {
    return std::all_of(table.begin(), table.end(),
                       [&](const auto& column) { return column[a] == column[b]; });
  }
  bool counts(std::size_t a) const {
    return std::none_of(table.begin(), table.end(),
                        [&](const auto& column) { return std::isnan(column[a]); });
  }
  bool before(std::size_t a, std::size_t b) const {
    for (std::size_t c = 0; c < table.size(); ++c) {
      if (table[c][a] != table[c][b]) return better(a, b, c);
    }
    return a < b;
  }

  Frontier frontier() const {
    Frontier found;
    found.cases = table.front().size();
    Indices counted;
    for (std::size_t i = 0; i < found.cases; ++i) {
      if (counts(i)) counted.push_back(i);
    }
    found.left_out = found.cases - counted.size();
    for (const auto i : counted) {
      const auto is_before = [&](auto j) { return beats(j, i) || (equal(j, i) && j < i); };
      if (std::any_of(counted.begin(), counted.end(), is_before)) continue;
      found.indices.push_back(i);
    }
    std::sort(found.indices.begin(), found.indices.end(),
              [&](auto a, auto b) { return before(a, b); });
    for (const auto i : found.indices) {
      found.ties.push_back(static_cast<std::uint64_t>(
          std::count_if(counted.begin(), counted.end(), [&](auto j) { return equal(i, j); })));
    }
    return found;
  }
};

void check_same(const Frontier& found, const Frontier& expected) {
  CHECK(found.indices == expected.indices);
  CHECK(found.ties == expected.ties);
  CHECK(found.cases == expected.cases);
  CHECK(found.left_out == expected.left_out);
}

std::vector<std::span<const double>> rows_of(const Table& table, std::size_t begin,
                                             std::size_t size) {
  std::vector<std::span<const double>> columns;
  for (const auto& column : table) columns.push_back(std::span(column).subspan(begin, size));
  return columns;
}

}  // namespace

TEST_CASE("of fast and accurate cases those stay that nothing beats in both") {
  //                   0     1     2     3     4
  const Table table{{10, 20, 15, 30, 20},  // ms: smaller is better
                    {0.70, 0.80, 0.65, 0.80, 0.81}};
  const Frontier found = frontier_of(table, {kMin, kMax});
  CHECK(found.indices == Indices{0, 4});  // 1 is as slow as 4 and less accurate, 3 slower
  CHECK(found.values == Table{{10, 20}, {0.70, 0.81}});
  CHECK(found.cases == 5);
}

TEST_CASE("equal cases are one point, for which the lowest index stands") {
  const Frontier found = frontier_of({{2, 1, 1, 2, 1}, {1, 2, 2, 1, 2}}, {kMin, kMin});
  CHECK(found.indices == Indices{1, 0});  // in order of the first objective
  CHECK(found.ties == Indices{3, 2});
}

TEST_CASE("a case is not beaten by an equal one, but by one that is better by a hair in one") {
  const double hair = std::nextafter(1.0, 0.0);
  CHECK(frontier_of({{1, 1}, {1, 1}}, {kMin, kMin}).indices == Indices{0});
  CHECK(frontier_of({{1, 1}, {1, hair}}, {kMin, kMin}).indices == Indices{1});
  CHECK(frontier_of({{1, hair}, {hair, 1}}, {kMin, kMin}).indices == Indices{1, 0});
}

TEST_CASE("a NaN keeps a case out and beats nothing") {
  const Frontier found = frontier_of({{0, 5, 1}, {kNan, 5, kNan}}, {kMin, kMin});
  CHECK(found.indices == Indices{1});
  CHECK(found.left_out == 2);
  CHECK(found.cases == 3);
  CHECK(frontier_of({{kNan, kNan}}, {kMin}).size() == 0);
}

TEST_CASE("infinities are values like others, and -0 equals 0") {
  CHECK(frontier_of({{kInfinity, 1}, {1, kInfinity}}, {kMin, kMin}).indices == Indices{1, 0});
  CHECK(frontier_of({{-kInfinity, 1}}, {kMin}).indices == Indices{0});
  CHECK(frontier_of({{-kInfinity, 1}}, {kMax}).indices == Indices{1});
  for (const Sense sense : {kMin, kMax}) {
    const Frontier zeros = frontier_of({{0.0, -0.0}, {1, 1}}, {sense, kMin});
    CHECK(zeros.indices == Indices{0});
    CHECK(zeros.ties == Indices{2});
  }
}

TEST_CASE("of one objective the best stays, of no case nothing") {
  CHECK(frontier_of({{3, 1, 2, 1}}, {kMin}).indices == Indices{1});
  CHECK(frontier_of({{3, 1, 2, 1}}, {kMin}).ties == Indices{2});
  CHECK(frontier_of({{3, 1, 2, 1}}, {kMax}).indices == Indices{0});
  CHECK(frontier_of({{}, {}}, {kMin, kMin}).size() == 0);
}

TEST_CASE("frontiers are what the definition says, for one to six objectives with ties and NaN") {
  std::mt19937 random(1);
  for (int trial = 0; trial < 3000; ++trial) {
    const std::size_t objectives = 1 + random() % 6;
    const Table table = random_table(random, objectives, random() % 60);
    const Senses senses = random_senses(random, objectives);
    INFO("trial " << trial);
    check_same(frontier_of(table, senses), Checker{table, senses}.frontier());
  }
}

TEST_CASE("larger sets, too, which are filtered, divided and merged") {
  std::mt19937 random(2);
  for (int trial = 0; trial < 24; ++trial) {
    const auto objectives = static_cast<std::size_t>(2 + trial % 6);
    const Table table = random_table(random, objectives, 1500 + random() % 500);
    const Senses senses = random_senses(random, objectives);
    INFO("trial " << trial);
    check_same(frontier_of(table, senses), Checker{table, senses}.frontier());
  }
}

TEST_CASE("values are those of the case that stands for a point, to the sign of a zero") {
  const Frontier found = frontier_of({{-0.0, 0.0}}, {kMax});
  CHECK(found.indices == Indices{0});
  CHECK(std::signbit(found.values[0][0]));
}

TEST_CASE("the result is the same for any split into blocks, in any order, and merged") {
  std::mt19937 random(3);
  for (int trial = 0; trial < 200; ++trial) {
    const std::size_t objectives = 1 + random() % 4;
    const std::size_t cases = 1 + random() % 300;
    const Table table = random_table(random, objectives, cases);
    const Senses senses = random_senses(random, objectives);
    std::vector<std::pair<std::size_t, std::size_t>> blocks;  // begin, size
    for (std::size_t begin = 0; begin < cases;) {
      const std::size_t size = std::min<std::size_t>(cases - begin, 1 + random() % 100);
      blocks.emplace_back(begin, size);
      begin += size;
    }
    std::shuffle(blocks.begin(), blocks.end(), random);
    FrontierKeeper one(senses);
    FrontierKeeper other(senses);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      const auto [begin, size] = blocks[b];
      (b % 2 == 0 ? one : other).add(begin, rows_of(table, begin, size));
      if (random() % 4 == 0) (void)one.result();  // asking in between changes nothing
    }
    one.merge(other.result());
    INFO("trial " << trial);
    const Frontier whole = frontier_of(table, senses);
    check_same(one.result(), whole);
    CHECK(one.result().values == whole.values);
  }
}

TEST_CASE("indices may be stated") {
  FrontierKeeper keeper({kMin, kMin});
  const Table table{{1, 2, 1}, {2, 1, 2}};
  keeper.add(Indices{70, 7, 50}, rows_of(table, 0, 3));
  CHECK(keeper.result().indices == Indices{50, 7});
}

TEST_CASE("many cases pass through in blocks, and what is dropped early is beaten") {
  // Three of four cases lie behind (1, 1); the others on a line from (0, 2) to (2, 0).
  constexpr std::size_t kCases = 200'000;
  Table table(2, std::vector<double>(kCases));
  for (std::size_t i = 0; i < kCases; ++i) {
    const double share = static_cast<double>(i) / kCases;
    table[0][i] = i % 4 == 0 ? 2 * share : 1 + share;
    table[1][i] = i % 4 == 0 ? 2 - 2 * share : 1 + share;
  }
  FrontierKeeper keeper({kMin, kMin});
  for (std::size_t begin = 0; begin < kCases; begin += 10'000) {
    keeper.add(begin, rows_of(table, begin, 10'000));
  }
  CHECK(keeper.result().size() == kCases / 4);
  CHECK(keeper.result().cases == kCases);
}

TEST_CASE("what beats a case says by how much in each objective") {
  const Frontier found = frontier_of({{10, 20}, {0.7, 0.8}}, {kMin, kMax});
  const std::vector<double> slow{25, 0.75};
  const auto beaten = dominators(found, Senses{kMin, kMax}, slow);
  REQUIRE(beaten.size() == 1);  // (10, 0.7) is less accurate
  CHECK(beaten[0].index == 1);
  CHECK(beaten[0].better_by[0] == 5);
  CHECK(beaten[0].better_by[1] == doctest::Approx(0.05));
  CHECK(dominators(found, Senses{kMin, kMax}, std::vector<double>{20, 0.8}).empty());
  CHECK(dominators(found, Senses{kMin, kMax}, std::vector<double>{kNan, 0.1}).empty());
}
