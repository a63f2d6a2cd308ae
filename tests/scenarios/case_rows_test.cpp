#include "scenarios/case_rows.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "scenarios/case_reader.hpp"

using namespace roofbeam;

namespace {

Scenario scenario() {
  return read_scenario(
      config::parse("scenario: s\n"
                    "networks:\n"
                    "  - {name: a, onnx: " ROOFBEAM_SOURCE_DIR
                    "/networks/mobilenet_v2_0.35_128.onnx, accuracy: 0.6}\n"
                    "  - {name: b, onnx: " ROOFBEAM_SOURCE_DIR
                    "/networks/mobilenet_v2_0.5_128.onnx}\n"
                    "platforms: [apple-m1, cortex-m7]\n"
                    "vary:\n"
                    "  network.precision: [fp32, fp16]\n"
                    "  platform.memory.DRAM.bandwidth: {times: [1, 0.001]}\n"
                    "require: [{when: {platform: apple-m1}, require: [latency <= 5 ms]}]\n"
                    "objectives: [min latency, max accuracy]\n",
                    "s.yaml"));
}

}  // namespace

TEST_CASE(
    "every case is forecast, skipped or impossible, and the rows say which requirement failed") {
  const Scenario s = scenario();
  const CaseTable table = table_by_predict(s, CaseReader(s));
  // 2 networks x 2 platforms x 2 precisions x 2 bandwidths; no fp16 on either platform's runtime,
  // no DRAM on the M7.
  CHECK(table.counts.all == 16);
  CHECK(table.counts.repeated == 4);
  CHECK(table.counts.impossible == 6);
  CHECK(table.counts.forecast == 6);
  CHECK(table.index == std::vector<std::int64_t>{0, 1, 4, 8, 9, 12});
  CHECK(table.text(3, 2) == "-");
  CHECK(table.missed[0][0] == 0);
  CHECK(table.missed[0][1] > 1);   // a thousandth of the bandwidth
  CHECK(table.missed[0][2] == 0);  // the requirement is not for the M7
  CHECK(table.counts.failed[0] == 2);
}

TEST_CASE("cases without an objective's metric are not on the frontier, and counted") {
  const Scenario s = scenario();
  const CaseTable table = table_by_predict(s, CaseReader(s));
  CHECK(table.column(Metric::accuracy)[0] == 0.6);
  CHECK(std::isnan(table.column(Metric::accuracy)[3]));
  CHECK(table.counts.feasible == 2 + 0);  // on the M1; fp32 weights do not fit into the M7's flash
  CHECK(table.counts.unfit == 2);
  CHECK(table.counts.unknown == 1);
  CHECK(table.counts.unknown_of.at("accuracy") == 1);
  CHECK(table.on_frontier == std::vector<std::uint8_t>{1, 0, 0, 0, 0, 0});
}

TEST_CASE("of cases that are equal in every objective the first stands for all") {
  const Scenario s = scenario();
  CaseTable table = empty_table(s);
  CaseResult result;
  result.metrics[Metric::latency] = 1e-3;
  result.metrics[Metric::accuracy] = 0.5;
  add_row(table, s, 3, {0, 0, 0, 0}, result);
  add_row(table, s, 4, {0, 1, 0, kNoDigit}, result);
  result.metrics[Metric::accuracy] = 0.4;
  add_row(table, s, 5, {1, 0, 0, 0}, result);
  mark_frontier(table);
  CHECK(table.on_frontier == std::vector<std::uint8_t>{1, 0, 0});
  CHECK(table.twins == std::vector<std::int64_t>{1, 0, 0});
  CHECK(table.text(3, 1) == "-");
}
