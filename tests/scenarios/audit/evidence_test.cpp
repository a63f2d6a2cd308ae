#include "scenarios/audit/evidence.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

namespace roofbeam::audit {
namespace {

Claims claims() {
  return read_claims(
      "claims: test\n"
      "networks:\n"
      "  stated: {flops: 600 M, parameters: 2 M}\n"
      "  macs: {macs: 300 M}\n"
      "  graph: {onnx: networks/mobilenet_v2_1.0_224_c10.onnx}\n"
      "  vgg: {onnx: networks/vgg16.onnx}\n"
      "  nothing: {}\n"
      "machines: {m1: {platform: apple-m1}, gpu: {platform: apple-m1, engine: gpu}, unknown: {}}\n",
      ROOFBEAM_SOURCE_DIR "/c.yaml");
}

MeasuredClaim row(const std::string& network, const std::string& machine) {
  MeasuredClaim made;
  made.network = network;
  made.machine = machine;
  return made;
}

TEST_CASE("what the report says comes before what the graph has") {
  const Claims all = claims();
  Evidence evidence(all);
  CHECK(evidence.flops("stated")->holds(600e6));
  CHECK(evidence.flops("macs")->middle() == 600e6);
  CHECK(evidence.flops("graph")->middle() == 2 * 299'507'072.0);
  CHECK_FALSE(evidence.flops("nothing"));
  CHECK_FALSE(evidence.flops("not there"));
  CHECK(evidence.parameters("stated")->middle() == 2e6);
  CHECK(evidence.parameters("graph")->middle() == 2'236'682 + 34'112);
  CHECK_FALSE(evidence.parameters("macs"));
}

TEST_CASE("Winograd's saving is counted from the layers") {
  const Claims all = claims();
  Evidence evidence(all);
  CHECK(evidence.counts("graph")->winograd == 1);  // depthwise and strided only
  CHECK(evidence.counts("vgg")->winograd > 3.9);   // all but the last three layers
  CHECK(evidence.counts("vgg")->winograd < 4);
  CHECK(evidence.counts("stated") == nullptr);
}

TEST_CASE("a machine is its platform's first engine, or the one named") {
  const Claims all = claims();
  Evidence evidence(all);
  CHECK(evidence.target("m1")->engine->name == "p-cluster");
  CHECK(evidence.target("gpu")->engine->name == "gpu");
  CHECK_FALSE(evidence.target("unknown"));
}

TEST_CASE("a forecast needs the graph and the platform") {
  const Claims all = claims();
  Evidence evidence(all);
  std::string why;
  CHECK(evidence.forecast(row("graph", "m1"), &why)->latency > Seconds{});
  CHECK_FALSE(evidence.forecast(row("stated", "m1"), &why));
  CHECK(why == "needs the ONNX file of 'stated'");
  CHECK_FALSE(evidence.forecast(row("graph", "unknown"), &why));
  CHECK(why == "needs the platform of 'unknown'");
}

TEST_CASE("activations scale with the precision") {
  const Claims all = claims();
  Evidence evidence(all);
  const auto wide = evidence.activations("graph", Precision::fp32);
  const auto narrow = evidence.activations("graph", Precision::int8);
  CHECK(wide->peak == 4 * narrow->peak);
  CHECK(wide->arena >= wide->peak);
  CHECK_FALSE(evidence.activations("stated", Precision::fp32));
}

TEST_CASE("an M1's dot products are four times as fast") {
  const Claims all = claims();
  Evidence evidence(all);
  ChangeClaim change;
  change.from = Precision::fp32;
  change.to = Precision::int8;
  change.machine = "m1";
  CHECK(evidence.best_gain(change).peak == 4);
  CHECK(evidence.best_gain(change).peak_on == "apple-m1/p-cluster");
  CHECK(evidence.best_gain(change).forecast == 0);
  change.network = "graph";
  CHECK(evidence.best_gain(change).forecast > 1);
  change.machine = "";
  change.network = "";
  CHECK(evidence.best_gain(change).peak >= 4);
}

TEST_CASE("a graph that is not there is an error") {
  const Claims all = read_claims("claims: test\nnetworks: {net: {onnx: none.onnx}}\n", "c.yaml");
  Evidence evidence(all);
  CHECK(testing::message_of([&] { (void)evidence.counts("net"); }) ==
        "none.onnx: error: cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace roofbeam::audit
