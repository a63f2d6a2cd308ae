#include "scenarios/sweep/block.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "scenarios/case_rows.hpp"
#include "tests/scenarios/sweep/compared.hpp"

using namespace roofbeam;
using namespace roofbeam::testing;

namespace {

using Indices = std::vector<std::int64_t>;
using Holds = std::vector<std::uint8_t>;

// The index is 12 x platform + 4 x bandwidth + 2 x batch + idle.
const std::string kAxes =
    "vary:\n"
    "  platform.memory.DRAM.bandwidth: {times: [1, 2, 4]}\n"
    "  run.batch: [1, 2]\n"
    "  platform.energy.idle: [1 W, 2 W]\n";

Indices taken(const Compared& s, std::int64_t group, std::int64_t first, std::int64_t last) {
  Block block(s.compiled);
  block.take(*s.compiled.group(group), first, last);
  return block.index();
}

}  // namespace

TEST_CASE("inner cases are counted with the last axis fastest, and know their index") {
  const Compared s(kAxes);
  CHECK(taken(s, 0, 0, 6) == Indices{0, 1, 4, 5, 8, 9});
  CHECK(taken(s, 1, 0, 6) == Indices{2, 3, 6, 7, 10, 11});
  CHECK(taken(s, 0, 1, 3) == Indices{1, 4});
  CHECK(taken(s, 0, 5, 6) == Indices{9});
  CHECK(taken(s, 0, 3, 3).empty());
}

TEST_CASE("of an axis that does not act only the first value is taken") {
  const Compared s(kAxes);
  CHECK(taken(s, 2, 0, 6) == Indices{12, 13});  // the microcontroller has no DRAM
  CHECK(taken(s, 2, 2, 6).empty());
}

TEST_CASE("cases that a rule on inner axes excludes are dropped") {
  const Compared s(kAxes +
                   "exclude: [{platform.memory.DRAM.bandwidth: x2, platform.energy.idle: 1 W}, "
                   "{platform.memory.DRAM.bandwidth: x4}]\n");
  CHECK(taken(s, 0, 0, 6) == Indices{0, 1, 5});
}

TEST_CASE("single cases are taken by their digits, and give them back") {
  const Compared s(kAxes);
  const auto group = s.compiled.group(1);
  Block block(s.compiled);
  block.add(*group, {0, 0, 2, 1, 1});
  block.add(*group, {0, 0, 0, 1, 0});
  CHECK(block.index() == Indices{11, 2});
  CHECK(block.digits(*group, 0) == Digits{0, 0, 2, 1, 1});
  CHECK(block.digits(*group, 1) == Digits{0, 0, 0, 1, 0});
  block.clear();
  CHECK(block.size() == 0);
}

TEST_CASE("a condition holds case by case") {
  const Compared s(kAxes +
                   "exclude: [{platform.memory.DRAM.bandwidth: [x1, x4], run.batch: 2}]\n"
                   "given: [{when: {platform.energy.idle: 2 W}, accuracy: 0.5}]\n");
  const Condition& excluded = s.scenario.exclude[0];
  Block block(s.compiled);
  Holds holds;
  block.take(*s.compiled.group(0), 0, 6);
  block.holding(*s.compiled.group(0), excluded, holds);
  CHECK(holds == Holds{0, 0, 0, 0, 0, 0});  // batch 1
  block.holding(*s.compiled.group(0), s.scenario.given[0].when, holds);
  CHECK(holds == Holds{0, 1, 0, 1, 0, 1});
  block.holding(*s.compiled.group(0), {}, holds);
  CHECK(holds == Holds{1, 1, 1, 1, 1, 1});
  block.clear();
  block.add(*s.compiled.group(1), {0, 0, 0, 1, 0});
  block.add(*s.compiled.group(1), {0, 0, 1, 1, 0});
  block.holding(*s.compiled.group(1), excluded, holds);
  CHECK(holds == Holds{1, 0});
}

TEST_CASE("scores are those of predict, and given facts hold where they are given") {
  const Compared s(kAxes + "given: [{when: {platform.energy.idle: 2 W}, accuracy: 0.5}]\n");
  const auto group = s.compiled.group(1);
  Block block(s.compiled);
  block.take(*group, 0, 6);
  block.score(*group, BlockNeeds::all());
  for (std::size_t row = 0; row < block.size(); ++row) {
    CAPTURE(row);
    const Prediction alone = s.reader.predict(block.digits(*group, row));
    CHECK(block.metric(Metric::latency)[row] == doctest::Approx(alone.latency.si()).epsilon(1e-11));
    CHECK(block.metric(Metric::energy)[row] ==
          doctest::Approx(alone.energy.total().si()).epsilon(1e-11));
    CHECK(block.metric(Metric::throughput)[row] ==
          doctest::Approx(2 / alone.latency.si()).epsilon(1e-11));
  }
  CHECK(std::isnan(block.metric(Metric::accuracy)[0]));
  CHECK(block.metric(Metric::accuracy)[1] == 0.5);
}

TEST_CASE("what is needed are the metrics of objectives and requirements") {
  const Compared s(kAxes + "require: [memory <= 1 GB]\nobjectives: [min energy]\n");
  const BlockNeeds needs = BlockNeeds::of(s.scenario);
  std::size_t count = 0;
  for (const bool need : needs.metrics) count += need ? 1 : 0;
  CHECK(count == 2);
  CHECK(needs.metrics[static_cast<std::size_t>(Metric::energy)]);
  CHECK(needs.metrics[static_cast<std::size_t>(Metric::memory)]);
  CHECK_FALSE(needs.deviations);
}

TEST_CASE("a row of a table has the digits, figures and misses of its case") {
  const Compared s(kAxes + "require: [latency <= 1 ns]\n");
  const auto group = s.compiled.group(2);  // the microcontroller
  Block block(s.compiled);
  block.take(*group, 0, 6);
  block.score(*group, BlockNeeds::all());
  CaseTable table = empty_table(s.scenario);
  block.append_to(table, *group, 1);
  CHECK(table.rows() == 1);
  CHECK(table.index[0] == 13);
  CHECK(table.text(2, 0) == "-");
  CHECK(table.text(4, 0) == "2 W");
  const double latency = block.metric(Metric::latency)[1];
  CHECK(table.column(Metric::latency)[0] == latency);
  CHECK(table.missed[0][0] == doctest::Approx(latency / 1e-9 - 1));
  CHECK(table.latency_deviation[0] > 0);
}
