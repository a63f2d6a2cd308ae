#include <doctest/doctest.h>

#include "tests/scenarios/audit/audited.hpp"

namespace roofbeam {
namespace {

using testing::only;

std::string fit(const std::string& needs, const std::string& room, const std::string& more = "") {
  return testing::verdict("fits: [{what: it, needs: " + needs + ", in: " + room + more + "}]\n",
                          "fit");
}

TEST_CASE("0.53 MB do not fit in 512 KB, whatever the letters mean") {
  CHECK(fit("0.53 MB", "512 KB") == "does not hold");
  CHECK(fit("0.51 MB", "512 KB") == "holds, but");    // 505,000 to 540,017 B
  CHECK(fit("0.48 MB", "512 KB") == "holds");         // 508,559 B at most
  CHECK(fit("524288 B", "512 KiB") == "holds, but");  // 524,288.5 B round to it
  CHECK(fit("524287 B", "512 KiB") == "holds");
  CHECK(fit("524289 B", "512 KiB") == "does not hold");
  CHECK(fit("0.53 MB", "512 KB", ", stated: does not fit") == "holds");
  CHECK(fit("0.48 MB", "512 KB", ", stated: does not fit") == "does not hold");
  const auto finding = only("fits: [{what: it, needs: 0.53 MB, in: 512 KB}]\n", "fit");
  CHECK(finding.arithmetic == "530,000 B or 555,745 B into 512,000 B or 524,288 B");
  CHECK(finding.explanation ==
        "too large by 712 B at least, however kB and MB are read and the digits were rounded");
}

TEST_CASE("weights may lie in flash, and the activations are what then needs the room") {
  const auto finding = only(
      "networks: {net: {onnx: networks/mobilenet_v2_0.35_128_c10.onnx}}\n"
      "machines: {m: {flash: 2 MB}}\n"
      "fits: [{what: it, needs: 0.53 MB, in: 512 KB, machine: m, network: net}]\n",
      "fit");
  CHECK(finding.verdict == audit::Verdict::fails);
  CHECK(finding.explanation.find("the flash of 2 MB holds it, if what is meant are weights") !=
        std::string::npos);
  CHECK(finding.explanation.find("its activations at int8 need ") != std::string::npos);
}

// ResNet-18 keeps two tensors of 64 x 112 x 112 and 64 x 56 x 56 alive at its largest: 4.01 MB.
TEST_CASE("memory at run time holds what is alive at once") {
  const auto memory = [](const std::string& keys) {
    return testing::verdict(
        "networks: {net: {onnx: networks/resnet18.onnx, precision: fp32, " + keys + "}}\n",
        "runtime-memory");
  };
  CHECK(memory("activations: 8.4 MB") == "holds");
  CHECK(memory("activations: 3.0 MB") == "does not hold");
  CHECK(memory("memory: 8.4 MB") == "holds, but");  // 46.8 MB of weights
  CHECK(memory("memory: 60 MB") == "holds");
  CHECK(memory("memory: 3.0 MB") == "does not hold");
}

TEST_CASE("with parameters alone the weights can be checked, with nothing nothing") {
  const auto memory = [](const std::string& keys) {
    return testing::verdict("networks: {net: {" + keys + "}}\n", "runtime-memory");
  };
  CHECK(memory("parameters: 10 M, precision: fp32, memory: 60 MB") == "holds");
  CHECK(memory("parameters: 10 M, precision: fp32, memory: 30 MB") == "holds, but");
  CHECK(memory("memory: 30 MB") == "cannot be checked");
  CHECK(testing::verdict("networks: {net: {}}\nmeasured: [{network: net, memory: 5 MB}]\n",
                         "runtime-memory") == "cannot be checked");
}

}  // namespace
}  // namespace roofbeam
