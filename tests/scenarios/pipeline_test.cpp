#include "scenarios/pipeline.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace roofbeam {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

void add_row(CaseTable& table, std::int32_t platform, std::int32_t stage, double latency,
             double size, double accuracy) {
  table.index.push_back(static_cast<std::int64_t>(table.index.size()));
  table.values[0].push_back(0);
  table.values[1].push_back(platform);
  table.values[2].push_back(stage);
  for (auto& column : table.metrics) column.push_back(kNan);
  const auto row = table.index.size() - 1;
  table.metrics[static_cast<std::size_t>(Metric::latency)][row] = latency;
  table.metrics[static_cast<std::size_t>(Metric::size)][row] = size;
  table.metrics[static_cast<std::size_t>(Metric::accuracy)][row] = accuracy;
  table.fits.push_back(stage > 0 ? 1 : 0);
  table.fits_reason.push_back(stage > 0 ? CaseTable::kNone : 0);
  table.missed[0].push_back(table.requirements[0].missed_by(latency));
}

// On board a: 8 s, 2 s, 1 s; sizes 100, 25, 25; accuracy 0.90, 0.88, 0.89. On b twice as fast.
CaseTable sample() {
  CaseTable table;
  table.axes = {
      {"network", {"net"}}, {"platform", {"a", "b"}}, {"stage", {"start", "prune", "fuse"}}};
  table.values.resize(3);
  table.requirements = parse_requirements("latency <= 800 ms");
  table.missed.resize(1);
  table.reasons = {"weights need 100 B, flash has 50 B"};
  for (const double times : {1.0, 2.0}) {
    const std::int32_t platform = times == 1 ? 0 : 1;
    add_row(table, platform, 0, 8 / times, 100, 0.90);
    add_row(table, platform, 1, 2 / times, 25, 0.88);
    add_row(table, platform, 2, 1 / times, 25, 0.89);
  }
  return table;
}

double part(const Pipeline& pipeline, std::size_t stage, Metric metric) {
  return pipeline.stages[stage].part[static_cast<std::size_t>(metric)];
}

TEST_CASE("stages are told in the order of the axis, for each of the other axes") {
  const auto all = pipelines(sample());
  REQUIRE(all.size() == 2);
  CHECK(all[0].where == "net, a");
  CHECK(all[1].where == "net, b");
  REQUIRE(all[0].stages.size() == 3);
  CHECK(all[0].stages[1].name == "prune");
  CHECK(all[0].stages[2].metrics[Metric::latency] == 1);
}

TEST_CASE("parts are of logarithms and sum to the whole") {
  const Pipeline pipeline = pipelines(sample())[0];
  // 8 -> 2 -> 1: a factor 4 and a factor 2 of 8.
  CHECK(part(pipeline, 1, Metric::latency) == doctest::Approx(2.0 / 3));
  CHECK(part(pipeline, 2, Metric::latency) == doctest::Approx(1.0 / 3));
  CHECK(part(pipeline, 1, Metric::size) == doctest::Approx(1));
  CHECK(part(pipeline, 2, Metric::size) == doctest::Approx(0));
  CHECK(pipeline.whole[static_cast<std::size_t>(Metric::latency)] == doctest::Approx(1.0 / 8));
}

TEST_CASE("the accuracy adds up in points") {
  const Pipeline pipeline = pipelines(sample())[0];
  const auto accuracy = static_cast<std::size_t>(Metric::accuracy);
  CHECK(pipeline.stages[1].change[accuracy] == doctest::Approx(-0.02));
  CHECK(pipeline.stages[2].change[accuracy] == doctest::Approx(0.01));
  CHECK(part(pipeline, 1, Metric::accuracy) == doctest::Approx(2));
  CHECK(part(pipeline, 2, Metric::accuracy) == doctest::Approx(-1));
}

TEST_CASE("what is not known or does not change has no part") {
  const Pipeline pipeline = pipelines(sample())[0];
  CHECK(std::isnan(part(pipeline, 1, Metric::energy)));
  CaseTable flat = sample();
  for (double& size : flat.metrics[static_cast<std::size_t>(Metric::size)]) size = 100;
  CHECK(std::isnan(part(pipelines(flat)[0], 1, Metric::size)));
  CHECK(std::isnan(pipeline.stages[0].change[static_cast<std::size_t>(Metric::latency)]));
}

TEST_CASE("requirements are checked after the last stage") {
  const auto all = pipelines(sample());
  REQUIRE(all[0].checks.size() == 2);
  CHECK(all[0].checks[0].missed_by == doctest::Approx(0.25));  // 1 s of 800 ms
  CHECK(all[1].checks[0].missed_by == 0);
  CHECK(all[0].checks[1].requirement == "fits");
  CHECK(all[0].checks[1].missed_by == 0);
  CHECK(all[0].stages[0].fits_reason == "weights need 100 B, flash has 50 B");
}

TEST_CASE("without stages there is no pipeline") {
  CaseTable table = sample();
  table.axes[2].name = "network.width";
  CHECK(pipelines(table).empty());
  CHECK(pipelines({}).empty());
}

}  // namespace
}  // namespace roofbeam
