#include "models/energy.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

TEST_CASE("energy has three parts") {
  auto call = make::product(10, 10, 10, {});  // 1000 MACs
  call.vector_ops[0] = 500;
  EnergyRates rates;
  rates.operations[Precision::fp32] = JoulesPerMac::from_si(2e-12);
  rates.levels = {JoulesPerByte::from_si(1e-12), JoulesPerByte::from_si(20e-12)};
  rates.idle = Watts::from_si(1);
  rates.active = Watts::from_si(3);
  const auto energy = call_energy(call, {4000, 100}, Seconds::from_si(1e-6), rates);
  CHECK(energy.operations.si() == doctest::Approx(1500 * 2e-12));
  CHECK(energy.traffic.si() == doctest::Approx(4000 * 1e-12 + 100 * 20e-12));
  CHECK(energy.power.si() == doctest::Approx(4e-6));
}

TEST_CASE("no part of an energy is known where the engine states nothing") {
  auto platform = make::platform();
  platform.engines[0].active.value = Watts::from_si(std::nan(""));
  Workload workload;
  workload.calls = {make::product(10, 10, 10, {})};
  workload.calls[0].precision = Precision::int8;  // which make::platform() has no energy for
  std::vector<std::string> assumptions;
  const auto rates = energy_rates(platform, platform.engines[0], workload, assumptions);
  CHECK(assumptions.empty());
  const auto energy = call_energy(workload.calls[0], {4, 4}, Seconds::from_si(1), rates);
  CHECK(std::isnan(energy.operations.si()));
  CHECK(std::isnan(energy.traffic.si()));
  CHECK(std::isnan(energy.power.si()));
  CHECK(throttle(energy, Seconds::from_si(1), {}, Watts::from_si(1)) == 1);
}

TEST_CASE("Winograd spends energy on the multiplications it does") {
  auto call = make::product(10, 10, 10, {});
  call.mac_factor = 0.25;
  EnergyRates rates;
  rates.operations[Precision::fp32] = JoulesPerMac::from_si(1e-12);
  CHECK(call_energy(call, {}, {}, rates).operations.si() == doctest::Approx(250e-12));
}

TEST_CASE("the next wider precision lends its energy, and that is said") {
  const auto platform = make::platform();
  Workload workload;
  workload.threads = 2;
  workload.calls.resize(1);
  std::vector<std::string> assumptions;
  const auto same = energy_rates(platform, platform.engines[0], workload, assumptions);
  CHECK(same.operations.at(Precision::fp32).si() == 1e-12);
  CHECK(same.active.si() == 2);  // 1 W for each of two cores
  CHECK(same.levels.size() == 2);
  CHECK(assumptions.empty());
  workload.calls[0].precision = Precision::int8;
  const auto lent = energy_rates(platform, platform.engines[0], workload, assumptions);
  CHECK(lent.operations.at(Precision::int8).si() == 1e-12);
  REQUIRE(assumptions.size() == 1);
  CHECK(assumptions[0] ==
        "engine 'cpu' states no energy for a multiply-add at int8: that at fp32 is used");
}

TEST_CASE("a power budget stretches time just as far as it must") {
  // 10 J in 1 s, of which 1 J idle, under a budget of 4 W: 9 J above idle take 9 / (4 - 1) = 3 s.
  EnergyParts energy;
  energy.power = Joules::from_si(10);
  const auto second = Seconds::from_si(1);
  const auto idle = Watts::from_si(1);
  CHECK(throttle(energy, second, idle, Watts::from_si(4)) == doctest::Approx(3));
  CHECK(throttle(energy, second, idle, Watts::from_si(10)) == 1);
  CHECK(throttle(energy, second, idle, Watts::from_si(9.999)) > 1);
  CHECK(std::isinf(throttle(energy, second, idle, Watts::from_si(1))));
}

}  // namespace
}  // namespace roofbeam
