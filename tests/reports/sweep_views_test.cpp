#include "reports/sweep_views.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "tests/reports/swept.hpp"

using namespace roofbeam;
using namespace roofbeam::testing;

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// One case of one axis, equal to four more.
CaseTable one_case() {
  CaseTable table;
  table.scenario = "one";
  table.axes = {{"network", {"a, \"b\""}}, {"run.batch", {"1", "2"}}};
  table.objectives = parse_objectives("min latency");
  table.requirements = parse_requirements("latency <= 1 s, energy < 1 J");
  table.reasons = {"all in L2", "no"};
  table.values.resize(2);
  table.missed.resize(2);
  table.counts.all = table.counts.forecast = table.counts.feasible = 5;
  table.counts.failed = {0, 0};
  add_case(table, {7, {0, CaseTable::kNone}, 0.5, 0.25, 4, 0.5, true, 4});
  table.latency_deviation = table.energy_deviation = {0};
  return table;
}

const std::string kOneHead =
    R"("kind":"sweep","scenario":"one","title":"",)"
    R"("axes":[{"name":"network","values":["a, \"b\""]},{"name":"run.batch","values":["1","2"]}],)"
    R"("objectives":[{"metric":"latency","sense":"min"}],)"
    R"("requirements":[{"text":"latency <= 1 s","metric":"latency","relation":"<=","bound":1.0},)"
    R"({"text":"energy < 1 J","metric":"energy","relation":"<","bound":1.0}],"must_fit":true,)"
    R"("counts":{"all":5,"excluded":0,"repeated":0,"impossible":0,"forecast":5,"unfit":0,)"
    R"("feasible":5,"unknown":0,"why_impossible":{},"failed":{"latency <= 1 s":0,"energy < 1 J":0},)"
    R"("unknown_of":{}},)";

std::string text_of(const CaseTable& table, const SweepShown& shown) {
  return sweep_document(table, shown).text(shown.width);
}

std::string dry_run_of(const CaseTable& table, std::size_t width) {
  return dry_run_document(table, width).text(width);
}

}  // namespace

// Deviations of 0.1 make intervals of a factor exp(0.128) = 1.137. In shares of the ranges 1 to 8
// ms and 60 to 72 % case 3 is (1/7, 1/12), (1 - 1/7 - 1/12) / sqrt(2) = 0.547 below the line.
TEST_CASE("text says what became of the cases, then the frontier with its best and its knee") {
  CHECK(text_of(swept(), {.width = 120}) ==
        R"(ship: Which one ships

16 cases: 4 repeat others, 2 impossible, 10 forecast:
  impossible 2: no fp16 on 'cpu'
  1 does not fit into the platform's memory
  1 misses latency <= 10 ms
  0 miss memory <= 8 MiB

Frontier of 9 cases in min latency, max accuracy: 3 cases

All: run.batch 1

case           network  platform  precision  DRAM.bandwidth   latency    80 % interval  accuracy    memory   energy
  14           slim     board     #2         -               1.00 ms*   880 us–1.14 ms  60.00 %   1.00 MiB  5.00 mJ
   3  knee +2  full     phone     #2         x2              2.00 ms   1.76 ms–2.27 ms  71.00 %   2.00 MiB  10.0 mJ
   0           full     phone     fp32       x1              8.00 ms   7.04 ms–9.09 ms  72.00 %*  4.00 MiB  40.0 mJ

*: the best of the frontier. +N: stands for N more cases that are equal in every objective.
precision #2: weights: int8, activations: fp16
Knee: case 3, 0.55 below the plane through the best of each objective, in shares of the ranges.
)");
}

TEST_CASE("80 columns have short names, leave out columns by their rank, and say which") {
  CHECK(text_of(swept(), {.width = 80}) ==
        R"(ship: Which one ships

16 cases: 4 repeat others, 2 impossible, 10 forecast:
  impossible 2: no fp16 on 'cpu'
  1 does not fit into the platform's memory
  1 misses latency <= 10 ms
  0 miss memory <= 8 MiB

Frontier of 9 cases in min latency, max accuracy: 3 cases

All: run.batch 1

case           network  platform  precision  bandwidth   latency  accuracy
  14           slim     board     #2         -          1.00 ms*  60.00 %
   3  knee +2  full     phone     #2         x2         2.00 ms   71.00 %
   0           full     phone     fp32       x1         8.00 ms   72.00 %*

*: the best of the frontier. +N: stands for N more cases that are equal in
  every objective.
precision #2: weights: int8, activations: fp16
Knee: case 3, 0.55 below the plane through the best of each objective, in
  shares of the ranges.
Left out to fit 80 columns: 80 % interval, memory, energy; --format csv has
  all.
)");
}

TEST_CASE("where no case meets all requirements the nearest are shown, with what they miss") {
  CHECK(text_of(swept_in_vain(), {.width = 120}) ==
        R"(ship: Which one ships

4 cases: 4 forecast:
  1 does not fit into the platform's memory
  2 miss latency <= 1 ms
  3 miss accuracy >= 80 %
  0 miss memory <= 8 MiB

No case meets all requirements. The nearest:

All: run.batch 1

case  network  platform  precision  DRAM.bandwidth  latency  over 1.00 ms  accuracy  short of 80.00 %    memory  fits
   3  full     phone     #2         x2              2.00 ms         100 %   72.00 %              10 %  2.00 MiB
   0  full     phone     fp32       x1              8.00 ms         700 %   72.00 %              10 %  4.00 MiB
   4  full     board     fp32       -                500 us                 80.00 %                    4.00 MiB  no
   5  slim     phone     fp32       x1              1.00 ms                 unknown           unknown  4.00 MiB

precision #2: weights: int8, activations: fp16
Case 4 does not fit: weights need 3.38 MiB, flash has 2.00 MiB
)");
}

TEST_CASE("at 80 columns what is missed stays, what all meet and then settings go") {
  CHECK(text_of(swept_in_vain(), {.width = 80}) ==
        R"(ship: Which one ships

4 cases: 4 forecast:
  1 does not fit into the platform's memory
  2 miss latency <= 1 ms
  3 miss accuracy >= 80 %
  0 miss memory <= 8 MiB

No case meets all requirements. The nearest:

All: run.batch 1

case  network  platform  latency  over 1.00 ms  accuracy  short of 80.00 %  fits
   3  full     phone     2.00 ms         100 %   72.00 %              10 %
   0  full     phone     8.00 ms         700 %   72.00 %              10 %
   4  full     board      500 us                 80.00 %                    no
   5  slim     phone     1.00 ms                 unknown           unknown

Case 4 does not fit: weights need 3.38 MiB, flash has 2.00 MiB
Left out to fit 80 columns: precision, bandwidth, memory; --format csv has
  all.
)");
}

TEST_CASE("without a frontier text says whether cases are left, and what is not known of them") {
  CaseTable table = swept_axes("");
  table.counts.all = table.counts.excluded = 1;
  CHECK(text_of(table, {}) ==
        "ship: Which one ships\n\n1 case: 1 excluded, 0 forecast\n\nNo case is left to compare.\n");
  add_case(table, {0, {0, 0, 0, 0, 0}, 0.008, 0.04, 4 * kMiB, kUnknown});
  table.title.clear();
  table.counts = {};
  table.counts.all = table.counts.forecast = table.counts.feasible = table.counts.unknown = 1;
  table.counts.unknown_of = {{"accuracy", 1}};
  CHECK(text_of(table, {}) ==
        R"(ship

1 case: 1 forecast:
  1 that meet all of it are not compared: their accuracy is not known (state it under 'given:')

No case has all that the objectives ask for.
)");
}

TEST_CASE("of many reasons for which cases are impossible the most frequent are said") {
  CaseTable table = swept_axes("");
  table.counts.all = table.counts.impossible = 1234 + 21;
  for (int i = 1; i <= 6; ++i) table.counts.why_impossible["reason " + std::to_string(i)] = i;
  table.counts.why_impossible["often"] = 1234;
  CHECK(text_of(table, {}) ==
        R"(ship: Which one ships

1,255 cases: 1,255 impossible, 0 forecast:
  impossible 1,234: often
  impossible 6: reason 6
  impossible 5: reason 5
  impossible 4: reason 4
  impossible 3: reason 3
  impossible 2: reason 2
  and 1 more reasons (--format json has all)

No case is left to compare.
)");
}

TEST_CASE("a dry run lists axes, counts and the first cases") {
  CHECK(dry_run_of(swept(), 80) ==
        R"(ship: Which one ships

16 cases: 4 repeat others, 0 excluded, 10 to forecast:
  network: 2: full, slim
  platform: 2: phone, board
  network.precision: 2: fp32; weights: int8, activations: fp16
  platform.memory.DRAM.bandwidth: 2: x1, x2
  run.batch: 1: 1

case  network  platform  precision  DRAM.bandwidth  batch
   0  full     phone     fp32       x1              1
   1  full     phone     fp32       x2              1
   3  full     phone     #2         x2              1
   4  full     board     fp32       -               1
  14  slim     board     #2         -               1

5 more
precision #2: weights: int8, activations: fp16
)");
  CaseTable none = swept_axes("");
  none.axes = {{"n", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"}}};
  none.counts.all = none.counts.excluded = 13;
  CHECK(dry_run_of(none, 80) ==
        "ship: Which one ships\n\n13 cases: 0 repeat others, 13 excluded, 0 to forecast:\n"
        "  n: 13: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, ...\n");
}

TEST_CASE("Markdown has every column, and notes as a list") {
  const SweepShown all = {.width = std::numeric_limits<std::size_t>::max()};
  CHECK(sweep_document(swept(), all).markdown() ==
        R"(### ship: Which one ships

**16 cases: 4 repeat others, 2 impossible, 10 forecast**

- impossible 2: no fp16 on 'cpu'
- 1 does not fit into the platform's memory
- 1 misses latency \<= 10 ms
- 0 miss memory \<= 8 MiB

### Frontier of 9 cases in min latency, max accuracy: 3 cases

All: run.batch 1

| case |  | network | platform | precision | DRAM.bandwidth | latency | 80 % interval | accuracy | memory | energy |
| ---: | --- | --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
| 14 |  | slim | board | \#2 | - | 1.00 ms\* | 880 us–1.14 ms | 60.00 %  | 1.00 MiB | 5.00 mJ |
| 3 | knee +2 | full | phone | \#2 | x2 | 2.00 ms  | 1.76 ms–2.27 ms | 71.00 %  | 2.00 MiB | 10.0 mJ |
| 0 |  | full | phone | fp32 | x1 | 8.00 ms  | 7.04 ms–9.09 ms | 72.00 %\* | 4.00 MiB | 40.0 mJ |

- \*: the best of the frontier. +N: stands for N more cases that are equal in every objective.
- precision \#2: weights: int8, activations: fp16
- Knee: case 3, 0.55 below the plane through the best of each objective, in shares of the ranges.
)");
}

TEST_CASE("CSV has a line a case; unknown numbers and axes that do not act are empty") {
  CHECK(sweep_csv(one_case()) ==
        "case,network,run.batch,latency_s,energy_j,memory_bytes,size_bytes,accuracy,power_w,"
        "throughput_per_s,macs,parameters,arena_bytes,latency_deviation,energy_deviation,fits,"
        "fits_reason,missed latency <= 1 s,missed energy < 1 J,feasible,on_frontier,twins\r\n"
        "7,\"a, \"\"b\"\"\",,0.5,0.25,4,,0.5,,,,,,0,0,true,all in L2,0,0,true,true,4\r\n");
  CaseTable missed = one_case();
  missed.missed = {{0.25}, {kUnknown}};
  missed.fits = {0};
  missed.fits_reason = {1};
  missed.on_frontier = {0};
  CHECK(sweep_csv(missed).ends_with(",0,0,false,no,0.25,,false,false,4\r\n"));
}

TEST_CASE("JSON has an object a case, null for what is not known") {
  const auto json = nlohmann::ordered_json::parse(sweep_json(one_case()));
  CHECK(json.dump() ==
        R"({"schema":"roofbeam.sweep/1",)" + kOneHead +
            R"("cases":[{"case":7,"settings":{"network":"a, \"b\"","run.batch":null},)"
            R"("latency_s":0.5,"energy_j":0.25,"memory_bytes":4.0,"size_bytes":null,)"
            R"("accuracy":0.5,"power_w":null,"throughput_per_s":null,"macs":null,)"
            R"("parameters":null,"arena_bytes":null,"latency_80_s":[0.5,0.5],)"
            R"("energy_80_j":[0.25,0.25],"latency_deviation":0.0,"energy_deviation":0.0,)"
            R"("fits":true,"fits_reason":"all in L2","missed":{},"feasible":true,)"
            R"("on_frontier":true,"twins":4}],"knee":null})");
}

TEST_CASE("columns have an array a column, and the rows of the frontier") {
  CHECK(sweep_columns(one_case()) ==
        R"({"schema":"roofbeam.sweep_columns/1",)" + kOneHead +
            R"("columns":{"case":[7],"network":[0],"run.batch":[-1],"latency_s":[0.5],)"
            R"("energy_j":[0.25],"memory_bytes":[4.0],"size_bytes":[null],"accuracy":[0.5],)"
            R"("power_w":[null],"throughput_per_s":[null],"macs":[null],"parameters":[null],)"
            R"("arena_bytes":[null],"latency_deviation":[0.0],"energy_deviation":[0.0],)"
            R"("fits":[1],"fits_reason":[0],"twins":[4],"feasible":[1]},)"
            R"("reasons":["all in L2","no"],"missed":[[0.0],[0.0]],"frontier":[0],"knee":null})"
            "\n");
}

TEST_CASE("both kinds of JSON tell what the stages of a pipeline did") {
  CaseTable table;
  table.axes = {{"network", {"net"}}, {"stage", {"start", "quantize"}}};
  table.reasons = {"all in DRAM"};
  table.values.resize(table.axes.size());
  add_case(table, {0, {0, 0}, 0.008, 0.04, 4 * kMiB, 0.72});
  add_case(table, {1, {0, 1}, 0.002, 0.01, kMiB, 0.71});
  for (const std::string& text : {sweep_json(table), sweep_columns(table)}) {
    const auto pipelines = nlohmann::json::parse(text).at("pipelines");
    REQUIRE(pipelines.size() == 1);
    const auto& stages = pipelines[0].at("stages");
    REQUIRE(stages.size() == 2);
    CHECK(stages[1].at("stage") == "quantize");
    CHECK(stages[1].at("change").at("latency") == doctest::Approx(0.25));
    CHECK(pipelines[0].at("whole_change").at("memory") == doctest::Approx(0.25));
  }
  CHECK_FALSE(nlohmann::json::parse(sweep_columns(swept())).contains("pipelines"));
}

TEST_CASE("both kinds of JSON name the knee by its case") {
  for (const std::string& text : {sweep_json(swept()), sweep_columns(swept())}) {
    const auto knee = nlohmann::json::parse(text).at("knee");
    CHECK(knee.size() == 3);
    CHECK(knee.at("case") == 3);
    CHECK(knee.at("rule") == "bulge");
    CHECK(knee.at("distance").get<double>() ==
          doctest::Approx((1 - 1.0 / 7 - 1.0 / 12) / std::sqrt(2)));
  }
}
