#include <doctest/doctest.h>

#include "tests/scenarios/audit/audited.hpp"

namespace roofbeam {
namespace {

using testing::found;
using testing::only;

audit::Finding size(const std::string& keys) {
  return only("networks: {net: {" + keys + "}}\n", "file-size");
}
std::string verdict(const std::string& keys) { return std::string(to_text(size(keys).verdict)); }

// 10 M parameters at fp32 are 40 MB, 38.15 MiB.
TEST_CASE("a file is as large as its parameters") {
  const std::string fp32 = "parameters: 10.00 M, precision: fp32, optimizer: none, ";
  CHECK(verdict(fp32 + "size: 40.0 MB") == "holds");
  CHECK(verdict(fp32 + "size: 42.0 MB") == "holds");
  CHECK(verdict(fp32 + "size: 45.0 MB") == "does not hold");
  CHECK(verdict(fp32 + "size: 37.0 MB") == "does not hold");  // 38.8 MB read as MiB
  const auto binary = size(fp32 + "size: 38.3 MB");
  CHECK(binary.verdict == audit::Verdict::holds);
  CHECK(binary.explanation == "read as powers of 1024 (MiB)");
  CHECK(verdict(fp32 + "size: 36.5 MiB") == "does not hold");
}

TEST_CASE("integers may have scales beside them, up to 30 %") {
  const std::string int8 = "parameters: 10.00 M, precision: int8, ";
  CHECK(verdict(int8 + "size: 10.0 MB") == "holds");
  CHECK(verdict(int8 + "size: 12.5 MB") == "holds");
  CHECK(verdict(int8 + "size: 14.0 MB") == "does not hold");
}

TEST_CASE("three times its parameters is a training file of Adam's") {
  const auto keras = size("parameters: 10.00 M, precision: fp32, size: 120.0 MB");
  CHECK(keras.verdict == audit::Verdict::explained);
  CHECK(keras.explanation ==
        "it is a training file: 4 B x (10.0 M + 2 x 10.0 M) = 120 MB with Adam's two slots beside "
        "each "
        "trained weight");
  CHECK(verdict("parameters: 10.00 M, precision: fp32, size: 120.0 MB, optimizer: none") ==
        "does not hold");
  CHECK(size("parameters: 10.00 M, precision: fp32, size: 80.0 MB").explanation ==
        "it is a training file: 4 B x (10.0 M + 1 x 10.0 M) = 80.0 MB with momentum's one slot "
        "beside each "
        "trained weight");
  CHECK(verdict("parameters: 10.00 M, precision: fp32, size: 80.0 MB, optimizer: adam, trainable: "
                "10.00 M") == "does not hold");
  CHECK(verdict("parameters: 10.00 M, precision: fp32, size: 80.0 MB, optimizer: adam, trainable: "
                "5.00 M") == "holds, but");
  CHECK(verdict("parameters: 10.00 M, precision: fp32, size: 260.0 MB") == "does not hold");
}

TEST_CASE("with some layers frozen it is less than three times") {
  const auto finding =
      size("parameters: 10.000 M, precision: fp32, size: 100.0 MiB, format: keras");
  CHECK(finding.verdict == audit::Verdict::explained);
  // 104.9 MB / 1.03 - 40 MB = 61.8 MB of 80 MB
  CHECK(finding.explanation ==
        "it is a training file: as if 77 % of the weights had been trained, with Adam's two slots "
        "beside "
        "them (4 B x 3 for those, 4 B for the rest)");
}

TEST_CASE("the size of another precision is recognised") {
  CHECK(size("parameters: 10.00 M, precision: int8, size: 40.0 MiB, optimizer: none").explanation ==
        "4.19 bytes for each parameter: it is the size of fp32");
  CHECK(size("parameters: 10.00 M, precision: fp32, size: 20.0 MB").explanation ==
        "2 bytes for each parameter: it is the size of fp16");
  CHECK(size("parameters: 10.00 M, precision: fp32, size: 1.0 MB").explanation ==
        "0.1 bytes for each parameter: packed, pruned, or fewer parameters");
}

TEST_CASE("parts may be stored at another precision") {
  // 6 M at fp32 and 4 M at int8: 28 MB.
  const std::string mixed =
      "parameters: 10.00 M, precision: fp32, stored: {int8: 4.00 M}, optimizer: none, ";
  CHECK(verdict(mixed + "size: 28.0 MB") == "holds");
  CHECK(verdict(mixed + "size: 40.0 MB") == "does not hold");
}

TEST_CASE("what is missing is named") {
  CHECK(size("parameters: 10 M, size: 40 MB").explanation == "needs 'precision'");
  CHECK(size("precision: fp32, size: 40 MB").explanation == "needs 'parameters' or 'onnx'");
}

TEST_CASE("sizes of rows are checked at their precision") {
  CHECK(only("networks: {net: {parameters: 0.72 M}}\nmeasured: [{network: net, precision: int8, "
             "size: 0.84 MB}]\n",
             "file-size")
            .verdict == audit::Verdict::holds);
  CHECK(only("networks: {net: {parameters: 0.72 M}}\nmeasured: [{network: net, precision: int8, "
             "size: 1.5 MB}]\n",
             "file-size")
            .verdict == audit::Verdict::fails);
}

// The graph: 2,236,682 parameters, 34,112 statistics, 299,507,072 MACs.
TEST_CASE("counts are those of the graph") {
  const auto counts = [](const std::string& keys) {
    return only("networks: {net: {onnx: networks/mobilenet_v2_1.0_224_c10.onnx, " + keys + "}}\n",
                "count");
  };
  CHECK(counts("parameters: '2,236,682'").verdict == audit::Verdict::holds);
  CHECK(counts("parameters: '2,236,682'").explanation.empty());
  CHECK(counts("parameters: '2,270,794'").explanation == "the statistics are counted, too");
  CHECK(counts("parameters: '2,270,795'").verdict == audit::Verdict::fails);
  CHECK(counts("parameters: 2.27 M").verdict == audit::Verdict::holds);
  CHECK(counts("macs: 299.5 M").verdict == audit::Verdict::holds);
  CHECK(counts("flops: 599.0 M").verdict == audit::Verdict::holds);
  CHECK(counts("flops: 612.75 M").explanation ==
        "with elementwise work, which the graph's MACs leave out");
  CHECK(counts("flops: 660 M").verdict == audit::Verdict::fails);
  CHECK(counts("flops: 299.5 M").explanation == "these are MACs: a MAC is two FLOPs");
  CHECK(counts("macs: 599.0 M").explanation == "these are FLOPs: a MAC is two FLOPs");
  CHECK(counts("macs: 400 M").explanation == "it is another network, or another input");
}

// MobileNetV2 0.75 at 160 has 2,636,424 parameters and 107,295,200 MACs.
TEST_CASE("a network may be a rewrite of another") {
  const auto counts = [](const std::string& keys) {
    return only(
        "networks: {net: {onnx: networks/mobilenet_v2_1.0_224.onnx, rewrite: {width: 0.75, "
        "resolution: 160}, " +
            keys + "}}\n",
        "count");
  };
  CHECK(counts("parameters: '2,636,424'").verdict == audit::Verdict::holds);
  CHECK(counts("macs: 107.3 M").verdict == audit::Verdict::holds);
  CHECK(counts("macs: 300.8 M").verdict == audit::Verdict::fails);
}

}  // namespace
}  // namespace roofbeam
