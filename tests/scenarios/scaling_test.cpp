#include "scenarios/scaling.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"
#include "tests/scenarios/made.hpp"

namespace roofbeam {
namespace {

using testing::message_of;

ScalingRow row(const std::string& network, double predicted_a, double measured_a,
               double predicted_b, std::optional<double> measured_b, bool known = false) {
  ScalingRow made;
  made.from = made::forecast(network, predicted_a, measured_a, "a");
  made.to = made::prediction(network, "b", predicted_b);
  if (measured_b) made.measured = made::measurement(network, *measured_b);
  made.known = known;
  return made;
}

TEST_CASE("the constant ratio is the geometric mean over the known rows") {
  const auto scaling =
      scale({row("x", 1, 1, 2, 2, true), row("y", 1, 1, 2, 8, true), row("z", 1, 3, 2, 6)});
  CHECK(scaling.ratio == doctest::Approx(4));  // of 2 and 8
  CHECK(scaling.rows[2].by_ratio->si() == doctest::Approx(12));
  CHECK(scaling.by_ratio.rows == 1);
  CHECK(scaling.by_ratio.mape == doctest::Approx(1));
  CHECK(scaling.latency.rows == 1);
}

TEST_CASE("without known rows A's error is believed of B by its share") {
  // A takes e times as long as forecast; the prior 0.3 and the noise 0.1 believe 0.9 of it.
  const double e = std::exp(1.0);
  const auto scaling = scale({row("x", 1, e, 2, {})});
  const double believed = scaling.rows[0].forecast.latency.si() / 2;
  CHECK(std::log(believed) > 0.1 * kSharedError);
  CHECK(std::log(believed) < kSharedError);
  CHECK(scaling.ratio == doctest::Approx(2));  // of the forecasts
  CHECK(scaling.latency.rows == 0);
}

TEST_CASE("layers measured on A are scaled by the forecasts of the same layer") {
  ScalingRow one = row("x", 1, 1, 5, {});
  one.from.measurement.layers = {{"layer", "Conv", Seconds::from_si(0.5)},
                                 {"elsewhere", "Conv", Seconds::from_si(0.5)}};
  const auto scaling = scale({one});
  REQUIRE(scaling.rows[0].layers.size() == 1);
  CHECK(scaling.rows[0].layers[0].time.si() == doctest::Approx(2.5));
}

TEST_CASE("nothing to scale is an error") {
  CHECK(message_of([] { (void)scale({}); }) ==
        "there is nothing to scale: no measured network could be forecast on both");
}

}  // namespace
}  // namespace roofbeam
