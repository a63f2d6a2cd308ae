#include "scenarios/loading/axes.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

using namespace roofbeam;
using testing::message_of;

namespace {

using Texts = std::vector<std::string>;

ScenarioAxis axis(const std::string& text) {
  const config::Node map = config::parse(text, "s.yaml");
  config::Complaints complaints;
  ScenarioAxis found = read_axis(map.entries.front(), complaints);
  complaints.throw_if_any();
  return found;
}

Texts texts(const std::string& text) {
  Texts found;
  for (const AxisValue& value : axis(text).values) found.push_back(value.text);
  return found;
}

std::string complaint(const std::string& text) {
  return message_of([&] { return axis(text); });
}

const std::string kDram = "platform.memory.DRAM.bandwidth: ";

Condition condition(const std::string& text) {
  const std::vector<ScenarioAxis> axes = {axis("run.batch: [1, 2, 4]"),
                                          axis(kDram + "{times: [0.5, 1]}")};
  config::Complaints complaints;
  Condition found = read_condition(config::parse(text, "s.yaml"), axes, complaints);
  complaints.throw_if_any();
  return found;
}

}  // namespace

TEST_CASE("a list is its values as written, one value alone is one") {
  CHECK(texts("run.batch: [1, 2]") == Texts{"1", "2"});
  CHECK(texts("run.batch: 4") == Texts{"4"});
  CHECK(texts("network.precision: [fp32, {weights: int8, layers: \"head*\"}]") ==
        Texts{"fp32", "weights: int8, layers: head*"});
  const ScenarioAxis one = axis("run.batch: [1, 2]");
  REQUIRE(one.values[1].changes.size() == 1);
  CHECK(one.values[1].changes[0].path == "batch");
  CHECK(one.values[1].changes[0].value.scalar == "2");
}

TEST_CASE("factors are told from values by an x") {
  const ScenarioAxis factors = axis(kDram + "{times: [0.5, 2]}");
  CHECK(texts(kDram + "{times: [0.5, 2]}") == Texts{"x0.5", "x2"});
  CHECK(factors.values[1].changes[0].times == 2.0);
  CHECK(complaint("run.batch: {times: [1, 2]}") ==
        "s.yaml:1:1: error: run.batch: factors are for platforms and runtimes\n"
        "    run.batch: {times: [1, 2]}\n"
        "    ^\n"
        "  write the values");
}

TEST_CASE("a range is evenly spaced, or by equal factors") {
  CHECK(texts(kDram + "{from: 10 GB/s, to: 30 GB/s, steps: 3}") ==
        Texts{"10 GB/s", "20 GB/s", "30 GB/s"});
  CHECK(texts(kDram + "{from: 1 GB/s, to: 100 GB/s, steps: 3, scale: geometric}") ==
        Texts{"1 GB/s", "10 GB/s", "100 GB/s"});
  CHECK(complaint(kDram + "{from: 10 GB/s, steps: 3}").find("'to'") != std::string::npos);
}

TEST_CASE("a bundle changes several paths together, or none") {
  const ScenarioAxis power =
      axis("power: {free: {}, tight: {platform.energy.budget: 2 W, run.threads: 1}}");
  REQUIRE(power.values.size() == 2);
  CHECK(power.values[0].text == "free");
  CHECK(power.values[0].changes.empty());
  CHECK(power.values[1].changes.size() == 2);
}

TEST_CASE("the value of a number with its origin is the number") {
  CHECK(texts(kDram + "[{value: 10 GB/s, kind: datasheet, source: x}]") == Texts{"10 GB/s"});
}

TEST_CASE("an axis needs values, and each but once") {
  CHECK(complaint("run.batch: []") ==
        "s.yaml:1:12: error: run.batch: an empty list\n"
        "    run.batch: []\n"
        "               ^\n"
        "  write at least one value, or leave the key out");
  CHECK(complaint("run.batch: [1, 2, 1]") ==
        "s.yaml:1:19: error: run.batch: '1' stands there twice\n"
        "    run.batch: [1, 2, 1]\n"
        "                      ^\n"
        "  keep one of them");
}

TEST_CASE("an axis has at most ten thousand values") {
  CHECK(axis(kDram + "{from: 1 B/s, to: 10000 B/s, steps: 10000}").values.size() == kMostValues);
  const std::string many = complaint(kDram + "{times: [" + [] {
    std::string list = "1";
    for (std::size_t i = 2; i <= kMostValues + 1; ++i) list += ", " + std::to_string(i);
    return list;
  }() + "]}");
  CHECK(many.starts_with(
      "s.yaml:1:1: error: platform.memory.DRAM.bandwidth: 10001 values; 10000 are the most\n"));
}

TEST_CASE("a condition holds where all of its axes have one of its values") {
  const Condition found = condition("{run.batch: [2, 4], platform.memory.DRAM.bandwidth: 0.5}");
  CHECK(found.text == "run.batch 2 or 4, platform.memory.DRAM.bandwidth 0.5");
  CHECK(found.holds({1, 0}));
  CHECK(found.holds({2, 0}));
  CHECK_FALSE(found.holds({0, 0}));
  CHECK_FALSE(found.holds({1, 1}));
  CHECK_FALSE(found.holds({1, kNoDigit}));  // an axis that does not act has no value
  CHECK(Condition{}.holds({0, 0}));
}

TEST_CASE("a condition on an axis or a value that is not there names the nearest") {
  CHECK(message_of([] { return condition("{run.bach: 1}"); }) ==
        "s.yaml:1:2: error: there is no axis 'run.bach'\n"
        "    {run.bach: 1}\n"
        "     ^\n"
        "  did you mean 'run.batch'?");
  CHECK(message_of([] { return condition("{run.batch: 16}"); }) ==
        "s.yaml:1:13: error: axis 'run.batch' has no value '16'\n"
        "    {run.batch: 16}\n"
        "                ^\n"
        "  did you mean '1'?");
  CHECK(message_of([] { return condition("[run.batch]"); }) ==
        "s.yaml:1:1: error: expected a map from axes to values\n"
        "    [run.batch]\n"
        "    ^\n"
        "  write {platform: cortex-m7, network.precision: [int8, fp16]}");
}
