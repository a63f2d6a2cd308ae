#include "scenarios/validation.hpp"

#include <doctest/doctest.h>

#include "tests/scenarios/made.hpp"

namespace roofbeam {
namespace {

using made::forecast;

TEST_CASE("errors are told in all and by device and leading kernel, in order of appearance") {
  Forecasts forecasts;
  forecasts.rows = {forecast("a", 1.1, 1, "one"), forecast("b", 2, 2, "one"),
                    forecast("c", 1, 2, "two", Algorithm::winograd)};
  forecasts.left_out = {{"why", 4}};
  const Validation all = validate(std::move(forecasts));
  CHECK(all.latency.rows == 3);
  CHECK(all.latency.mape == doctest::Approx(0.2));
  REQUIRE(all.by_device.size() == 2);
  CHECK(all.by_device[0].name == "one/cpu");
  CHECK(all.by_device[0].latency.mape == doctest::Approx(0.05));
  CHECK(all.by_device[1].latency.mape == doctest::Approx(0.5));
  REQUIRE(all.by_kernel.size() == 2);
  CHECK(all.by_kernel[1].name == "winograd");
  CHECK(all.left_out.at("why") == 4);
  CHECK_FALSE(all.energy);
}

TEST_CASE("a row that its interval does not hold is an outlier with the work that leads") {
  // 1.96 x 0.1: a ratio of 1.21 is held, one of 1.22 is not.
  const Validation held = validate({{forecast("a", 1, 1.21)}, {}});
  CHECK(held.outliers.empty());
  const Validation out = validate({{forecast("a", 1, 1.22)}, {}});
  REQUIRE(out.outliers.size() == 1);
  CHECK(out.outliers[0].ratio == doctest::Approx(1.22));
  CHECK(out.outliers[0].reason == "100 % of the forecast is gemm, bound by compute");
}

TEST_CASE("where the whole device is slower, that is the reason") {
  const Validation all =
      validate({{forecast("a", 1, 2), forecast("b", 1, 2), forecast("c", 1, 2.1)}, {}});
  REQUIRE(all.outliers.size() == 3);
  CHECK(all.outliers[0].row == 2);  // the furthest first
  CHECK(all.outliers[0].reason ==
        "the device as a whole: 3 rows take 2.00 times as long as forecast in the median");
}

TEST_CASE("a device that is faster as a whole is told so") {
  const Validation all =
      validate({{forecast("a", 2, 1), forecast("b", 2, 1), forecast("c", 2, 1)}, {}});
  CHECK(all.outliers[0].reason ==
        "the device as a whole: 3 rows are 2.00 times faster than forecast in the median");
}

TEST_CASE("energies are judged where they were measured") {
  Forecast row = forecast("a", 1, 1);
  row.measurement.energy = Joules::from_si(2);
  row.prediction.energy.power = Joules::from_si(1);
  const Validation all = validate({{row, forecast("b", 1, 1)}, {}});
  REQUIRE(all.energy);
  CHECK(all.energy->rows == 1);
  CHECK(all.energy->mape == doctest::Approx(0.5));
}

}  // namespace
}  // namespace roofbeam
