#include "reports/recommend_views.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "tests/scenarios/cases.hpp"

using namespace roofbeam;
using roofbeam::testing::case_table;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Two that meet both requirements, one that is slow and one that does not fit.
CaseTable sample() {
  return case_table({{"slim", "phone", 0.010, 0.02, 0.70, 0.2},
                     {"wide", "phone", 0.020, 0.04, 0.72, 0.2},
                     {"wide", "board", 0.041, 0.09, 0.72, 0.1},
                     {"huge", "board", 0.9, 9, 0.75, 0.1, false}},
                    "latency <= 33 ms, accuracy >= 65 %");
}

std::string document(const CaseTable& table, const Preference& preference,
                     const RecommendOptions& options = {}) {
  return recommend_document(table, recommend(table, preference, options)).text();
}

}  // namespace

TEST_CASE("the answer comes first, then how sure it is, what comes next and what is out") {
  CHECK(
      document(sample(), parse_order("accuracy,latency", 0)) ==
      "Choose wide, phone: accuracy 72.00 %, latency 20.0 ms (80 % between 15.5–25.8 ms).\n"
      "\n"
      "It is the best of 2 feasible cases of 4 by max accuracy, then min latency. That it really "
      "meets\n"
      "  all requirements is at least 99 % likely, that it really is better than the next 100 %.\n"
      "\n"
      "   network  accuracy  latency  meets all  first is better\n"
      "1  wide      72.00 %  20.0 ms       99 %\n"
      "2  slim      70.00 %  10.0 ms     > 99 %            100 %\n"
      "\n"
      "Out, the nearest miss first:\n"
      "  wide, board: latency 41.0 ms > 33.0 ms, 24.2 % over (1 % likely to meet all really)\n"
      "  huge, board: latency 900 ms > 33.0 ms, 27 times as much; does not fit: weights need 3.38 "
      "MiB,\n"
      "    flash has 2.00 MiB\n");
}

TEST_CASE("where nothing is feasible the nearest miss is the answer, and what it would need") {
  CaseTable table = sample();
  require(table, parse_requirements("latency < 5 ms"));
  const std::string text = document(table, parse_weights("latency=1"));
  CHECK(text.starts_with(
      "None of 4 cases meets all requirements. The nearest is slim, phone: latency 10.0 ms >= 5.00 "
      "ms,\n"
      "  100 % over.\n"
      "\n"
      "What would have to change:\n"
      "  latency must fall by 50 %, from 10.0 ms to 5.00 ms\n"));
}

TEST_CASE("for each value of an axis there is a line, and then the details") {
  const std::string text = document(sample(), parse_weights("latency=1"), {"platform", 5});
  CHECK(
      text.starts_with("for    choose            latency  accuracy  feasible\n"
                       "phone  slim              10.0 ms   70.00 %    2 of 2\n"
                       "board  none is feasible                       0 of 2\n"));
}

TEST_CASE("a feasible case that lacks a metric is told apart from one that misses it") {
  const CaseTable table = case_table({{"a", "m1", 0.01, 0.02, kNan}, {"b", "m1", 0.02, 0.02, 0.7}});
  const std::string text = document(table, parse_weights("accuracy=1"));
  CHECK(text.find("1 of 2 feasible cases is not ranked: a metric that counts is not known of it "
                  "(accuracy 1).") != text.npos);
  CaseTable required = table;
  require(required, parse_requirements("accuracy >= 60 %"));
  CHECK(reasons_out(required, 0) == std::vector<std::string>{"accuracy is not known"});
  CHECK(reasons_out(required, 1).empty());
}

TEST_CASE("a case is named by what tells it from others") {
  CaseTable table = sample();
  CHECK(case_name(table, 3, table.varying()) == "huge, board");
  table.axes.push_back({"network.precision", {"int8", "fp32"}});
  table.values.push_back({0, 1, CaseTable::kNone, 0});
  CHECK(case_name(table, 0, table.varying()) == "slim, phone, precision int8");
  CHECK(case_name(table, 2, table.varying()) == "wide, board");
  CHECK(case_name(table, 0, {}) == "case 0");
  CHECK(differing_axes(table, {0, 1}) == std::vector<std::size_t>{0, 2});
  CHECK(differing_axes(table, {3}).empty());
}

TEST_CASE("the JSON holds every case that is out") {
  const CaseTable table = sample();
  const auto json = nlohmann::ordered_json::parse(
      recommend_json(table, recommend(table, parse_weights("latency=1,accuracy=2"))));
  const auto& found = json["recommendations"][0];
  CHECK(found["feasible"] == 2);
  CHECK(found["ranked"][0]["settings"]["network"] == "wide");
  CHECK(found["ranked"][0]["probability_first_is_better"].is_null());
  CHECK(found["ranked"][1]["probability_first_is_better"].get<double>() > 0.5);
  CHECK(found["out"].size() == 2);
  CHECK(found["out"][0]["misses"][0]["requirement"] == "latency <= 33 ms");
  CHECK(found["out"][0]["misses"][0]["missed_by"].get<double>() ==
        doctest::Approx(0.041 / 0.033 - 1));
  CHECK(found["out"][1]["fits"] == false);
  CHECK(found["preference"]["terms"][1]["weight"] == 2);
}
