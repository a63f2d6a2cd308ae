#include "scenarios/pareto/undominated.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace roofbeam::pareto;

namespace {

using Rows = std::set<std::vector<double>>;  // in lexicographic order, none twice

CostColumns columns_of(const Rows& rows, std::size_t columns) {
  CostColumns table(columns);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < columns; ++c) table[c].push_back(row[c]);
  }
  return table;
}

// `spread` different values a column: few make many ties, many make few.
Rows random_rows(std::mt19937& random, std::size_t columns, std::size_t rows, unsigned spread) {
  Rows found;
  for (std::size_t i = 0; i < rows; ++i) {
    std::vector<double> row(columns);
    for (double& value : row) value = static_cast<double>(random() % spread);
    found.insert(row);
  }
  return found;
}

// Rows of the same sum: none beats another.
Rows level_rows(std::mt19937& random, std::size_t columns, std::size_t rows) {
  Rows found;
  for (std::size_t i = 0; i < rows; ++i) {
    std::vector<double> row(columns);
    double sum = 0;
    for (std::size_t c = 1; c < columns; ++c) sum += row[c] = static_cast<double>(random() % 1000);
    row[0] = 1000.0 * static_cast<double>(columns) - sum;
    found.insert(row);
  }
  return found;
}

}  // namespace

TEST_CASE("in two columns a row is beaten by one before it that is at most as large") {
  CHECK(undominated({{0, 1, 1, 2}, {5, 4, 5, 4}}) == std::vector<Rank>{0, 1});
  CHECK(undominated({{0, 1, 2}, {5, 5, 4}}) == std::vector<Rank>{0, 2});
}

TEST_CASE("dividing finds what comparing finds, for three to ten columns") {
  std::mt19937 random(1);
  for (std::size_t columns = 1; columns <= kMostDivided + 1; ++columns) {
    for (const unsigned spread : {2U, 5U, 40U, 100'000U}) {
      for (const std::size_t rows : {1U, 47U, 49U, 300U, 1500U}) {
        const auto table = columns_of(random_rows(random, columns, rows, spread), columns);
        INFO(columns << " columns, spread " << spread << ", " << rows << " rows");
        CHECK(undominated(table) == undominated_by_comparing(table));
      }
    }
  }
}

TEST_CASE("of rows that do not beat one another all stay") {
  std::mt19937 random(2);
  for (std::size_t columns = 2; columns <= 7; ++columns) {
    const auto table = columns_of(level_rows(random, columns, 3000), columns);
    CHECK(undominated(table).size() == table[0].size());
  }
}

TEST_CASE("a column in which all are equal changes nothing") {
  std::mt19937 random(3);
  const auto three = columns_of(random_rows(random, 3, 500, 30), 3);
  for (const std::size_t place : {1U, 2U, 3U}) {
    CostColumns four = three;
    four.insert(four.begin() + static_cast<std::ptrdiff_t>(place),
                std::vector<double>(three[0].size(), 7));
    CHECK(undominated(four) == undominated(three));
  }
}
