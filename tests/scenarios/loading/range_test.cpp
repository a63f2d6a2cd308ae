#include "scenarios/loading/range.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace roofbeam;

namespace {

std::string values(std::string_view from, std::string_view to, int steps, bool geometric = false) {
  const Range range = range_values(from, to, steps, geometric);
  return range.problem.empty() ? fmt::format("{}", fmt::join(range.values, ", ")) : range.problem;
}

}  // namespace

TEST_CASE("ends stay as written; what lies between is in the first one's unit, to six digits") {
  CHECK(values("1 GHz", "3 GHz", 5) == "1 GHz, 1.5 GHz, 2 GHz, 2.5 GHz, 3 GHz");
  CHECK(values("1 GHz", "2000 MHz", 3) == "1 GHz, 1.5 GHz, 2000 MHz");
  CHECK(values("1", "8", 8) == "1, 2, 3, 4, 5, 6, 7, 8");
  CHECK(values("0 W", "1 W", 4) == "0 W, 0.333333 W, 0.666667 W, 1 W");
  CHECK(values("4 GHz", "1 GHz", 4) == "4 GHz, 3 GHz, 2 GHz, 1 GHz");
}

TEST_CASE("geometric ranges multiply by equal factors and hit whole numbers") {
  CHECK(values("256 KiB", "4 MiB", 5, true) == "256 KiB, 512 KiB, 1024 KiB, 2048 KiB, 4 MiB");
  CHECK(values("1", "1000000", 3, true) == "1, 1000, 1000000");
  CHECK(values("1 pJ/B", "4 pJ/B", 3, true) == "1 pJ/B, 2 pJ/B, 4 pJ/B");
}

TEST_CASE("ranges need two values of one quantity, and steps between 2 and 10000") {
  CHECK(values("1 GHz", "3 GB/s", 5) == "'1 GHz' and '3 GB/s' are not two values of one quantity");
  CHECK(values("8 B/cycle", "3 GB/s", 5) ==
        "'8 B/cycle' and '3 GB/s' are not two values of one quantity");
  CHECK(values("fast", "faster", 5) == "'fast' and 'faster' are not two values of one quantity");
  CHECK(values("1", "2", 1) == "1 steps: there must be 2 to 10000");
  CHECK(values("1", "2", 2) == "1, 2");
  CHECK(values("1", "2", 10001) == "10001 steps: there must be 2 to 10000");
  CHECK(range_values("1", "2", 10000, false).values.size() == 10000);
  CHECK(values("0 W", "2 W", 3, true) == "equal factors never lead to or from zero");
}
