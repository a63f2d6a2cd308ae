#include "scenarios/table_frontier.hpp"

#include <doctest/doctest.h>

#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using roofbeam::testing::Folder;
using roofbeam::testing::message_of;

namespace {

using Indices = std::vector<std::uint64_t>;

constexpr const char* kTable =
    "chip,ms,top 1,notes\n"
    "a,10,70 %,quick\n"
    "b,20,80 %,\n"
    "c,15,65 %,\n"
    "d,30,,not measured\n"
    "e,20,81 %,\"good, they say\"\n";

TableFrontier found_in(const std::string& text, const std::string& objectives, Indices asked = {}) {
  const Folder folder;
  TableQuestion question;
  question.file = folder.file("table.csv", text);
  question.objectives = parse_column_objectives(objectives);
  question.asked = std::move(asked);
  return table_frontier(question);
}

// What is said of a table, without the folder it is in.
std::string complaint_about(const std::string& text, const std::string& objectives,
                            Indices asked = {}) {
  const std::string said = message_of([&] { return found_in(text, objectives, std::move(asked)); });
  return said.substr(std::min(said.find("table.csv"), said.size()));
}

}  // namespace

TEST_CASE("objectives are columns with min or max; metrics know which they are") {
  const auto objectives =
      parse_column_objectives("min ms,  max top 1, accuracy, latency_s, max  x");
  REQUIRE(objectives.size() == 5);
  CHECK(objectives[0].column == "ms");
  CHECK(objectives[0].sense == Sense::smaller);
  CHECK(objectives[1].column == "top 1");
  CHECK(objectives[1].sense == Sense::larger);
  CHECK(objectives[2].sense == Sense::larger);
  CHECK(objectives[3].column == "latency_s");
  CHECK(objectives[3].sense == Sense::smaller);
  CHECK(objectives[4].column == "x");
  CHECK(message_of([] { return parse_column_objectives("min ms, minimal"); }) ==
        "'minimal' is not an objective: expected min or max and a column, such as min latency_s");
}

TEST_CASE("the frontier of a table counts rows from 1 and keeps their cells") {
  const TableFrontier found = found_in(kTable, "min ms, max top 1");
  CHECK(found.frontier.indices == Indices{1, 5});
  CHECK(found.frontier.cases == 5);
  CHECK(found.frontier.left_out == 1);
  CHECK(found.cells[1] == std::vector<std::string>{"e", "20", "81 %", "good, they say"});
  CHECK(found.reference == std::vector<double>{30, 0.65});
  // (30 - 10) x 0.05 + (30 - 20) x 0.11, of a box of 20 x 0.16.
  CHECK(*found.hypervolume == doctest::Approx(2.1));
  CHECK(*found.covered == doctest::Approx(2.1 / 3.2));
}

TEST_CASE("what beats a row is said, and that nothing does") {
  const TableFrontier found = found_in(kTable, "min ms, max top 1", {3, 1});
  REQUIRE(found.asked.size() == 2);
  REQUIRE(found.asked[0].beaten_by.size() == 1);
  CHECK(found.asked[0].beaten_by[0].index == 1);
  CHECK(found.asked[0].beaten_by[0].better_by[0] == 5);
  CHECK(found.asked[0].beaten_by[0].better_by[1] == doctest::Approx(0.05));
  CHECK(found.asked[1].beaten_by.empty());
}

TEST_CASE("a reference may be stated, a value an objective") {
  const Folder folder;
  TableQuestion question;
  question.file = folder.file("table.csv", kTable);
  question.objectives = parse_column_objectives("min ms");
  question.reference = {40};
  CHECK(table_frontier(question).hypervolume == 30);
  question.reference = {40, 1};
  CHECK(message_of([&] { return table_frontier(question); }) ==
        "the reference point has 2 values for 1 objectives");
}

TEST_CASE("wrong tables are told precisely") {
  CHECK(complaint_about(kTable, "min mss") ==
        "table.csv:1:1: error: there is no column 'mss'\n"
        "    chip,ms,top 1,notes\n"
        "    ^\n"
        "  did you mean 'ms'?");
  CHECK(complaint_about("x,y\n1,2\n3,4 ms\n", "min x, min y") ==
        "table.csv:3:3: error: '4 ms' is not a number\n"
        "    3,4 ms\n"
        "      ^\n"
        "  column 'y' is an objective: write plain numbers in one unit, or nothing where it is "
        "unknown");
  CHECK(complaint_about(kTable, "min ms", {6}) ==
        "table.csv: there is no row 6; rows count from 1 to 5");
  CHECK(complaint_about(kTable, "min ms", {0}) ==
        "table.csv: there is no row 0; rows count from 1 to 5");
}

TEST_CASE("short rows lack what is at their end, and a table without rows has no frontier") {
  CHECK(found_in("x,y\n1\n2,2\n", "min x, min y").frontier.indices == Indices{2});
  const TableFrontier none = found_in("x,y\n", "min x, min y");
  CHECK(none.frontier.size() == 0);
  CHECK_FALSE(none.hypervolume);
}
