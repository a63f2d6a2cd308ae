#include <doctest/doctest.h>

#include "tests/scenarios/audit/audited.hpp"

namespace roofbeam {
namespace {

using testing::only;
using testing::verdict;

std::string row(const std::string& keys, const std::string& machine = "") {
  return "networks: {net: {macs: 300 M}}\nmachines: {m: {" + machine +
         "}}\nmeasured: [{network: net, machine: m, " + keys + "}]\n";
}

TEST_CASE("throughput is batch over latency") {
  const auto throughput = [](const std::string& keys) { return verdict(row(keys), "throughput"); };
  CHECK(throughput("latency: 5.55 ms, throughput: 180.3 FPS") == "holds");  // 180.02 to 180.34
  CHECK(throughput("latency: 5.55 ms, throughput: 180.5 FPS") == "does not hold");
  CHECK(throughput("latency: 4.490 ms, throughput: 200+ /s") == "holds");
  CHECK(throughput("latency: 5.1 ms, throughput: 200+ /s") == "does not hold");
  CHECK(throughput("latency: 100 ms, batch: 32, throughput: 320 /s") == "holds");
  CHECK(throughput("throughput: 320 /s") == "cannot be checked");
}

TEST_CASE("energy is power times latency") {
  CHECK(verdict(row("latency: 3.5 ms, energy: 35 mJ, power: 10 W"), "energy-power") == "holds");
  CHECK(verdict(row("latency: 3.5 ms, energy: 35 mJ, power: 11 W"), "energy-power") ==
        "does not hold");
  CHECK(verdict(row("energy: 35 mJ, power: 11 W"), "energy-power") == "cannot be checked");
}

TEST_CASE("the average power stays in the budget") {
  const std::string ten_watts = "latency: 3.50 ms, energy: 35 mJ";
  CHECK(verdict(row(ten_watts, "budget: 10 W"), "power-budget") == "holds");
  CHECK(verdict(row(ten_watts, "budget: 9.0 W"), "power-budget") == "does not hold");
  CHECK(only(row(ten_watts, "budget: 5 W"), "power-budget").arithmetic ==
        "10.0 W is 2.00x the stated budget of 5 W");
  CHECK(testing::found(row(ten_watts), "power-budget").empty());
  // An M1 draws 0.5 W idle.
  CHECK(verdict(row("latency: 100 ms, energy: 40 mJ", "platform: apple-m1"), "power-budget") ==
        "holds, but");
  CHECK(verdict(row("latency: 100 ms, energy: 60 mJ", "platform: apple-m1"), "power-budget") ==
        "holds");
}

// 300 M MACs at 0.5 nJ are 150 mJ, from 134.8 to 165.3 by their digits.
TEST_CASE("energy is at least the arithmetic's") {
  const std::string machine = "energy_per_mac: {int8: 0.5 nJ}";
  const auto energy = [&](const std::string& keys) {
    return verdict(row(keys, machine), "energy-per-mac");
  };
  CHECK(energy("precision: int8, energy: 135 mJ") == "holds");
  CHECK(energy("precision: int8, energy: 134 mJ") == "does not hold");
  CHECK(energy("precision: int8, batch: 2, energy: 135 mJ") == "does not hold");
  CHECK(energy("precision: fp32, energy: 35 mJ") == "does not hold");
  const auto finding = only(row("precision: fp32, energy: 35 mJ", machine), "energy-per-mac");
  CHECK(finding.arithmetic ==
        "300 MMAC x 0.5 nJ (int8, a wider precision costs no less) = 150 mJ for arithmetic alone");
  CHECK(finding.explanation == "4.29x what is stated; at most 117 pJ/MAC an operation would fit");
  // What fp32 costs says nothing of int8.
  CHECK(testing::found(row("precision: int8, energy: 1 mJ", "energy_per_mac: {fp32: 0.5 nJ}"),
                       "energy-per-mac")
            .empty());
}

TEST_CASE("a larger batch takes no less time") {
  const auto batch = [](const std::string& one, const std::string& more) {
    return verdict("networks: {net: {}}\nmeasured: [{network: net, latency: " + one +
                       "}, {network: net, batch: 32, latency: " + more + "}]\n",
                   "batch");
  };
  CHECK(batch("50.04 ms", "204.04 ms") == "holds");
  CHECK(batch("50.04 ms", "50.04 ms") == "holds");
  CHECK(batch("50.04 ms", "49.04 ms") == "does not hold");
}

}  // namespace
}  // namespace roofbeam
