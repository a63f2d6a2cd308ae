#include "reports/explain_views.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/reports/sample.hpp"

namespace roofbeam {
namespace {

Sensitivity number(const std::string& path, const std::string& value) {
  Sensitivity made;
  made.path = path;
  made.value = value;
  made.kind = "datasheet";
  return made;
}

Explanation sample() {
  Explanation e;
  e.forecast = sample_prediction();
  LayerBottleneck layer;
  layer.layer = e.forecast.layers[1];
  layer.share = 0.75;
  layer.roof = "DRAM";
  layer.roof_s = 0.0015;
  layer.attainable = 1e6 / 0.0015;
  layer.achieved = 1e6 / 0.003;
  layer.unbound_s = 0.0006;
  layer.next_bound = "DRAM";
  e.bottlenecks.layers = {layer};
  e.bottlenecks.resources = {{"compute", 0.75, 0.001, 0.75, "DRAM", 4.0, 3.5},
                             {"DRAM", 0.25, 0.004, 0, "compute", {}, {}}};
  Sensitivity clock = number("platform.engines.cpu.clock", "1 GHz");
  clock.time_exponent = -1;
  clock.latency_left = -1;
  clock.latency_right = -0.5;
  clock.less = Shift{"0.9 GHz", 0.11, 0.02};
  clock.more = Shift{"1.1 GHz", -0.05, -0.01};
  Sensitivity cores = number("platform.engines.cpu.cores", "4");
  cores.whole = true;
  cores.less = Shift{"3", 0.3, 0.2};
  e.sensitivities.numbers = {cores, clock};
  e.sensitivities.without_effect = 7;
  e.sensitivities.time_sum = 1;
  return e;
}

TEST_CASE("the whole of an explanation") {
  const std::string expected = R"(tiny on board, cpu, ncnn, int8, 1 core, batch 1

Latency 4.00 ms (80 % 3.52–4.55 ms), energy 4.00 mJ; compute bounds 75 % of the time.

What bounds it, and what more of it would gain

resource  bounds  if infinite  gain  bound then  90 % of the gain at  bound changes at
compute     75 %      1.00 ms  75 %  DRAM                        4 x             3.5 x
DRAM        25 %      4.00 ms   0 %  compute

Layers that take the most time, and how far they are from their roof

layer           operators  share  bound by    achieved  at its roof  roof  of it  unbound  then
second, "last"  Gemm        75 %  compute   333 MMAC/s   667 MMAC/s  DRAM   50 %  -80.0 %  DRAM

Numbers that matter most

number             stated  origin     latency -10%    +10%  energy -10%    +10%     elasticity
engines.cpu.cores       4  datasheet       +30.0 %              +20.0 %                  3 / -
engines.cpu.clock   1 GHz  datasheet       +11.0 %  -5.0 %       +2.0 %  -1.0 %  -1.00 | -0.50

Elasticity: per cent of latency for 1 % of the number, left | right of it where they differ; of
  whole numbers, the two next to it, which the changes are for. 0 more matter less, 7 not at all.
  The elasticities to all rates and times sum to 1.000; 1 accounts for all of the time.
)";
  CHECK(explain_document(sample()).text() == expected);
}

TEST_CASE("JSON keeps what is not possible apart from zero") {
  const auto json = nlohmann::json::parse(explain_json(sample()));
  CHECK(json["schema"] == "roofbeam.explain/1");
  CHECK(json["resources"][0]["pays_until"] == 4);
  CHECK(json["resources"][1]["pays_until"].is_null());
  CHECK(json["numbers"][0]["more"].is_null());
  CHECK(json["numbers"][0]["latency_elasticity_left"].is_null());
  CHECK(json["numbers"][1]["latency_elasticity_right"] == -0.5);
  CHECK(json["layers"][0]["of_roof"] == doctest::Approx(0.5));
}

TEST_CASE("CSV has a line a number") {
  const std::string text = explain_csv(sample());
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
  CHECK(text.find("platform.engines.cpu.cores,4,datasheet,true,,,,,3,0.3,0.2,,,\r\n") !=
        std::string::npos);
}

}  // namespace
}  // namespace roofbeam
