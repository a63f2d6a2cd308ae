#include "scenarios/cell_number.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace roofbeam;

TEST_CASE("cells are numbers of either sign, shares, unknown or infinite") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  CHECK(cell_number("3.5") == 3.5);
  CHECK(cell_number("-2e-3") == -0.002);
  CHECK(cell_number("+7") == 7);
  CHECK(cell_number("88.5 %") == doctest::Approx(0.885));
  CHECK(cell_number("5%") == doctest::Approx(0.05));
  CHECK(cell_number("INF") == kInfinity);
  CHECK(cell_number("-infinite") == -kInfinity);
  for (const auto* text : {"", "NaN", "null", "unknown", "-"}) {
    REQUIRE(cell_number(text));
    CHECK(std::isnan(*cell_number(text)));
  }
}

TEST_CASE("anything else is no number: units, two numbers, leftovers, what is out of range") {
  for (const auto* text :
       {"3.5 ms", "1,000", "1 2", "0x10", "abc", "%", " %", "1e999", "--1", "+"}) {
    CHECK_FALSE(cell_number(text));
  }
}
