#include "reports/plots/charts.hpp"

#include <doctest/doctest.h>

#include "tests/reports/sample.hpp"

using namespace roofbeam;

namespace {

const std::string& data(const Plot& plot, const std::string& name) {
  for (const auto& table : plot.data) {
    if (table.name == name) return table.text;
  }
  static const std::string kNone = "no such table";
  return kNone;
}

bool has(const Plot& plot, const std::string& text) {
  return plot.script.find(text) != std::string::npos;
}

Prediction roofed() {
  Prediction p = sample_prediction();
  p.bandwidths = {BytesPerSecond::from_si(4e9), BytesPerSecond::from_si(1e9)};
  p.peaks = {{Precision::fp32, MacsPerSecond::from_si(1e9)},
             {Precision::int8, MacsPerSecond::from_si(2e9)},
             {Precision::fp16, MacsPerSecond::from_si(1.5e9)}};
  return p;
}

}  // namespace

TEST_CASE("layers: the costliest on top, the rest as one bar without an interval") {
  const auto plot = layers_plot(sample_prediction(), 1);
  CHECK(has(plot, "set ytics ('second, \"last\"' 0, '1 others' 1)"));
  CHECK(has(plot, "set xlabel 'latency (ms), with its 80 % interval'"));
  CHECK(data(plot, "bound_compute") ==
        "# place\ttime\tlow\thigh\tlabel\n"
        "0\t3\t3\t3\t\"second, 'last'\"\n");
  CHECK(data(plot, "bound_others") ==
        "# place\ttime\tlow\thigh\tlabel\n"
        "1\t1\t1\t1\t\"1 others\"\n");
}

TEST_CASE("roofline: 1e6 MACs over 2048 B in 1 ms are 488 MAC/B and 1 GMAC/s") {
  const auto plot = roofline_plot(roofed());
  CHECK(has(plot, "set logscale x\n"));
  CHECK(has(plot, "set logscale y\n"));
  CHECK(has(plot, "'multiply-adds a byte of memory (MAC/B)'"));
  CHECK(has(plot, "'multiply-adds a second (GMAC/s)'"));
  CHECK(data(plot, "calls_compute").find("488.28125\t1\t") != std::string::npos);
}

TEST_CASE("roofline: a ridge point a level, where it meets the highest peak in use") {
  // int8 (the run's) at 2 GMAC/s and fp32 (a layer's): 2e9 / 4e9 and 2e9 / 1e9 MAC/B.
  const auto plot = roofline_plot(roofed());
  CHECK(data(plot, "ridges") == "# MAC/B\tGMAC/s\n0.5\t2\n2\t2\n");
  CHECK(has(plot, "'int8 2.00 GMAC/s'"));
  CHECK(has(plot, "'fp32 1.00 GMAC/s'"));
  CHECK(!has(plot, "fp16"));
  CHECK(has(plot, "title 'DRAM 1.00 GB/s'"));
}

TEST_CASE("roofline: levels of the same bandwidth have lines and names of their own") {
  Prediction p = roofed();
  p.bandwidths[1] = p.bandwidths[0];
  const auto plot = roofline_plot(p);
  CHECK(has(plot, "dashtype 1 title '" + p.levels[0] + " 4.00 GB/s'"));
  CHECK(has(plot, "dashtype 2 title 'DRAM 4.00 GB/s'"));
  CHECK(data(plot, "roof_" + p.levels[0]) == data(plot, "roof_DRAM"));
}

TEST_CASE("memory: what shares memory is one block; what is alive at the peak stands out") {
  Prediction p = sample_prediction();
  p.arena = Bytes::from_si(3072);
  p.buffers = {{"x", 1024, -1, 0, {}}, {"y", 2048, 0, 1, {}}, {"y view", 2048, 1, 2, 1}};
  p.plan.placements = {{0}, {1024}, {1024}};
  p.plan.peak_call = 1;
  const auto plot = memory_plot(p);
  CHECK(data(plot, "blocks") == "# left\tright\tbottom\ttop\n-1.5\t0.5\t0\t1\t\"x\"\n");
  CHECK(data(plot, "at_peak") == "# left\tright\tbottom\ttop\n-0.5\t2.5\t1\t3\t\"y\"\n");
  CHECK(data(plot, "live") == "# call\tlive\n0\t3\n1\t2\n");
  CHECK(has(plot, "set ylabel 'place in the arena (KiB)'"));
}

TEST_CASE("validation: bands, a group a device, whiskers while points can be seen") {
  Validation validation;
  Forecast row;
  row.prediction = sample_prediction();
  row.measurement.latency = Seconds::from_si(0.005);
  validation.rows = {row};
  validation.by_device = {{"board/cpu", {}}};
  validation.latency.rows = 1;
  const auto plot = validation_plot(validation);
  CHECK(has(plot, "title 'board/cpu'"));
  CHECK(has(plot, "set xrange [0.004:0.005]"));
  CHECK(has(plot, "title '10 %'"));
  CHECK(has(plot, "with yerrorbars"));
  CHECK(data(plot, "group1").find("0.005\t0.004\t") != std::string::npos);
  validation.latency.rows = 201;
  CHECK(!has(validation_plot(validation), "with yerrorbars"));
}
