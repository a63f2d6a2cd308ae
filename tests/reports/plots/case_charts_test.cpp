#include "reports/plots/case_charts.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/message_of.hpp"

using namespace roofbeam;
using roofbeam::testing::message_of;

namespace {

// Three networks: (latency, accuracy, energy) = (1 ms, 60 %, 4 mJ), (2 ms, 80 %, 2 mJ), (3 ms, 70
// %, 1 mJ).
CaseTable three_cases() {
  CaseTable table;
  table.scenario = "three";
  table.axes = {{"network", {"small", "good", "slow"}}, {"platform", {"board"}}};
  table.index = {0, 1, 2};
  table.values = {{0, 1, 2}, {0, 0, 0}};
  for (auto& column : table.metrics) column.assign(3, std::nan(""));
  table.metrics[static_cast<std::size_t>(Metric::latency)] = {1e-3, 2e-3, 3e-3};
  table.metrics[static_cast<std::size_t>(Metric::accuracy)] = {0.6, 0.8, 0.7};
  table.metrics[static_cast<std::size_t>(Metric::energy)] = {4e-3, 2e-3, 1e-3};
  table.latency_deviation = {0.1, 0.1, 0.1};
  table.energy_deviation = {0, 0, 0};
  table.fits = {1, 1, 1};
  table.fits_reason = {0, 0, 0};
  table.reasons = {"fits"};
  table.on_frontier = {1, 1, 0};
  table.twins = {0, 0, 0};
  return table;
}

const std::string& data(const Plot& plot, const std::string& name) {
  for (const auto& table : plot.data) {
    if (table.name == name) return table.text;
  }
  static const std::string kNone = "no such table";
  return kNone;
}

Plot pareto(const CaseTable& table) {
  return pareto_plot(table, {Metric::latency, Sense::smaller}, {Metric::accuracy, Sense::larger});
}

}  // namespace

TEST_CASE("pareto: the slow case is beaten, the other two are the line") {
  const auto plot = pareto(three_cases());
  const auto& line = data(plot, "frontier");
  CHECK(line.find("\"small\"") != std::string::npos);
  CHECK(line.find("\"good\"") != std::string::npos);
  CHECK(line.find("\"slow\"") == std::string::npos);
  CHECK(line.find("\n1\t60\t") != std::string::npos);  // ms and percent
  CHECK(plot.script.find("set xlabel 'latency (ms)'") != std::string::npos);
  CHECK(plot.script.find("set ylabel 'accuracy (%)'") != std::string::npos);
  CHECK(plot.script.find("infeasible") == std::string::npos);
}

TEST_CASE("pareto: without a case that has both metrics there is nothing to show") {
  CHECK(message_of([] {
          return pareto_plot(three_cases(), {Metric::latency, Sense::smaller},
                             {Metric::size, Sense::smaller});
        }) == "no case has both latency and size");
}

TEST_CASE("radar: the best of the chosen cases is at the rim, the worst at the inner ring") {
  const auto plot = radar_plot(three_cases(), {0, 1},
                               {Metric::latency, Metric::accuracy, Metric::energy, Metric::size});
  // Upwards is latency, where `small` is best: (0, 1); accuracy and energy are its worst.
  CHECK(data(plot, "case1") ==
        "# x\ty\n0.0000\t1.0000\n0.1732\t-0.1000\n-0.1732\t-0.1000\n0.0000\t1.0000\n");
  CHECK(plot.script.find("'2.00 ms to 1.00 ms'") != std::string::npos);
  CHECK(plot.script.find("'60.00 % to 80.00 %'") != std::string::npos);
  CHECK(plot.script.find("'size'") == std::string::npos);  // not known
}

TEST_CASE("radar: an axis is logarithmic if the worst is more than five times the best") {
  auto table = three_cases();
  auto& latency = table.metrics[static_cast<std::size_t>(Metric::latency)];
  const std::vector<Metric> metrics = {Metric::latency, Metric::accuracy, Metric::energy};
  latency = {1e-3, 4e-3, 16e-3};  // the middle one is half way by its logarithm: 0.2 + 0.8 / 2
  CHECK(data(radar_plot(table, {0, 1, 2}, metrics), "case2").find("0.0000\t0.6000\n") !=
        std::string::npos);
  latency = {1e-3, 3e-3, 5e-3};  // half way in itself
  CHECK(data(radar_plot(table, {0, 1, 2}, metrics), "case2").find("0.0000\t0.6000\n") !=
        std::string::npos);
}

TEST_CASE("pareto: a metric that spans more than a factor of thirty is logarithmic, in SI units") {
  auto table = three_cases();
  table.latency_deviation = {0, 0, 0};
  auto& latency = table.metrics[static_cast<std::size_t>(Metric::latency)];
  latency = {1e-3, 2e-3, 30e-3};
  CHECK(pareto(table).script.find("set logscale") == std::string::npos);
  latency = {1e-3, 2e-3, 31e-3};
  const auto plot = pareto(table);
  CHECK(plot.script.find("set xlabel 'latency'\nset logscale x\n") != std::string::npos);
  CHECK(plot.script.find("'10 ms' 0.01") != std::string::npos);
  CHECK(data(plot, "frontier").find("\n0.001\t60\t") != std::string::npos);
}

TEST_CASE("radar: an axis on which all are equal is full and states the one value") {
  auto table = three_cases();
  table.metrics[static_cast<std::size_t>(Metric::energy)] = {2e-3, 2e-3, 2e-3};
  const auto plot = radar_plot(table, {0, 1}, {Metric::latency, Metric::accuracy, Metric::energy});
  CHECK(plot.script.find("'2.00 mJ'") != std::string::npos);
}

TEST_CASE("radar: two metrics are too few, and so are no cases") {
  CHECK(message_of([] {
          return radar_plot(three_cases(), {0, 1}, {Metric::latency, Metric::accuracy});
        }) == "a radar chart needs three metrics or more that all chosen cases have; there are 2");
  CHECK(message_of([] { return radar_plot(three_cases(), {}, {Metric::latency}); }) ==
        "a radar chart shows 1 to 7 cases, not 0");
}
