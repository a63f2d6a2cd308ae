#include "reports/validation_views.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/scenarios/made.hpp"

using namespace roofbeam;

namespace {

Validation sample() {
  Forecasts forecasts;
  forecasts.rows = {made::forecast("a", 0.011, 0.010), made::forecast("b, \"x\"", 0.010, 0.020)};
  forecasts.left_out = {{"flagged in the notes", 3}};
  return validate(std::move(forecasts));
}

}  // namespace

TEST_CASE("the whole table of a validation") {
  CHECK(
      validation_document(sample()).text() ==
      "all      rows  mean error  median     bias  in 10 %  in 20 %    rank  80 % int.  95 % int.\n"
      "latency     2      30.0 %  30.0 %  -25.8 %     50 %     50 %  -1.000       50 %       50 %\n"
      "\n"
      "network  device     precision  measured  forecast  80 % interval    error\n"
      "a        board/cpu  fp32        10.0 ms   11.0 ms   9.68–12.5 ms  +10.0 %\n"
      "b, \"x\"   board/cpu  fp32        20.0 ms   10.0 ms   8.80–11.4 ms  -50.0 %\n"
      "\n"
      "Furthest off (1 of 1 outliers):\n"
      "  b, \"x\" on board/cpu: measured 20.0 ms, forecast 10.0 ms; 100 % of the forecast is gemm, "
      "bound by\n"
      "    compute\n"
      "\n"
      "Left out:\n"
      "  3 rows: flagged in the notes\n");
}

TEST_CASE("a validation's JSON has the statistics and every row") {
  const auto json = nlohmann::json::parse(validation_json(sample()));
  CHECK(json["schema"] == "roofbeam.validate/1");
  CHECK(json["summary"]["rows"] == 2);
  CHECK(json["summary"]["mape"].get<double>() == doctest::Approx(0.3));
  CHECK(json["by_kernel"]["gemm"]["rows"] == 2);
  CHECK(json["rows"][1]["network"] == "b, \"x\"");
  CHECK(json["rows"][1]["error"].get<double>() == doctest::Approx(-0.5));
  CHECK(json["outliers"][0]["row"] == 1);
  CHECK(json["left_out"]["flagged in the notes"] == 3);
}

TEST_CASE("of no rows no error is known") {
  CHECK(validation_document({}).text().starts_with(
      "all      rows  mean error  median  bias  in 10 %  in 20 %  rank  80 % int.  95 % int.\n"
      "latency     0           -       -     -        -        -     -          -          -\n"));
  const auto summary = nlohmann::ordered_json::parse(validation_json({}))["summary"];
  CHECK(summary.dump() ==
        R"({"rows":0,"mape":null,"median_ape":null,"bias":null,"within_10":null,"within_20":null,)"
        R"("spearman":null,"coverage_80":null,"coverage_95":null})");
}

TEST_CASE("a validation's CSV has as many cells in each line") {
  const std::string text = validation_csv(sample());
  const auto lines = std::count(text.begin(), text.end(), '\n');
  CHECK(lines == 3);
  CHECK(text.find("\"b, \"\"x\"\"\",") != std::string::npos);
  const std::string header = text.substr(0, text.find('\r'));
  CHECK(std::count(header.begin(), header.end(), ',') == 19);
}

// Prior 0.3, noise 0.1, three rows: 0.09 / (0.09 + 0.01 / 3) of log 2 is believed, a factor
// of 1.951.
TEST_CASE("a calibration tells what it is worth on networks that it did not see") {
  std::vector<Forecast> rows;
  for (const char* network : {"a", "b", "c"}) rows.push_back(made::forecast(network, 1, 2));
  CHECK(calibration_table(calibrate_all(rows)).text() ==
        "platform   runtime  networks  factor on all  mean error before  after, network unseen\n"
        "board/cpu  ncnn            3          1.951             50.0 %                  3.6 %\n");
}

TEST_CASE("a scaled table tells the error of both ways") {
  ScalingRow known;
  known.from = made::forecast("a", 1, 1, "here");
  known.to = made::prediction("a", "there", 2);
  known.measured = made::measurement("a", 2);
  ScalingRow tested = known;
  tested.measured = made::measurement("a", 4);
  known.known = true;
  const std::string text = scaling_document(scale({known, tested})).text();
  CHECK(text.find("used") != std::string::npos);
  CHECK(
      text.find("Mean error over 1 networks measured here and not used: 50.0 %; constant ratio 2: "
                "50.0 %\n") != std::string::npos);
  const auto json = nlohmann::json::parse(scaling_json(scale({known, tested})));
  CHECK(json["ratio"] == doctest::Approx(2));
  CHECK(json["rows"][0]["used"] == true);
  CHECK(json["rows"][0]["from"] == "here/cpu");
  CHECK(json["rows"][0]["to"] == "there/cpu");
}
