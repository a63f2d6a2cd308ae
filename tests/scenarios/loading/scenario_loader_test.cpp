#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/scenario.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::message_of;
using testing::with;

namespace {

const std::string kScenario =
    "scenario: ship\n"
    "networks:\n"
    "  - {name: wide, onnx: nets/wide.onnx, accuracy: 88.48 %, size: 26.39 MB}\n"
    "  - {name: slim, from: wide, rewrite: {precision: int8}}\n"
    "platforms:\n"
    "  - apple-m1\n"
    "  - {name: phone, platform: cortex-a78, engine: cpu, set: {memory.DRAM.bandwidth: 15 GB/s}}\n"
    "vary:\n"
    "  network.precision: [fp32, int8]\n"
    "  platform.memory.DRAM.bandwidth: {times: [0.5, 1]}\n"
    "  platform.engines.cpu.clock: {from: 1 GHz, to: 2 GHz, steps: 3}\n"
    "  dram:\n"
    "    as-is: {}\n"
    "    fast: {platform.memory.DRAM.bandwidth: 60 GB/s, platform.memory.DRAM.energy: 20 pJ/B}\n"
    "  run.batch: [1, 4]\n";

Scenario read(const std::string& text) { return read_scenario(config::parse(text, "s.yaml")); }

std::string axis_text(const ScenarioAxis& axis) {
  std::vector<std::string> texts;
  for (const AxisValue& value : axis.values) texts.push_back(value.text);
  return fmt::format("{}: {}", axis.name, fmt::join(texts, ", "));
}

std::string wrong(const std::string& old, const std::string& replacement) {
  return message_of([&] { return read(with(kScenario, old, replacement)); });
}

}  // namespace

TEST_CASE("networks and platforms are axes, then come those of vary in the file's order") {
  const Scenario scenario = read(kScenario);
  std::vector<std::string> axes;
  for (const ScenarioAxis& axis : scenario.axes) axes.push_back(axis_text(axis));
  CHECK(axes == std::vector<std::string>{"network: wide, slim", "platform: apple-m1, phone",
                                         "network.precision: fp32, int8",
                                         "platform.memory.DRAM.bandwidth: x0.5, x1",
                                         "platform.engines.cpu.clock: 1 GHz, 1.5 GHz, 2 GHz",
                                         "dram: as-is, fast", "run.batch: 1, 4"});
  CHECK(scenario.axes[3].values[0].changes[0].times == 0.5);
  CHECK(scenario.axes[5].values[1].changes[1].path == "memory.DRAM.energy");
}

TEST_CASE("what a network is made from gives its file and rewrites, not its facts") {
  const Scenario scenario = read(kScenario);
  const auto& [wide, slim] = std::tie(scenario.networks[0], scenario.networks[1]);
  CHECK(wide.onnx == "nets/wide.onnx");
  CHECK(*wide.facts.accuracy == doctest::Approx(0.8848));
  CHECK(wide.facts.size->si() == 26.39e6);
  CHECK(slim.onnx == "nets/wide.onnx");
  CHECK(slim.rewrites.size() == 1);
  CHECK(!slim.facts.accuracy);
}

TEST_CASE("paths are seen from the file that states them") {
  const Scenario scenario = read_scenario(
      config::parse(with(kScenario, "  - apple-m1\n", "  - ../board.yaml\n"), "a/b/s.yaml"));
  CHECK(scenario.networks[0].onnx == "a/b/nets/wide.onnx");
  CHECK(scenario.platforms[0].platform == "a/board.yaml");
  CHECK(scenario.platforms[0].name == "board");
}

TEST_CASE("without objectives there are latency, energy and memory, each smaller") {
  const Scenario scenario = read(kScenario);
  REQUIRE(scenario.objectives.size() == 3);
  CHECK(to_text(scenario.objectives[2]) == "min memory");
  CHECK(scenario.must_fit);
}

TEST_CASE("rules name axes and their values; a factor may be named without its x") {
  const Scenario scenario = read(
      kScenario +
      "given: [{when: {network: [wide, slim], dram: fast}, accuracy: 0.8}]\n"
      "exclude: [{platform.memory.DRAM.bandwidth: 0.5}]\n"
      "require: [fits, latency <= 1 s, {when: {platform: phone}, require: [memory < 1 MiB]}]\n");
  CHECK(scenario.given[0].when.holds({1, 0, 0, 0, 0, 1, 0}));
  CHECK(!scenario.given[0].when.holds({1, 0, 0, 0, 0, 0, 0}));
  CHECK(!scenario.given[0].when.holds({1, 0, 0, 0, 0, kNoDigit, 0}));
  CHECK(scenario.exclude[0].holds({0, 0, 0, 0, 0, 0, 0}));
  CHECK(!scenario.exclude[0].holds({0, 0, 0, 1, 0, 0, 0}));
  REQUIRE(scenario.requirements.size() == 2);
  CHECK(scenario.requirements[1].requirement.text == "memory < 1 MiB (platform phone)");
}

TEST_CASE("a pipeline is an axis that begins before its first stage") {
  const Scenario scenario = read(kScenario +
                                 "pipeline:\n"
                                 "  - {stage: distil, network: slim, accuracy: 87.9 %}\n"
                                 "  - {stage: quantize, network.precision: int8}\n"
                                 "  - {stage: graph, runtime: ncnn}\n");
  CHECK(axis_text(scenario.axes[0]) == "network: wide");  // slim is where a stage leads
  CHECK(axis_text(scenario.axes[2]) == "stage: start, distil, quantize, graph");
  CHECK(scenario.pipeline[0].network == 1);
  CHECK(scenario.runtimes.size() == 1);
  CHECK(scenario.pipeline[2].runtime == 0);
}

TEST_CASE("what is wrong is shown in its line, with the nearest word that there is") {
  CHECK(wrong("network.precision", "network.precison") ==
        "s.yaml:9:3: error: a network has no 'precison'\n"
        "      network.precison: [fp32, int8]\n"
        "      ^\n"
        "  did you mean 'network.precision'?");
  CHECK(wrong("  run.batch", "  run.bach") ==
        "s.yaml:15:3: error: a run has no 'bach'\n"
        "      run.bach: [1, 4]\n"
        "      ^\n"
        "  did you mean 'run.batch'?");
  CHECK(wrong("  platform.memory.DRAM.b", "  memory.DRAM.b") ==
        "s.yaml:10:3: error: 'memory.DRAM.bandwidth': a path begins with network., platform., "
        "runtime. or run.\n"
        "      memory.DRAM.bandwidth: {times: [0.5, 1]}\n"
        "      ^\n"
        "  did you mean 'platform.memory.DRAM.bandwidth'?");
  CHECK(wrong("from: wide", "from: wild") ==
        "s.yaml:4:24: error: there is no network 'wild' above\n"
        "      - {name: slim, from: wild, rewrite: {precision: int8}}\n"
        "                           ^\n"
        "  there are: wide");
  CHECK(wrong("[1, 4]", "[1, 1]") ==
        "s.yaml:15:18: error: run.batch: '1' stands there twice\n"
        "      run.batch: [1, 1]\n"
        "                     ^\n"
        "  keep one of them");
  CHECK(wrong("2 GHz, steps: 3", "2 GB, steps: 3") ==
        "s.yaml:11:31: error: platform.engines.cpu.clock: '1 GHz' and '2 GB' are not two values of "
        "one quantity\n"
        "      platform.engines.cpu.clock: {from: 1 GHz, to: 2 GB, steps: 3}\n"
        "                                  ^");
  CHECK(wrong("  run.batch: [1, 4]", "  run.batch: {times: [1, 4]}") ==
        "s.yaml:15:3: error: run.batch: factors are for platforms and runtimes\n"
        "      run.batch: {times: [1, 4]}\n"
        "      ^\n"
        "  write the values");
  CHECK(wrong("88.48 %", "88.48") ==
        "s.yaml:3:50: error: accuracy: more than 1\n"
        "      - {name: wide, onnx: nets/wide.onnx, accuracy: 88.48, size: 26.39 MB}\n"
        "                                                     ^\n"
        "  write a share such as 0.885 or 88.5 %");
}

TEST_CASE("rules complain of axes, values and requirements that there are not, all in one go") {
  CHECK(
      message_of([] {
        return read(kScenario +
                    "exclude: [{platfrom: phone}, {network: wid}]\n"
                    "require: [latncy < 1 s]\n"
                    "objectives: [least energy]\n");
      }) ==
      "s.yaml:16:12: error: there is no axis 'platfrom'\n"
      "    exclude: [{platfrom: phone}, {network: wid}]\n"
      "               ^\n"
      "  did you mean 'platform'?\n"
      "s.yaml:16:40: error: axis 'network' has no value 'wid'\n"
      "    exclude: [{platfrom: phone}, {network: wid}]\n"
      "                                           ^\n"
      "  did you mean 'wide'?\n"
      "s.yaml:17:11: error: 'latncy < 1 s': there is no metric 'latncy'; did you mean 'latency'?\n"
      "    require: [latncy < 1 s]\n"
      "              ^\n"
      "s.yaml:18:14: error: 'least energy' is not an objective: expected min or max and a metric, "
      "such as min latency\n"
      "    objectives: [least energy]\n"
      "                 ^");
}

TEST_CASE("an empty file, a list, or an unknown key is told so") {
  CHECK(
      message_of([] { return read("networks: [a.onnx]\nplatforms: [apple-m1]\nscenaro: x\n"); }) ==
      "s.yaml:1:1: error: scenario: key 'scenario' is missing\n"
      "    networks: [a.onnx]\n"
      "    ^\n"
      "  add 'scenario:' with a word\n"
      "s.yaml:3:1: error: scenario: unknown key 'scenaro'\n"
      "    scenaro: x\n"
      "    ^\n"
      "  did you mean 'scenario'?");
  CHECK(message_of([] {
          return read("- a\n");
        }).starts_with("s.yaml:1:1: error: scenario: expected a map of keys, found a list\n"));
}
