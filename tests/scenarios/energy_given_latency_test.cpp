#include "scenarios/energy_given_latency.hpp"

#include <doctest/doctest.h>

#include <string>

#include "scenarios/measurement.hpp"

using namespace roofbeam;

namespace {

// A forecast of 1 s with 1 J of operations and 4 J of power, and what was measured.
Forecast run(const std::string& network, double seconds, double joules) {
  Forecast row;
  row.measurement.network = network;
  row.measurement.device = "board";
  row.measurement.source = "a submission";
  row.measurement.latency = Seconds::from_si(seconds);
  row.measurement.energy = Joules::from_si(joules);
  row.prediction.runtime = "r";
  row.prediction.latency = Seconds::from_si(1);
  row.prediction.energy = {Joules::from_si(1), Joules{}, Joules::from_si(4)};
  return row;
}

}  // namespace

TEST_CASE("power counts for as long as the run took, operations and bytes cost what they cost") {
  const Forecast row = run("a", 2, 0);
  CHECK(energy_of_run(row.prediction, Seconds::from_si(2)).si() == doctest::Approx(9));
  CHECK(energy_of_run(row.prediction, Seconds::from_si(1)).si() == doctest::Approx(5));
}

TEST_CASE("one factor for the whole device is no error of the model, but one of constant power") {
  // Twice the forecast's energy everywhere: 10 J for 1 s, 18 J for 2 s, 26 J for 3 s.
  const auto found = energy_given_latency({run("a", 1, 10), run("b", 2, 18), run("c", 3, 26)});
  CHECK(found.model.rows == 3);
  CHECK(found.model.mape == doctest::Approx(0));
  CHECK(found.constant_power.rows == 3);
  // Without a: (9 + 26/3) / 2 W x 1 s beside 10 J, and so on.
  const double a = 1 - (9 + 26.0 / 3) / 2 / 10;
  const double b = (10 + 26.0 / 3) / 2 * 2 / 18 - 1;
  const double c = (10 + 9) / 2.0 * 3 / 26 - 1;
  CHECK(found.constant_power.mape == doctest::Approx((a + b + c) / 3));
}

TEST_CASE("one network that is off does not mislead the others") {
  const auto found =
      energy_given_latency({run("a", 1, 5), run("b", 1, 5), run("c", 1, 5), run("d", 1, 10)});
  CHECK(found.model.mape == doctest::Approx(0.5 / 4));  // d alone
  CHECK(found.constant_power.mape == doctest::Approx((3 * 1.0 / 3 + 0.5) / 4));
}

TEST_CASE("on MLPerf Tiny the model is within 3.5 % and constant power is not") {
  const std::string root = ROOFBEAM_SOURCE_DIR;
  ForecastOptions options;
  options.networks = {root + "/networks"};
  const auto measured = read_measurements(root + "/scenarios/measurements/mlperf_tiny_energy.csv");
  const auto found = energy_given_latency(forecast(measured.rows, options).rows);
  CHECK(found.model.rows == 74);
  CHECK(found.model.mape < 0.035);
  CHECK(found.constant_power.mape > 0.039);
  MESSAGE("model ", found.model.mape, ", constant power ", found.constant_power.mape);
}

TEST_CASE("a submission of two networks, and rows without energy or latency, are left out") {
  auto without_energy = run("c", 1, 5);
  without_energy.measurement.energy.reset();
  auto elsewhere = run("d", 1, 5);
  elsewhere.measurement.source = "another submission";
  const auto found =
      energy_given_latency({run("a", 1, 5), run("b", 1, 5), without_energy, elsewhere});
  CHECK(found.model.rows == 0);
}
