#include <doctest/doctest.h>

#include "tests/scenarios/audit/audited.hpp"

namespace roofbeam {
namespace {

using testing::only;
using testing::verdict;

std::string change(const std::string& keys) { return "changes: [{what: it, " + keys + "}]\n"; }

TEST_CASE("int8 makes a file four times smaller at most") {
  const auto size = [](const std::string& before, const std::string& after) {
    return verdict(change("before: " + before + ", after: " + after +
                          ", direction: smaller, from: fp32, to: int8"),
                   "size-cause");
  };
  CHECK(size("40.0 MB", "10.0 MB") == "holds");
  CHECK(size("41.5 MB", "10.0 MB") == "holds");  // 5 % for what else is in a file
  CHECK(size("42.5 MB", "10.0 MB") == "does not hold");
  CHECK(size("44.7 MB", "22.3 MB") == "holds");
  CHECK(size("23.52 MB", "2.59 MB") == "does not hold");
  CHECK(size("50.32 MB", "4.21 MB") == "does not hold");
}

TEST_CASE("an optimizer's slots explain up to three times more, and nothing explains the rest") {
  const auto explanation = [](const std::string& before) {
    return only(change("before: " + before +
                       ", after: 1.00 MB, direction: smaller, from: fp32, to: int8"),
                "size-cause")
        .explanation;
  };
  CHECK(explanation("12.00 MB") ==
        "the other 3.00x is not precision: a training file, such as Keras writes, holds up to two "
        "slots of the optimizer beside each weight (Adam: 3x the weights)");
  CHECK(
      explanation("16.00 MB") ==
      "the other 4.00x is more than even an optimizer's two slots (3x) explain: fewer parameters, "
      "or another network");
}

// 1 M parameters: 4 MB of weights, 12 MB with Adam, 1 MB at int8.
TEST_CASE("with the parameters known the quotient falls into its parts") {
  const auto finding = only("networks: {net: {parameters: 1.000 M}}\n" +
                                change("before: 12.0 MB, after: 1.25 MB, stated: 9.6x, from: fp32, "
                                       "to: int8, network: net"),
                            "size-cause");
  CHECK(finding.arithmetic ==
        "12.0 MB / 1.25 MB = 9.60x; fp32 to int8 gives 4.00x at most; by its 1.00 M parameters "
        "3.00x is the first file beside its weights and 3.20x the weights beside the second (sizes "
        "in powers of 1000)");
}

TEST_CASE("pruning has nothing left to do where precision accounts for all") {
  const auto finding =
      only(change("before: 33.8 MB, after: 17.2 MB, direction: smaller, from: fp32, to: fp16"),
           "size-cause");
  CHECK(finding.verdict == audit::Verdict::holds);
  CHECK(finding.explanation ==
        "precision alone accounts for all of it: nothing else made it smaller");
}

TEST_CASE("a speed-up that no engine's instructions give comes from elsewhere") {
  const auto speed = [](const std::string& before, const std::string& more = "") {
    return verdict(change("before: " + before +
                          ", after: 1.00 ms, direction: faster, from: fp32, to: int8" + more),
                   "speed-cause");
  };
  CHECK(speed("3.90 ms") == "holds");
  CHECK(speed("20.58 ms") == "does not hold");
  // An M1's dot products are four times as fast as its fp32.
  const std::string machine = "machines: {m: {platform: apple-m1}}\n";
  const auto on_m1 = [&](const std::string& before) {
    return verdict(machine + change("before: " + before +
                                    ", after: 1.00 ms, direction: faster, from: fp32, "
                                    "to: int8, machine: m"),
                   "speed-cause");
  };
  CHECK(on_m1("4.10 ms") == "holds");
  CHECK(on_m1("4.30 ms") == "does not hold");
}

TEST_CASE("a network's own forecast says how much of it is usual") {
  const auto finding = only(
      "networks: {net: {onnx: networks/mobilenet_v2_1.0_224.onnx}}\nmachines: {m: {platform: "
      "apple-m1}}\n" +
          change("before: 20.58 ms, after: 1.00 ms, stated: 20.58x, from: fp32, to: int8, network: "
                 "net, machine: m"),
      "speed-cause");
  CHECK(finding.verdict == audit::Verdict::fails);
  CHECK(finding.arithmetic.find("the most that is forecast for this network is ") !=
        std::string::npos);
}

TEST_CASE("without a cause there is nothing to check") {
  CHECK(testing::found(change("before: 9 MB, after: 1 MB, stated: 9x"), "size-cause").empty());
  CHECK(testing::found(change("before: 9 ms, after: 1 ms, stated: 9x, from: fp32"), "speed-cause")
            .empty());
}

}  // namespace
}  // namespace roofbeam
