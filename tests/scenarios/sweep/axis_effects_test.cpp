#include "scenarios/sweep/axis_effects.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/message_of.hpp"
#include "tests/scenarios/sweep/compared.hpp"

using namespace roofbeam;
using namespace roofbeam::testing;

namespace {

using Axes = std::vector<std::size_t>;

AxisEffects effects(const std::string& vary, const std::string& platforms = "[apple-m1]") {
  const Scenario scenario = swept_scenario("vary:\n" + vary, platforms);
  return axis_effects(scenario, CaseReader(scenario));
}

}  // namespace

// Axes 0 and 1 are network and platform.
TEST_CASE("rates are inner; sizes, networks and runs are outer") {
  const AxisEffects found = effects(
      "  platform.memory.DRAM.bandwidth: {times: [1, 2]}\n"
      "  platform.memory.P-L2.size: {times: [1, 2]}\n"
      "  network.precision: [fp32, int8]\n"
      "  platform.energy.idle: [1 W, 2 W]\n"
      "  run.batch: [1, 2]\n");
  CHECK(found.inner == Axes{2, 5});
  CHECK(found.outer == Axes{0, 1, 3, 4, 6});
  CHECK(found.keyed == Axes{1});
  CHECK_FALSE(found.platform_lowers);
}

TEST_CASE("of axes that touch the same number the first is inner, and the others are keyed") {
  const AxisEffects found = effects(
      "  platform.memory.DRAM.bandwidth: {times: [1, 2]}\n"
      "  slow: {no: {}, yes: {platform.memory.DRAM.bandwidth: 1 GB/s}}\n"
      "  platform.energy.idle: [1 W, 2 W]\n");
  CHECK(found.inner == Axes{2, 4});
  CHECK(found.keyed == Axes{1, 3});
}

TEST_CASE("what is stated at all differs: the axis is outer and keyed") {
  const AxisEffects found = effects(
      "  unit: {whole: {}, no fp16: {platform.engines.0.macs_per_lane: {fp32: 1, int8: 4}}}\n"
      "  platform.energy.idle: [1 W, 2 W]\n");
  CHECK(found.inner == Axes{3});
  CHECK(found.keyed == Axes{1, 2});
}

TEST_CASE("a value that cannot be loaded makes its axis an outer one") {
  const AxisEffects found = effects("  platform.energy.idle: [1 W, 2 m]\n");
  CHECK(found.inner.empty());
  CHECK(found.keyed == Axes{1, 2});
}

TEST_CASE("a bundle that also changes a run is outer, one that changes nothing too") {
  CHECK(effects("  mode: {a: {platform.energy.idle: 1 W}, b: {run.batch: 2}}\n").inner.empty());
  CHECK(effects("  mode: {a: {}, b: {}}\n").inner.empty());
  CHECK(effects("  mode: {a: {}, b: {platform.energy.idle: 1 W}}\n").inner == Axes{2});
}

TEST_CASE("cores are dealt work anew: the networks lower again for them") {
  CHECK(effects("  platform.engines.0.cores: [1, 2]\n").platform_lowers);
  CHECK_FALSE(effects("  platform.memory.P-L2.size: {times: [1, 2]}\n").platform_lowers);
}

TEST_CASE("what inner axes change are numbers, a value for each digit") {
  const Scenario scenario = swept_scenario(
      "vary:\n"
      "  platform.memory.DRAM.bandwidth: [10 GB/s, 20 GB/s, 40 GB/s]\n"
      "  platform.energy.idle: [1 W, 2 W]\n",
      "[apple-m1]");
  const CaseReader reader(scenario);
  const AxisEffects found = axis_effects(scenario, reader);
  const InnerChanges changes = inner_changes(scenario, reader, found, {0, 0, kNoDigit, kNoDigit});
  REQUIRE(changes.numbers.size() == 2);
  const auto bandwidth = static_cast<std::size_t>(
      std::ranges::find(changes.axis_of, std::size_t{0}) - changes.axis_of.begin());
  CHECK(changes.values[bandwidth] == std::vector<double>{10e9, 20e9, 40e9});
  CHECK(changes.axis_of[1 - bandwidth] == 1);
  CHECK(changes.values[1 - bandwidth] == std::vector<double>{1, 2});
}
