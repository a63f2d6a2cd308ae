#include <doctest/doctest.h>

#include "tests/scenarios/audit/audited.hpp"

namespace roofbeam {
namespace {

using testing::found;
using testing::only;
using testing::verdict;

std::string row(const std::string& network, const std::string& machine, const std::string& keys) {
  return "networks: {net: {" + network + "}}\nmachines: {m: {" + machine +
         "}}\nmeasured: [{network: net, machine: m, " + keys + "}]\n";
}

// 600 MFLOP in 10 ms are 60 GFLOP/s.
TEST_CASE("no machine is faster than its stated peak") {
  const auto peak = [](const std::string& compute) {
    return verdict(row("flops: 600.0 M", "compute: " + compute, "latency: 10.00 ms"),
                   "compute-peak");
  };
  CHECK(peak("60.1 GFLOPS") == "holds");
  CHECK(peak("60.0 GFLOPS") == "holds");
  CHECK(peak("59.8 GFLOPS") == "does not hold");
  CHECK(peak("30.0 GMAC/s") == "holds");  // two FLOPs a MAC
  CHECK(peak("29.9 GMAC/s") == "does not hold");
  const auto finding =
      only(row("flops: 612.75 M", "compute: 50 GFLOPS", "latency: 3.50 ms"), "compute-peak");
  CHECK(finding.verdict == audit::Verdict::fails);
  CHECK(finding.arithmetic == "612.75 MFLOP / 3.50 ms = 175 GFLOP/s, 3.50x the stated 50 GFLOPS");
  CHECK(finding.factor.value() == doctest::Approx(612.75 / 3.5 / 50));
  CHECK(
      finding.explanation ==
      "at that peak it takes 12.3 ms at least: the peak is not that of the machine that ran it, or "
      "less was run; Winograd's kernels, which need up to 4x fewer multiplications in 3x3 "
      "convolutions, could only explain it if the network consists of them");
}

// 600 MFLOP in 10 ms are 60 GFLOP/s.
TEST_CASE("a utilisation is what was reached of the peak") {
  const auto utilisation = [](const std::string& stated) {
    return verdict(
        row("flops: 600.0 M", "compute: 100.0 GFLOPS", "latency: 10.00 ms, utilisation: " + stated),
        "utilisation");
  };
  CHECK(utilisation("60 %") == "holds");
  CHECK(utilisation("61 %") == "does not hold");
  CHECK(utilisation("144 %") == "does not hold");
  CHECK(found(row("", "compute: 1 GFLOPS", "latency: 1 ms, utilisation: 9 %"), "utilisation")
            .empty());
}

TEST_CASE("batches count, and MACs are two FLOPs") {
  const auto batch = [](const std::string& keys) {
    return verdict(row("macs: 300.0 M", "compute: 60.0 GFLOPS", keys), "compute-peak");
  };
  CHECK(batch("latency: 10.00 ms") == "holds");
  CHECK(batch("latency: 10.00 ms, batch: 2") == "does not hold");
  CHECK(batch("latency: 20.00 ms, batch: 2") == "holds");
}

TEST_CASE("without its work a network cannot be checked") {
  const auto finding = only(row("", "compute: 50 GFLOPS", "latency: 3.50 ms"), "compute-peak");
  CHECK(finding.verdict == audit::Verdict::unchecked);
  CHECK(finding.explanation == "needs 'flops', 'macs' or 'onnx' of 'net'");
  CHECK(found(row("flops: 1 G", "", "latency: 1 ms"), "compute-peak").empty());
}

// VGG-16 is 3x3 convolutions of stride 1 almost entirely: 31 GFLOP.
TEST_CASE("Winograd's kernels are allowed for where the graph has their convolutions") {
  const auto vgg = [](const std::string& latency) {
    return verdict(row("onnx: networks/vgg16.onnx", "compute: 31.0 GFLOPS", "latency: " + latency),
                   "compute-peak");
  };
  CHECK(vgg("1.00 s") == "holds");
  CHECK(vgg("0.50 s") == "holds, but");
  CHECK(vgg("0.20 s") == "does not hold");
  // MobileNetV2's 3x3 convolutions are depthwise.
  CHECK(verdict(row("onnx: networks/mobilenet_v2_1.0_224.onnx", "compute: 60.0 GFLOPS",
                    "latency: 9.50 ms"),
                "compute-peak") == "does not hold");
}

// A Cortex-M7 of 480 MHz: one fp32 MAC a cycle is 0.96 GFLOP/s, two int8 1.92 GFLOP/s.
TEST_CASE("no machine is faster than its descriptor") {
  const auto m7 = [](const std::string& keys) {
    return verdict(row("onnx: networks/mobilenet_v2_1.0_224.onnx", "platform: cortex-m7", keys),
                   "platform-peak");
  };
  CHECK(m7("precision: fp32, latency: 627 ms") == "holds");  // 626.6 ms
  CHECK(m7("precision: fp32, latency: 620 ms") == "does not hold");
  CHECK(m7("precision: int8, latency: 314 ms") == "holds");  // 313.3 ms
  CHECK(m7("precision: int8, latency: 310 ms") == "does not hold");
  CHECK(m7("latency: 314 ms") == "holds");  // at the fastest
  CHECK(m7("precision: fp16, latency: 1 s") == "cannot be checked");
  CHECK(only(row("macs: 48.0 M", "platform: cortex-m7", "precision: fp32, latency: 200 ms"),
             "platform-peak")
            .arithmetic ==
        "2 x 48.0 MMAC / 960 MFLOP/s (cortex-m7, 1 core, fp32) = 99.9 ms at least");
}

// 100 M parameters at int8 are 100 MB: 10 ms at 10 GB/s.
TEST_CASE("weights that no cache holds have to arrive") {
  const auto stream = [](const std::string& machine, const std::string& latency) {
    return verdict(row("parameters: 100.0 M", machine, "precision: int8, latency: " + latency),
                   "weight-streaming");
  };
  CHECK(stream("bandwidth: 10.0 GB/s, cache: 1 MB", "9.9 ms") == "holds");
  CHECK(stream("bandwidth: 10.0 GB/s, cache: 1 MB", "9.7 ms") == "does not hold");
  CHECK(stream("bandwidth: 10.0 GB/s", "9.7 ms") == "holds, but");  // it may have a cache
  CHECK(found(row("parameters: 1 M", "bandwidth: 10 GB/s, cache: 2 MB",
                  "precision: int8, latency: 1 us"),
              "weight-streaming")
            .empty());
}

TEST_CASE("a latency beside the forecast") {
  const auto forecast = [](const std::string& keys) {
    return only(row("onnx: networks/mobilenet_v2_1.0_224.onnx", "platform: apple-m1", keys),
                "forecast");
  };
  CHECK(forecast("precision: fp32, latency: 3.1 ms").verdict == audit::Verdict::holds);
  const auto slow = forecast("precision: fp32, latency: 50.04 ms");
  CHECK(slow.verdict == audit::Verdict::explained);
  CHECK(slow.explanation.ends_with(
      "x the forecast: the software around it costs more than the network, or it was throttled"));
  CHECK(forecast("precision: fp32, latency: 0.5 ms")
            .explanation.ends_with("of the forecast: less was run, or on more than this engine"));
  CHECK(forecast("precision: int4, latency: 3 ms").verdict == audit::Verdict::unchecked);
}

}  // namespace
}  // namespace roofbeam
