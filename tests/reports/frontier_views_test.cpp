#include "reports/frontier_views.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace roofbeam;

namespace {

// Three of five rows: (10, 0.7), (12, 0.8), twice, and (20, 0.81).
TableFrontier sample() {
  TableFrontier found;
  found.question.file = "table.csv";
  found.question.objectives = {{"ms", Sense::smaller}, {"top 1", Sense::larger}};
  found.columns = {"chip", "ms", "top 1", "house"};
  found.frontier.indices = {1, 2, 5};
  found.frontier.ties = {1, 2, 1};
  found.frontier.values = {{10, 12, 20}, {0.7, 0.8, 0.81}};
  found.frontier.cases = 6;
  found.frontier.left_out = 1;
  found.cells = {{"a", "10", "70 %", "x"}, {"b", "12", "80 %", "x"}, {"e", "20", "81 %", "x"}};
  found.knee = Knee{1, KneeRule::bulge, 0.5};
  found.reference = {30, 0.5};
  found.hypervolume = 2.5;
  found.covered = 0.4;
  found.asked = {{4, {15, 0.75}, {{2, {3, 0.05}}}}, {5, {20, 0.81}, {}}};
  return found;
}

}  // namespace

TEST_CASE(
    "a frontier reads as an answer, its points, its knee and what beats the rows asked about") {
  CHECK(frontier_document(sample()).text() ==
        "3 of 6 rows are on the frontier of min ms, max top 1. 1 more equal one of them in every "
        "objective.\n"
        "  1 left out: an objective is not known.\n"
        "\n"
        "row        ms  top 1  chip\n"
        "  1        10   70 %  a\n"
        "  2  knee  12   80 %  b\n"
        "  5        20   81 %  e\n"
        "\n"
        "Knee: row 2, 0.50 below the plane through the best of each objective, in shares of the "
        "ranges.\n"
        "\n"
        "Hypervolume: 2.5, 40.00 % of the box from the best values; reference point: ms 30, top 1 "
        "0.5, "
        "the\n"
        "  worst of all rows.\n"
        "\n"
        "Row 4 is beaten by 1 of the frontier:\n"
        "  row 2 is better in ms by 3 (20.0 %), top 1 by 0.05 (6.7 %)\n"
        "\n"
        "Row 5 is beaten by none.\n");
}

TEST_CASE("of many points the first are shown, and the knee wherever it is") {
  TableFrontier found = sample();
  found.knee->point = 2;
  const std::string text = frontier_document(found, {.points = 1}).text();
  CHECK(text.find("\n  1        10   70 %  a\n  5  knee  20   81 %  e\n") != text.npos);
  CHECK(text.find("\n2 more; --top shows them, --format csv holds all.\n") != text.npos);
}

TEST_CASE("the CSV holds the rows as they stand, behind what is known of them") {
  CHECK(frontier_csv(sample()) ==
        "frontier_row,ties,knee,chip,ms,top 1,house\r\n"
        "1,1,0,a,10,70 %,x\r\n"
        "2,2,1,b,12,80 %,x\r\n"
        "5,1,0,e,20,81 %,x\r\n");
}

TEST_CASE("the JSON tells infinite from unknown") {
  TableFrontier found = sample();
  found.hypervolume = std::numeric_limits<double>::infinity();
  found.covered.reset();
  const auto json = nlohmann::ordered_json::parse(frontier_json(found));
  CHECK(json["hypervolume"]["volume"] == "infinite");
  CHECK(json["hypervolume"]["share"].is_null());
  CHECK(json["points"][1]["row"] == 2);
  CHECK(json["points"][1]["values"]["top 1"] == 0.8);
  CHECK(json["points"][1]["cells"]["chip"] == "b");
  CHECK(json["knee"]["row"] == 2);
  CHECK(json["asked"][0]["beaten_by"][0]["better_by"]["ms"] == 3);
}
