#include "scenarios/calibrating.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"
#include "tests/scenarios/made.hpp"

namespace roofbeam {
namespace {

using made::forecast;
using testing::message_of;

TEST_CASE("a device that takes twice as long is learnt, also for the network left out") {
  std::vector<Forecast> rows;
  for (const char* network : {"a", "b", "c", "d", "e"}) rows.push_back(forecast(network, 1, 2));
  const auto reports = calibrate_all(rows);
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].networks == 5);
  CHECK(reports[0].before.mape == doctest::Approx(0.5));
  CHECK(reports[0].after.rows == 5);
  // Prior 0.3, noise 0.1, four others: 0.09 / (0.09 + 0.01 / 4) of log 2 is believed.
  CHECK(reports[0].after.mape < 0.03);
  CHECK(reports[0].calibration.platform == "board");
  CHECK(reports[0].calibration.measurements == 5);
}

TEST_CASE("each platform has a calibration of its own") {
  const auto reports = calibrate_all({forecast("a", 1, 2, "slow"), forecast("a", 1, 0.5, "fast")});
  REQUIRE(reports.size() == 2);
  CHECK(reports[0].calibration.platform == "slow");
  CHECK(reports[0].calibration.factor(0) > 1.5);
  CHECK(reports[1].calibration.factor(0) < 0.7);
  CHECK(reports[0].after.rows == 0);  // one network: nothing to leave out
}

TEST_CASE("nothing to learn from is an error") {
  CHECK(message_of([] { (void)calibrate_all({}); }) ==
        "there is nothing to calibrate on: no row with a latency could be forecast");
}

TEST_CASE("recalibrated totals are sums of scaled layers") {
  Calibration calibration = uncalibrated({});
  calibration.mean[0] = std::log(3.0);
  const auto scaled = recalibrated(made::prediction("a", "board", 2), calibration);
  CHECK(scaled.latency.si() == doctest::Approx(6));
  CHECK(scaled.layers[0].latency.si() == doctest::Approx(6));
}

}  // namespace
}  // namespace roofbeam
