#include "scenarios/recommendation.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/message_of.hpp"
#include "tests/scenarios/cases.hpp"

using namespace roofbeam;
using roofbeam::testing::case_table;
using roofbeam::testing::MadeCase;
using roofbeam::testing::message_of;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using Rows = std::vector<std::size_t>;

Recommendation chosen(const CaseTable& table, const Preference& preference, std::size_t top = 5) {
  return recommend(table, preference, {"", top}).front();
}

Rows rows_of(const std::vector<RankedCase>& ranked) {
  Rows rows;
  for (const RankedCase& one : ranked) rows.push_back(one.row);
  return rows;
}

Rows rows_of(const std::vector<MissedCase>& missed) {
  Rows rows;
  for (const MissedCase& one : missed) rows.push_back(one.row);
  return rows;
}

// Quick and poor, slow and good, and one between in both, nearer to the quick one in latency.
const std::vector<MadeCase> kThree = {
    {"quick", "m1", 1, 1, 0.60}, {"between", "m1", 2, 1, 0.75}, {"good", "m1", 16, 1, 0.80}};

}  // namespace

TEST_CASE("weights decide: shares of ranges, of latency in logarithms") {
  const Recommendation found = chosen(case_table(kThree), parse_weights("latency=1,accuracy=1"));
  CHECK(rows_of(found.ranked) == Rows{1, 0, 2});
  // log2(2) of log2(16) is 1/4; 0.05 of 0.20 from the best is 1/4.
  CHECK(found.ranked[0].shares[0] == doctest::Approx(0.25));
  CHECK(found.ranked[0].shares[1] == doctest::Approx(0.25));
  CHECK(found.ranked[0].score == doctest::Approx(0.25));
  CHECK(found.ranked[1].score == doctest::Approx(0.5));
  CHECK(chosen(case_table(kThree), parse_weights("latency=5,accuracy=1")).winner() == 0);
  CHECK(chosen(case_table(kThree), parse_weights("latency=1,accuracy=5")).winner() == 2);
}

TEST_CASE("a metric in which all are equal decides nothing; equal cases rank by index") {
  const Recommendation found = chosen(case_table(kThree), parse_weights("energy=1"));
  CHECK(rows_of(found.ranked) == Rows{0, 1, 2});
  CHECK(found.ranked[1].winner_leads == 0.5);
}

TEST_CASE("an order decides by the first metric, with a tolerance by the next") {
  const CaseTable table =
      case_table({{"a", "m1", 10.0, 5, 0.7}, {"b", "m1", 10.1, 3, 0.7}, {"c", "m1", 10.2, 1, 0.7}});
  CHECK(rows_of(chosen(table, parse_order("latency,energy", 0)).ranked) == Rows{0, 1, 2});
  // Within 1 % of 10 is 10.1 but not 10.2; of what is left then, 10.2 is within 2 % of 10.
  CHECK(rows_of(chosen(table, parse_order("latency,energy", 0.0101)).ranked) == Rows{1, 0, 2});
  CHECK(rows_of(chosen(table, parse_order("latency,energy", 0.03)).ranked) == Rows{2, 1, 0});
  CHECK(rows_of(chosen(table, parse_order("max latency", 0)).ranked) == Rows{2, 1, 0});
}

TEST_CASE("only feasible cases are ranked, as many as asked for") {
  const CaseTable table = case_table(kThree, "accuracy >= 70 %");
  const Recommendation found = chosen(table, parse_order("latency", 0), 1);
  CHECK(found.cases == 3);
  CHECK(found.feasible == 2);
  CHECK(rows_of(found.ranked) == Rows{1});
  CHECK(rows_of(found.missed) == Rows{0});
  CHECK(found.missed[0].largest == doctest::Approx(0.1 / 0.7));
}

TEST_CASE("misses come nearest first: by the largest, then all; unknown ones and unfit ones last") {
  const CaseTable table = case_table({{"a", "m1", 20, 1, 0.7},
                                      {"b", "m1", 12, 1, 0.35},
                                      {"c", "m1", 12, 1, 0.7},
                                      {"d", "m1", 1, 1, kNan},
                                      {"e", "m1", 1, 1, 0.7, 0, false},
                                      {"f", "m1", 15, 1, 0.63}},
                                     "latency <= 10 s, accuracy >= 70 %");
  const Recommendation found = chosen(table, parse_order("latency", 0));
  CHECK(found.ranked.empty());
  CHECK_FALSE(found.winner());
  CHECK(rows_of(found.missed) == Rows{2, 5, 1, 0, 3, 4});  // 20 %, 50 + 10, 50 + 20, 100
  CHECK(found.missed[4].meets == 0);
  CHECK(found.missed[5].unfit);
}

TEST_CASE("a feasible case of which a metric that counts is unknown is not ranked, but counted") {
  std::vector<MadeCase> cases = kThree;
  cases[1].accuracy = kNan;
  const Recommendation found = chosen(case_table(cases), parse_weights("latency=1,accuracy=1"));
  CHECK(found.unknown == 1);
  CHECK(found.feasible == 3);
  CHECK(rows_of(found.ranked) == Rows{0, 2});
  CHECK(chosen(case_table(cases), parse_weights("latency=1")).unknown == 0);
}

TEST_CASE("how sure a lead is follows from what the errors have in common") {
  std::vector<MadeCase> cases = {{"a", "m1", 10, 1, 0.7, 0.2}, {"b", "m1", 11, 1, 0.7, 0.2}};
  const auto lead = [&] {
    return chosen(case_table(cases), parse_order("latency", 0)).ranked[1].winner_leads;
  };
  const auto normal = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
  const double apart = std::log(1.1);
  CHECK(lead() == doctest::Approx(normal(apart / std::sqrt(2 * 0.04 * 0.15))));  // 0.85 in common
  cases[1].platform = "m7";
  CHECK(lead() == doctest::Approx(normal(apart / std::sqrt(2 * 0.04))));  // nothing
  const Recommendation weighted = chosen(case_table(cases), parse_weights("latency=3"));
  CHECK(weighted.ranked[1].winner_leads == doctest::Approx(lead()));  // scale does not matter
}

TEST_CASE("facts do not err: the more accurate case is the more accurate one") {
  const CaseTable table =
      case_table({{"a", "m1", 10, 1, 0.71, 0.5}, {"b", "m1", 10, 1, 0.70, 0.5}});
  CHECK(chosen(table, parse_order("accuracy,latency", 0)).ranked[1].winner_leads == 1);
  // Within the tolerance it is the latency that decides, and there both are the same.
  CHECK(chosen(table, parse_order("accuracy,latency", 0.05)).ranked[1].winner_leads == 0.5);
}

TEST_CASE("an axis may have a recommendation for each of its values") {
  CaseTable table = case_table({{"a", "m1", 1, 1, 0.7},
                                {"b", "m1", 2, 1, 0.7},
                                {"a", "m7", 9, 1, 0.7},
                                {"b", "m7", 8, 1, 0.7}});
  const auto found = recommend(table, parse_order("latency", 0), {"platform", 5});
  REQUIRE(found.size() == 2);
  CHECK(found[0].group == "m1");
  CHECK(found[0].winner() == 0);
  CHECK(found[1].group == "m7");
  CHECK(found[1].winner() == 3);
  CHECK(found[1].cases == 2);
  CHECK(message_of([&] {
          return recommend(table, parse_order("latency", 0), {"platfrom", 5});
        }) ==
        "there is no axis 'platfrom' to recommend for each value of; did you mean 'platform'?");
}

TEST_CASE("a metric that is known of no case cannot count") {
  std::vector<MadeCase> cases = kThree;
  for (MadeCase& one : cases) one.accuracy = kNan;
  CHECK(message_of([&] { return chosen(case_table(cases), parse_order("accuracy", 0)); }) ==
        "accuracy cannot count: it is known of no case; give it with the networks ('accuracy: "
        "71.8 %')");
}

TEST_CASE("of no cases nothing is recommended") {
  const Recommendation found = chosen(case_table({}), parse_weights("latency=1"));
  CHECK(found.cases == 0);
  CHECK(found.ranked.empty());
}
