#include "reports/fitted_table.hpp"

#include <doctest/doctest.h>

using namespace roofbeam;

namespace {

// 3 + 2 + 9 + 2 + 5 + 2 + 5 = 28 columns; 22 with the short title.
std::vector<FittedColumn> columns() {
  return {{{"one"}, "", 0, {"1"}},
          {{"too.large"}, "big", 1, {"2"}},
          {{"three"}, "", 3, {"3"}},
          {{"fives"}, "", 2, {"4"}}};
}

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("a table that fits is whole") {
  const FittedTable table = fitted(columns(), 28);
  CHECK(table.table.text(28) == "one  too.large  three  fives\n1    2          3      4\n");
  CHECK(table.left_out == Titles{});
}

TEST_CASE("titles become short before a column goes") {
  CHECK(fitted(columns(), 27).table.text(27) == "one  big  three  fives\n1    2    3      4\n");
  CHECK(fitted(columns(), 22).left_out == Titles{});
}

TEST_CASE("columns go by their rank, and are named in the order of the table") {
  const FittedTable one = fitted(columns(), 21);
  CHECK(one.table.text(21) == "one  big  fives\n1    2    4\n");
  CHECK(one.left_out == Titles{"three"});
  CHECK(fitted(columns(), 15).left_out == Titles{"three"});
  CHECK(fitted(columns(), 14).left_out == Titles{"three", "fives"});
  CHECK(fitted(columns(), 7).left_out == Titles{"big", "three", "fives"});
}

TEST_CASE("a column of rank 0 never goes, and is shortened at last if it may be") {
  CHECK(fitted(columns(), 1).table.text(1) == "one\n1\n");
  CHECK(
      fitted({{{"text", Align::left, true}, "", 0, {"123456789 123456789"}}}, 10).table.text(10) ==
      "text\n123…23456789\n");
}

TEST_CASE("what is left out is said, with where it is to be had") {
  const FittedTable table = fitted(columns(), 14);
  CHECK(left_out_text(table, 60) == "Left out to fit 60 columns: three, fives.");
  CHECK(left_out_text(table, 40, "; --format csv has all") ==
        "Left out to fit 40 columns: three, fives; --format csv has all.");
  CHECK(left_out_text({}, 80).empty());
}
