#include "scenarios/sweep.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "scenarios/case_rows.hpp"

using namespace roofbeam;

namespace {

#define NETWORKS ROOFBEAM_SOURCE_DIR "/networks/"

Scenario scenario(const std::string& vary, const std::string& rest = "") {
  return read_scenario(
      config::parse(
          "scenario: s\n"
          "networks:\n"
          "  - {name: a, onnx: " NETWORKS "mobilenet_v2_0.35_128.onnx, accuracy: 0.6}\n"
          "  - {name: b, onnx: " NETWORKS "ds_cnn_mlperftiny.onnx, accuracy: 0.5}\n"
          "platforms: [apple-m1, cortex-a78, cortex-m7, {platform: apple-m1, engine: gpu}]\n"
          "vary:\n" +
              vary + rest,
          "s.yaml"));
}

const std::string kRates =
    "  platform.memory.DRAM.bandwidth: {times: [0.25, 1, 4]}\n"
    "  platform.engines.0.clock: {times: [0.5, 1]}\n"
    "  platform.energy.idle: [0.1 W, 1 W]\n"
    "  runtime.dispatch: {times: [1, 20]}\n";
const std::string kStructure =
    "  platform.memory.L2.size: {times: [0.1, 1]}\n"
    "  platform.memory.DRAM.bandwidth: {times: [0.25, 1]}\n"
    "  power:\n"
    "    free: {}\n"
    "    tight: {platform.energy.budget: 2 W, platform.engines.0.clock: {times: 0.5}}\n"
    "  platform.engines.0.clock: {times: [1, 2]}\n"
    "  network.precision: [fp32, int8]\n"
    "  run.batch: [1, 3]\n";

bool close(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-11 * std::abs(b);
}

// Every row and figure is what predict says of the case alone.
void check_against_predict(const Scenario& s) {
  const CaseReader reader(s);
  const CompiledScenario compiled(s, reader);
  const CaseTable found = table_of(compiled, sweep_range(compiled, 0, compiled.positions(), true));
  const CaseTable expected = table_by_predict(s, reader);
  REQUIRE(found.index == expected.index);
  CHECK(found.values == expected.values);
  for (std::size_t row = 0; row < found.rows(); ++row) {
    CAPTURE(row);
    for (std::size_t i = 0; i < kMetrics; ++i) {
      CAPTURE(i);
      REQUIRE(close(found.metrics[i][row], expected.metrics[i][row]));
    }
    REQUIRE(close(found.latency_deviation[row], expected.latency_deviation[row]));
    REQUIRE(close(found.energy_deviation[row], expected.energy_deviation[row]));
    REQUIRE(found.fits[row] == expected.fits[row]);
    REQUIRE(found.reasons[static_cast<std::size_t>(found.fits_reason[row])] ==
            expected.reasons[static_cast<std::size_t>(expected.fits_reason[row])]);
  }
  const auto& [a, b] = std::tie(found.counts, expected.counts);
  CHECK(a.forecast == b.forecast);
  CHECK(a.impossible == b.impossible);
  CHECK(a.why_impossible == b.why_impossible);
  CHECK(a.feasible == b.feasible);
  CHECK(a.failed == b.failed);
  CHECK(a.unknown_of == b.unknown_of);
  CHECK(a.all == a.excluded + a.repeated + a.impossible + a.forecast);
}

std::string figures(const CaseTable& table) {
  std::string text;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    text += std::to_string(table.index[row]) + ' ' + std::to_string(table.twins[row]) + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("rates are columns, and every case is what predict says of it alone") {
  const Scenario s = scenario(kRates);
  const CaseReader reader(s);
  CHECK(axis_effects(s, reader).inner == std::vector<std::size_t>{2, 3, 4, 5});
  check_against_predict(s);
}

TEST_CASE("sizes, budgets, networks and runs are compiled anew, likewise") {
  const Scenario s = scenario(
      kStructure,
      "given: [{when: {platform.memory.DRAM.bandwidth: x1, network: b}, accuracy: 0.7}]\n"
      "exclude: [{platform.memory.DRAM.bandwidth: x0.25, run.batch: 3}, {network: a, run.batch: "
      "3}]\n"
      "require: [latency <= 5 ms, {when: {platform.memory.DRAM.bandwidth: x1}, require: [energy <= "
      "2 mJ]}]\n");
  check_against_predict(s);
}

TEST_CASE("axes that change the same number are found anew for each other's values") {
  check_against_predict(
      scenario("  platform.engines.0.clock: {times: [0.5, 1]}\n"
               "  slow: {no: {}, yes: {platform.engines.0.clock: 300 MHz}}\n"));
}

TEST_CASE("the result is the same for any number of threads and any split into ranges") {
  const Scenario s = scenario(kRates, "objectives: [min latency, min energy, max accuracy]\n");
  const CaseReader reader(s);
  const CompiledScenario compiled(s, reader);
  const std::int64_t all = compiled.positions();
  const CaseTable expected = table_of(compiled, sweep_range(compiled, 0, all));
  CHECK(expected.rows() > 3);
  CHECK(expected.rows() < 50);
  for (const std::size_t threads : {1U, 2U, 5U}) {
    SweepOptions options;
    options.threads = threads;
    CHECK(figures(table_of(compiled, sweep(compiled, options))) == figures(expected));
  }
  std::vector<SweepPart> parts;
  for (const auto& [first, last] : Ranges{{100, all}, {7, 100}, {0, 7}}) {
    parts.push_back(sweep_range(compiled, first, last));
  }
  const SweepPart merged = merge(compiled, std::move(parts));
  CHECK(merged.done == Ranges{{0, all}});
  CHECK(figures(table_of(compiled, merged)) == figures(expected));
  std::vector<SweepPart> shards;
  for (const std::int64_t shard : {2, 0, 1}) {
    SweepOptions options;
    options.shard = shard;
    options.shards = 3;
    shards.push_back(sweep(compiled, options));
  }
  CHECK(figures(table_of(compiled, merge(compiled, std::move(shards)))) == figures(expected));
}

TEST_CASE("what was done before is not done again") {
  const Scenario s = scenario(kRates);
  const CaseReader reader(s);
  const CompiledScenario compiled(s, reader);
  const SweepPart whole = sweep_range(compiled, 0, compiled.positions());
  const SweepPart resumed = sweep(compiled, {}, sweep_range(compiled, 5, 31));
  CHECK(resumed.counts.forecast == whole.counts.forecast);
  CHECK(figures(table_of(compiled, resumed)) == figures(table_of(compiled, whole)));
}

TEST_CASE("where no case meets the requirements the nearest are kept, the nearest first") {
  const Scenario s = scenario(kRates, "require: [latency <= 1 ns]\n");
  const CaseReader reader(s);
  const CompiledScenario compiled(s, reader);
  const SweepPart part = sweep(compiled, {});
  CHECK(part.counts.feasible == 0);
  REQUIRE(part.nearest.size() == kNearMisses);
  const CaseTable table = table_of(compiled, part);
  const CaseTable all = table_by_predict(s, reader);
  CHECK(table.rows() == kNearMisses);
  double best = HUGE_VAL;
  for (std::size_t row = 0; row < all.rows(); ++row) {
    if (all.fits[row] != 0) best = std::min(best, all.missed[0][row]);
  }
  CHECK(close(part.nearest[0].missed, best));
}

TEST_CASE("ranges join where they touch, and know what is missing") {
  Ranges ranges;
  add_range(ranges, 10, 20);
  add_range(ranges, 30, 40);
  CHECK(missing(ranges, 0, 50) == Ranges{{0, 10}, {20, 30}, {40, 50}});
  CHECK(missing(ranges, 12, 35) == Ranges{{20, 30}});
  CHECK(missing(ranges, 12, 20) == Ranges{});
  add_range(ranges, 19, 30);
  CHECK(ranges == Ranges{{10, 40}});
  add_range(ranges, 9, 10);
  CHECK(ranges == Ranges{{9, 40}});
  add_range(ranges, 41, 42);
  add_range(ranges, 5, 5);
  CHECK(ranges == Ranges{{9, 40}, {41, 42}});
  CHECK(count_of(ranges) == 32);
}

TEST_CASE("shards are of equal size, the first ones of one more where it does not come out even") {
  CHECK(shard_of(10, 0, 1) == std::pair<std::int64_t, std::int64_t>(0, 10));
  CHECK(shard_of(10, 0, 3) == std::pair<std::int64_t, std::int64_t>(0, 4));
  CHECK(shard_of(10, 1, 3) == std::pair<std::int64_t, std::int64_t>(4, 7));
  CHECK(shard_of(10, 2, 3) == std::pair<std::int64_t, std::int64_t>(7, 10));
  CHECK(shard_of(2, 2, 3) == std::pair<std::int64_t, std::int64_t>(2, 2));
}
