#include "reports/pipeline_views.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>

namespace roofbeam {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

PipelineStage stage(const std::string& name, double ms, double mebibytes, double accuracy) {
  PipelineStage made;
  made.name = name;
  made.metrics[Metric::latency] = ms / 1e3;
  made.metrics[Metric::size] = mebibytes * 1024 * 1024;
  made.metrics[Metric::accuracy] = accuracy;
  made.change.fill(kNan);
  made.part.fill(kNan);
  return made;
}

double& at(PerMetric& values, Metric metric) { return values[static_cast<std::size_t>(metric)]; }

std::vector<Pipeline> sample() {
  Pipeline pipeline;
  pipeline.where = "net, a";
  pipeline.stages = {stage("start", 8, 4, 0.9), stage("prune", 2, 1, 0.88),
                     stage("fuse", 1, 1, 0.88)};
  PipelineStage& prune = pipeline.stages[1];
  PipelineStage& fuse = pipeline.stages[2];
  at(prune.change, Metric::latency) = 0.25;
  at(fuse.change, Metric::latency) = 0.5;
  at(prune.part, Metric::latency) = 2.0 / 3;
  at(fuse.part, Metric::latency) = 1.0 / 3;
  at(prune.change, Metric::size) = 0.25;
  at(fuse.change, Metric::size) = 1;
  at(prune.part, Metric::size) = 1;
  at(fuse.part, Metric::size) = 0;
  at(prune.change, Metric::accuracy) = -0.02;
  at(fuse.change, Metric::accuracy) = 0;
  pipeline.whole.fill(kNan);
  at(pipeline.whole, Metric::latency) = 0.125;
  at(pipeline.whole, Metric::size) = 0.25;
  at(pipeline.whole, Metric::accuracy) = -0.02;
  pipeline.stages[0].fits = false;
  pipeline.stages[0].fits_reason = "weights need 4 MiB, flash has 2 MiB";
  pipeline.checks = {{"latency <= 800 us", 0.25}, {"accuracy >= 85 %", 0}, {"energy <= 1 J", kNan}};
  return {pipeline};
}

TEST_CASE("stages, parts and requirements are told in tables") {
  Document document;
  add_pipelines(document, sample());
  CHECK(document.text() == R"(Pipeline of net, a

stage      size          latency           accuracy                fits
start  4.00 MiB          8.00 ms            90.00 %                no
prune  1.00 MiB  x 0.25  2.00 ms   x 0.25   88.00 %  -2.00 points  yes
fuse   1.00 MiB    same  1.00 ms    x 0.5   88.00 %          same  yes
all              x 0.25           x 0.125            -2.00 points

part of the whole change   size  latency  accuracy
prune                     100 %     67 %
fuse                        0 %     33 %

start: weights need 4 MiB, flash has 2 MiB

After the last stage:
  latency <= 800 us: missed by 25.0 %
  accuracy >= 85 %: met
  energy <= 1 J: not known
)");
}

TEST_CASE("JSON has figures by column, changes and parts by metric") {
  const auto json = pipelines_json(sample());
  REQUIRE(json.size() == 1);
  CHECK(json[0]["where"] == "net, a");
  CHECK(json[0]["stages"][1]["figures"]["latency_s"] == 0.002);
  CHECK(json[0]["stages"][1]["change"]["latency"] == 0.25);
  CHECK(json[0]["stages"][0]["change"]["latency"].is_null());
  CHECK(json[0]["checks"][0]["met"] == false);
  CHECK(json[0]["checks"][2]["missed_by"].is_null());
}

}  // namespace
}  // namespace roofbeam
