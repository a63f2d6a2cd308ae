#include "reports/knee_views.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace roofbeam;

TEST_CASE("a knee says how it was found and how far it stands out") {
  CHECK(knee_text("case 3", {1, KneeRule::bulge, 0.547}) ==
        "Knee: case 3, 0.55 below the plane through the best of each objective, in shares of the "
        "ranges.");
  CHECK(knee_text("row 1,200", {1, KneeRule::nearest, 0.5}) ==
        "Knee: row 1,200, 0.50 from the ideal in shares of the ranges; nothing bulges below the "
        "plane through the best of each objective.");
}

TEST_CASE("as JSON it is named as its rows are") {
  CHECK(knee_json("case", 3, {1, KneeRule::bulge, 0.5}).dump() ==
        R"({"case":3,"rule":"bulge","distance":0.5})");
  CHECK(knee_json("row", 1, {0, KneeRule::nearest, 0.25}).dump() ==
        R"({"row":1,"rule":"nearest","distance":0.25})");
}
