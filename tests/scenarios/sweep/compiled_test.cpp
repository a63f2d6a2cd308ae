#include <doctest/doctest.h>

#include "scenarios/sweep/compiled.hpp"

#include "tests/scenarios/sweep/compared.hpp"

using namespace roofbeam;
using namespace roofbeam::testing;

namespace {

// Outer: network, platform, batch; inner: bandwidth and idle power, of which the first does not act
// on the microcontroller.
const std::string kAxes =
    "vary:\n"
    "  platform.memory.DRAM.bandwidth: {times: [1, 2, 4]}\n"
    "  run.batch: [1, 2]\n"
    "  platform.energy.idle: [1 W, 2 W]\n";

}  // namespace

TEST_CASE("a group is a combination of outer values, its cases those of the inner ones") {
  const Compared s(kAxes);
  CHECK(s.compiled.inner_cases() == 3 * 2);
  CHECK(s.compiled.positions() == 2 * 3 * 2 * 2);
  // Weights in the index: network, platform, bandwidth, batch, idle.
  CHECK(s.compiled.weight(4) == 1);
  CHECK(s.compiled.weight(3) == 2);
  CHECK(s.compiled.weight(2) == 4);
  CHECK(s.compiled.weight(1) == 12);
}

TEST_CASE("cases that differ in inner axes alone have one group, all others another") {
  const Compared s(kAxes);
  CHECK(s.compiled.group_of({0, 0, 0, 0, 0}) == 0);
  CHECK(s.compiled.group_of({0, 0, 2, 0, 1}) == 0);
  CHECK(s.compiled.group_of({0, 0, 0, 1, 0}) == 1);
  CHECK(s.compiled.group_of({0, 1, 1, 1, 1}) == 3);
}

TEST_CASE("a group knows its digits, and the axes that do not act there") {
  const Compared s(kAxes);
  const auto phone = s.compiled.group(0);
  CHECK(phone->digits == Digits{0, 0, 0, 0, 0});
  CHECK(phone->model.has_value());
  CHECK(phone->batch == 1);
  CHECK(phone->impossible.empty());
  const auto board = s.compiled.group(3);
  CHECK(board->digits == Digits{0, 1, kNoDigit, 1, 0});
  CHECK(board->batch == 2);
}

TEST_CASE("a group is compiled once") {
  const Compared s(kAxes);
  CHECK(s.compiled.group(0) == s.compiled.group(0));
  CHECK(s.compiled.group(0) != s.compiled.group(1));
}

TEST_CASE("without an inner axis that acts there are no columns") {
  const Compared s("vary: {run.batch: [1, 2]}\n");
  CHECK(s.compiled.inner_cases() == 1);
  CHECK_FALSE(s.compiled.group(0)->model.has_value());
  CHECK(s.compiled.group(0)->metrics[Metric::latency] > 0);
}

TEST_CASE("a group that cannot be says why, one that is excluded is not compiled") {
  const Compared s(
      "vary: {network.sequence: [8], run.batch: [1, 2]}\n"
      "exclude: [{run.batch: 2}]\n");
  CHECK(s.compiled.group(0)->impossible ==
        "s.yaml:4:27: error: network 'ds_cnn_mlperftiny' has no input that is a sequence");
  CHECK(s.compiled.group(1)->skipped);
  CHECK(s.compiled.group(1)->impossible.empty());
}

TEST_CASE("a group repeats another where an outer axis that does not act has another value") {
  const Compared s("vary: {platform.memory.P-L2.size: {times: [1, 0.5]}}\n");  // the board has none
  CHECK_FALSE(s.compiled.group(0)->skipped);
  CHECK_FALSE(s.compiled.group(1)->skipped);
  CHECK_FALSE(s.compiled.group(2)->skipped);
  CHECK(s.compiled.group(3)->skipped);
}

TEST_CASE("a rule asks for inner axes if one of its axes is one") {
  const Compared s(kAxes +
                   "exclude: [{platform: apple-m1, run.batch: 2}, {run.batch: 1, "
                   "platform.energy.idle: 2 W}]\n");
  CHECK_FALSE(s.compiled.asks_inner(s.scenario.exclude[0]));
  CHECK(s.compiled.asks_inner(s.scenario.exclude[1]));
  CHECK(s.compiled.group(1)->skipped);        // batch 2 on the phone
  CHECK_FALSE(s.compiled.group(0)->skipped);  // some of its cases are left
}
