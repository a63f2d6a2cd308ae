#include <doctest/doctest.h>

#include "tests/scenarios/audit/audited.hpp"

namespace roofbeam {
namespace {

using testing::found;
using testing::only;

std::string row(const std::string& network, const std::string& machine, const std::string& latency,
                const std::string& more = "") {
  return "  - {network: " + network + ", machine: " + machine + ", latency: " + latency + " ms" +
         more + "}\n";
}

std::string columns(const std::string& third, const std::string& more = "",
                    const std::string& machines = "a: {}, b: {}") {
  return "networks: {x: {}, y: {}, z: {}}\nmachines: {" + machines + "}\nmeasured:\n" +
         row("x", "a", "1.00") + row("y", "a", "2.00") + row("z", "a", "4.00") +
         row("x", "b", "3.37", more) + row("y", "b", "6.74", more) + row("z", "b", third, more);
}

// 3.37 / 1.00 with its digits is 3.348 to 3.392, 6.74 / 2.00 3.359 to 3.381.
TEST_CASE("one factor for all rows is an assumption") {
  const auto finding = only(columns("13.48"), "constant-factor");
  CHECK(finding.verdict == audit::Verdict::fails);
  CHECK(finding.claim == "3 latencies of b beside those of a");
  CHECK(finding.arithmetic ==
        "one factor, 3.37, gives all 3 of them to the last digit, for 3 networks");
  CHECK(finding.explanation ==
        "one fixed factor for every model and precision is an assumption, not a measurement: this "
        "column says "
        "nothing that the other does not");
  CHECK(only(columns("13.54"), "constant-factor").verdict ==
        audit::Verdict::fails);                                 // 3.380 to 3.391
  const auto free = only(columns("13.60"), "constant-factor");  // 3.394 to 3.406
  CHECK(free.verdict == audit::Verdict::holds);
  CHECK(free.arithmetic == "the quotients go from 3.37x to 3.40x");
}

TEST_CASE("a report that says so itself has assumed it openly") {
  CHECK(only(columns("13.48", ", how: estimated"), "constant-factor").verdict ==
        audit::Verdict::explained);
}

TEST_CASE("two rows are too few, and digits must tell") {
  const std::string start =
      "networks: {x: {}, y: {}, z: {}}\nmachines: {a: {}, b: {}}\nmeasured:\n";
  CHECK(found(start + row("x", "a", "1.00") + row("y", "a", "2.00") + row("x", "b", "3.00") +
                  row("y", "b", "6.00"),
              "constant-factor")
            .empty());
  CHECK(found(start + row("x", "a", "1") + row("y", "a", "2") + row("z", "a", "3") +
                  row("x", "b", "3") + row("y", "b", "6") + row("z", "b", "9"),
              "constant-factor")
            .empty());
}

TEST_CASE("a third column made of the same one is told once") {
  std::string text = columns("13.48", "", "a: {}, b: {}, c: {}");
  text += row("x", "c", "10.0") + row("y", "c", "20.0") + row("z", "c", "40.0");
  CHECK(found(text, "constant-factor").size() == 2);  // b and c from a, not c from b
}

// A Cortex-M7 does two int8 MACs a cycle and one in fp32, an M1 four for one.
TEST_CASE("precisions whose peaks scale differently contradict one factor") {
  std::string text =
      "networks: {x: {}}\nmachines: {a: {platform: apple-m1}, b: {platform: "
      "cortex-m7}}\nmeasured:\n";
  const std::string estimated = ", how: estimated";
  for (const char* precision : {"fp32", "int8"}) {
    const std::string at = std::string(", precision: ") + precision;
    text += row("x", "a", "1.00", at) + row("x", "b", "59.6", at + estimated);
  }
  text += row("x", "a", "2.00", ", precision: fp32, batch: 2") +
          row("x", "b", "119.2", ", precision: fp32, batch: 2" + estimated);
  const auto finding = only(text, "constant-factor");
  CHECK(finding.verdict == audit::Verdict::fails);
  CHECK(
      finding.explanation.find(
          "; by their descriptors the peaks of the two differ by 427.2x at fp32, 854.4x at int8") !=
      std::string::npos);
}

std::string factor(const std::string& a, const std::string& b, const std::string& value) {
  return "machines: {a: {" + a + "}, b: {" + b + "}}\nscaled: [{from: a, to: b, factor: " + value +
         "}]\n";
}

TEST_CASE("a factor is traced to the figures that it was made of") {
  const auto made_of = [](const std::string& value) {
    return only(factor("compute: 50 GFLOPS, bandwidth: 68.25 GB/s",
                       "compute: 20 GFLOPS, bandwidth: 15 GB/s", value),
                "factor");
  };
  CHECK(made_of("2.5x").explanation == "it is the ratio of their compute");
  CHECK(made_of("4.55x").explanation == "it is the ratio of their bandwidth");
  CHECK(made_of("3.37x").explanation ==
        "it is the geometric mean of the ratios of compute and bandwidth");
  CHECK(made_of("11.4x").explanation == "it is the product of the ratios of compute and bandwidth");
  CHECK(made_of("3.37x").verdict == audit::Verdict::holds);
  CHECK(made_of("5x").verdict == audit::Verdict::explained);
  CHECK(made_of("5x").explanation ==
        "no stated figure of the two machines gives it, alone or with another");
}

// 59.62^2 / 62.5 = 56.87; 68.25 GB/s / 56.87 = 1.2 GB/s.
TEST_CASE("what would be needed for the usual mean is told") {
  CHECK(only(factor("compute: 50 GFLOPS, bandwidth: 68.25 GB/s", "compute: 0.8 GFLOPS", "59.62x"),
             "factor")
            .explanation ==
        "no stated figure of the two machines gives it, alone or with another; it would be the "
        "geometric mean of the "
        "ratios of compute and bandwidth if b had 1.20 GB/s");
}

TEST_CASE("a factor that the rows do not have does not hold") {
  CHECK(only(columns("13.48") + "scaled: [{from: a, to: b, factor: 3.37x}]\n", "factor").verdict ==
        audit::Verdict::holds);
  CHECK(only(columns("13.48") + "scaled: [{from: a, to: b, factor: 2.5x}]\n", "factor").verdict ==
        audit::Verdict::fails);
  CHECK(only(factor("", "", "2.5x"), "factor").verdict == audit::Verdict::unchecked);
}

}  // namespace
}  // namespace roofbeam
