#include "reports/compare_views.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/predict_json.hpp"
#include "scenarios/prediction_file.hpp"
#include "tests/reports/sample.hpp"

namespace roofbeam {
namespace {

// The sample, and the same with a second layer that takes 4 ms of compute instead of 3.
ComparisonReport report() {
  Prediction a = sample_prediction();
  a.stored = a.weights;
  Prediction b = a;
  b.layers[1].latency = Seconds::from_si(0.004);
  b.layers[1].compute = Seconds::from_si(0.004);
  b.latency = Seconds::from_si(0.005);
  return {{compare(a, b)}, {"latency > +5 %: it went from 4.00 ms to 5.00 ms, +25.0 %"}};
}

TEST_CASE("the whole of a comparison") {
  CHECK(compare_document(report()).text() == R"(Failed:
  latency > +5 %: it went from 4.00 ms to 5.00 ms, +25.0 %

A: tiny on board, cpu, ncnn, int8, 1 core, batch 1

B: tiny on board, cpu, ncnn, int8, 1 core, batch 1

total              A         B     B - A   change
latency      4.00 ms   5.00 ms  +1.00 ms  +25.0 %
energy       4.00 mJ   4.00 mJ         0     same
memory      6.00 KiB  6.00 KiB         0     same
size        2.00 KiB  2.00 KiB         0     same
throughput     250/s     200/s     -50/s  -20.0 %
power         1.00 W    800 mW   -200 mW  -20.0 %
macs          2.00 M    2.00 M         0     same
parameters    2.05 k    2.05 k         0     same

B is slower with a probability of over 99 %: 1.25 times as long (80 % within 1.21–1.29).

Neither is more frugal.

One platform, engine and runtime: what the forecasts err by in common cancels, so the ratio's
  deviation is 0.022 instead of 0.141.

part of the latency        A        B     B - A  of the difference
compute              4.00 ms  5.00 ms  +1.00 ms              100 %
all                  4.00 ms  5.00 ms  +1.00 ms              100 %

Layers: 2, of which 1 with another latency, 0 added, 0 removed

layer           operators        A        B     B - A  share  most by
second, "last"  Gemm       3.00 ms  4.00 ms  +1.00 ms  100 %  compute +1.00 ms
)");
}

TEST_CASE("JSON holds totals, parts and layers") {
  const auto json = nlohmann::json::parse(compare_json(report()));
  CHECK(json["schema"] == "roofbeam.compare/1");
  CHECK(json["failures"].size() == 1);
  const auto& c = json["comparisons"][0];
  CHECK(c["a"]["latency_s"] == 0.004);
  CHECK(c["b"]["latency_s"] == 0.005);
  CHECK(c["latency"]["ratio"] == doctest::Approx(1.25));
  CHECK(c["layers"].size() == 2);
  CHECK(c["layers"][0]["state"] == "same");
  CHECK(c["layers"][1]["state"] == "changed");
  CHECK(c["layers"][1]["difference_by_part_s"]["compute"] == doctest::Approx(0.001));
}

TEST_CASE("CSV has a line a layer") {
  const std::string text = compare_csv(report());
  CHECK(
      text.starts_with("comparison,state,a_name,b_name,a_op,b_op,a_latency_s,b_latency_s,"
                       "difference_s,a_energy_j,b_energy_j\r\n1,same,first,first,Conv+Clip,"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
}

TEST_CASE("what predict writes is what compare reads") {
  const Prediction a = sample_prediction();
  const auto read = read_predictions(predict_json({a}), "a.json");
  REQUIRE(read.size() == 1);
  CHECK(predict_json({a}) != predict_json({}));
  const Comparison c = compare(a, read[0]);
  CHECK(c.metrics_a.values[0] == c.metrics_b.values[0]);
  CHECK(read[0].latency_error.deviation == doctest::Approx(a.latency_error.deviation));
  CHECK(read[0].layers[1].name == a.layers[1].name);
  for (const LayerChange& layer : c.layers) {
    for (const double part : layer.parts) CHECK(part == 0);
  }
}

}  // namespace
}  // namespace roofbeam
