#include "scenarios/loading/overrides.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/scenario.hpp"
#include "tests/message_of.hpp"

using namespace roofbeam;
using testing::message_of;

namespace {

Scenario quick(ScenarioOverrides overrides) {
  config::Node root = scenario_of_network("nets/a.onnx");
  if (overrides.platforms.empty()) overrides.platforms = {"apple-m1"};
  apply_overrides(root, overrides);
  return read_scenario(root);
}

std::string values(const std::string& vary) {
  std::vector<std::string> texts;
  const Scenario scenario = quick({.vary = {vary}});
  for (const AxisValue& value : scenario.axes.back().values) {
    texts.push_back(value.text);
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace

TEST_CASE("a network alone makes a scenario of one case a platform") {
  const Scenario scenario = quick({.platforms = {"apple-m1", "boards/mine.yaml"}});
  CHECK(scenario.name == "a");
  CHECK(scenario.networks[0].onnx == "nets/a.onnx");
  CHECK(scenario.platforms[1].platform == "boards/mine.yaml");
  CHECK(scenario.axes.size() == 2);
}

TEST_CASE("--vary takes lists and ranges; a path without a room is the platform's") {
  CHECK(values("memory.DRAM.bandwidth=10..40 GB/s:4") == "10 GB/s, 20 GB/s, 30 GB/s, 40 GB/s");
  CHECK(values("run.batch=1..10") == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10");
  CHECK(values("network.precision=fp32,{weights: int8, x: 1}") == "fp32, weights: int8, x: 1");
  CHECK(quick({.vary = {"memory.DRAM.bandwidth=1 GB/s"}}).axes.back().name ==
        "platform.memory.DRAM.bandwidth");
}

TEST_CASE("requirements add to the file's, objectives and platforms replace them") {
  config::Node root = config::parse(
      "scenario: s\nnetworks: [a.onnx]\nplatforms: [apple-m1]\nrequire: [latency < 1 s]\n"
      "objectives: [min energy]\nrun: {batch: 2}\n",
      "s.yaml");
  apply_overrides(root, {.objectives = "min latency,max accuracy",
                         .requirements = {"memory < 1 MB, power < 1 W"},
                         .settings = {"run.batch=4", "memory.DRAM.size=1 GiB"},
                         .platforms = {"cortex-m7"}});
  const Scenario scenario = read_scenario(root);
  CHECK(scenario.requirements.size() == 3);
  REQUIRE(scenario.objectives.size() == 2);
  CHECK(to_text(scenario.objectives[1]) == "max accuracy");
  CHECK(scenario.platforms[0].name == "cortex-m7");
  REQUIRE(scenario.changes.size() == 3);
  CHECK(value_text(scenario.changes[1].value) == "4");
  CHECK(scenario.changes[2].room == Change::Room::platform);
}

TEST_CASE("platforms are chosen by the names that the file gives them, and rules on others go") {
  config::Node root = config::parse(
      "scenario: s\nnetworks: [a.onnx]\n"
      "platforms: [apple-m1, cortex-m7, {name: mine, platform: boards/b.yaml, runtime: ncnn}, "
      "{platform: apple-m1, engine: gpu}]\n"
      "given:\n"
      "  - {when: {platform: cortex-m7}, accuracy: 0.5}\n"
      "  - {when: {platform: [cortex-m7, mine]}, accuracy: 0.6}\n"
      "exclude: [{platform: apple-m1}, {network: a}]\n"
      "require: [latency < 1 s, {when: {platform: cortex-m7}, require: [energy < 1 J]}]\n",
      "s.yaml");
  apply_overrides(root, {.platforms = {"mine", "apple-m1/gpu", "cortex-a78"}});
  const Scenario scenario = read_scenario(root);
  REQUIRE(scenario.platforms.size() == 3);
  CHECK(scenario.platforms[0].runtime == "ncnn");
  CHECK(scenario.platforms[1].engine == "gpu");
  CHECK(scenario.platforms[2].platform == "cortex-a78");
  REQUIRE(scenario.given.size() == 1);
  CHECK(scenario.given[0].when.text == "platform mine");
  CHECK(scenario.exclude.size() == 1);
  CHECK(scenario.requirements.size() == 1);
}

TEST_CASE("a rule on a platform that is nowhere is an error all the same") {
  config::Node root = config::parse(
      "scenario: s\nnetworks: [a.onnx]\nplatforms: [apple-m1]\nexclude: [{platform: aple-m1}]\n",
      "s.yaml");
  apply_overrides(root, {.platforms = {"apple-m1"}});
  CHECK(message_of([&] {
          return read_scenario(root);
        }).starts_with("s.yaml:4:22: error: axis 'platform' has no value 'aple-m1'\n"));
}

TEST_CASE("options that say nothing are errors") {
  CHECK(message_of([] { return quick({.settings = {"run.batch"}}); }) ==
        "--set run.batch: write PATH=VALUE, such as run.batch=4");
  CHECK(message_of([] { return quick({.vary = {"run.batch="}}); }) ==
        "--vary run.batch=: write PATH=FROM..TO:STEPS or PATH=A,B,C, such as run.batch=1,2,4");
  CHECK(message_of([] { return quick({.requirements = {"latncy < 1 s"}}); }) ==
        "--require:1:1: error: 'latncy < 1 s': there is no metric 'latncy'; did you mean "
        "'latency'?\n    latncy < 1 s\n    ^");
}
