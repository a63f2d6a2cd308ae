#include "scenarios/case_reader.hpp"

#include <doctest/doctest.h>

#include "core/onnx/import.hpp"
#include "models/predict.hpp"
#include "tests/message_of.hpp"

using namespace roofbeam;
using testing::message_of;

namespace {

const std::string kNetworks =
    "networks: [" ROOFBEAM_SOURCE_DIR "/networks/mobilenet_v2_0.35_128.onnx]\n";

Scenario scenario(const std::string& rest) {
  return read_scenario(config::parse("scenario: s\n" + kNetworks + rest, "s.yaml"));
}

}  // namespace

TEST_CASE("a case is what predict says of the same settings") {
  const Scenario s = scenario(
      "platforms: [apple-m1]\n"
      "runtimes: [ncnn]\n"
      "vary:\n"
      "  platform.memory.DRAM.bandwidth: {times: [0.5]}\n"
      "  runtime.dispatch: [9 us]\n"
      "  run.batch: [3]\n");
  const CaseReader reader(s);
  const Prediction found = reader.predict({0, 0, 0, 0, 0, 0});
  // 68.25 GB/s x 0.5
  const Platform platform = load_platform("apple-m1", {{"memory.DRAM.bandwidth", "34.125 GB/s"}});
  const Runtime runtime = load_runtime("ncnn", {{"dispatch", "9 us"}});
  const Engine& engine = platform.engine("");
  const Network network = onnx::import(ROOFBEAM_SOURCE_DIR "/networks/mobilenet_v2_0.35_128.onnx");
  const Prediction expected =
      predict(lower(network, runtime, engine, {{}, 3, {}}), platform, engine, runtime);
  CHECK(found.latency.si() == expected.latency.si());
  CHECK(found.energy.total().si() == expected.energy.total().si());
  CHECK(found.batch == 3);
}

TEST_CASE("an axis acts where its path leads somewhere") {
  const Scenario s = scenario(
      "platforms: [apple-m1, cortex-m7]\n"
      "vary:\n"
      "  platform.memory.DRAM.bandwidth: {times: [1, 2]}\n"
      "  platform.engines.cpu.clock: {times: [1, 2]}\n"
      "  runtime.dispatch: [1 us, 2 us]\n"
      "  run.batch: [1]\n");
  const CaseReader reader(s);
  const Digits m1 = {0, 0, 0, 0, 0, 0};
  const Digits m7 = {0, 1, 0, 0, 0, 0};
  CHECK(reader.acts(2, m1));
  CHECK(!reader.acts(2, m7));  // a microcontroller has no DRAM
  CHECK(!reader.acts(3, m1));  // its engine is the p-cluster
  CHECK(reader.acts(3, m7));
  CHECK(reader.acts(4, m7));
  CHECK(reader.acts(5, m7));
}

TEST_CASE("a path that leads nowhere on all platforms is an error at its value") {
  CHECK(message_of([] {
          return CaseReader(
              scenario("platforms: [cortex-m7]\n"
                       "vary: {platform.memory.SRM.size: [1 MiB]}\n"));
        }) ==
        "s.yaml:4:35: error: memory.SRM.size: there is no 'SRM'\n"
        "    vary: {platform.memory.SRM.size: [1 MiB]}\n"
        "                                      ^\n"
        "  there is: DTCM, L1, SRAM, flash; did you mean 'SRAM'?");
}

TEST_CASE("what cannot be read is complained of where it is named, all in one go") {
  CHECK(message_of([] {
          return CaseReader(
              scenario("platforms: [aple-m1, {platform: cortex-m7, engine: gpu}]\n"
                       "runtimes: [ncn]\n"
                       "run: {batch: 0}\n"));
        }) ==
        "s.yaml:3:13: error: aple-m1: unknown platform 'aple-m1': did you mean 'apple-m1'? "
        "'roofbeam platforms list' names all; a file needs a '/' or the ending .yaml\n"
        "    platforms: [aple-m1, {platform: cortex-m7, engine: gpu}]\n"
        "                ^\n"
        "s.yaml:3:33: error: cortex-m7/gpu: platform 'cortex-m7' has no engine 'gpu', did you "
        "mean 'cpu'?; its engines: cpu\n"
        "    platforms: [aple-m1, {platform: cortex-m7, engine: gpu}]\n"
        "                                    ^\n"
        "s.yaml:4:12: error: ncn: unknown runtime 'ncn': did you mean 'ncnn'? 'roofbeam runtimes "
        "list' names all; a file needs a '/' or the ending .yaml\n"
        "    runtimes: [ncn]\n"
        "               ^\n"
        "s.yaml:5:14: error: run.batch: '0' is not a whole number from 1 on\n"
        "    run: {batch: 0}\n"
        "                 ^\n"
        "  write one such as 4");
}

TEST_CASE("a value that no network can be rewritten with is an error, not an impossible case") {
  CHECK(message_of([] {
          return CaseReader(
              scenario("platforms: [cortex-a78]\n"
                       "vary:\n"
                       "  network.precision: [fp32, in8]\n"
                       "  mode: {slow: {network.fusion: maybe}}\n"));
        }) ==
        "s.yaml:5:29: error: unknown precision 'in8'\n"
        "      network.precision: [fp32, in8]\n"
        "                                ^\n"
        "  did you mean 'int8'?\n"
        "s.yaml:6:33: error: fusion is on or off\n"
        "      mode: {slow: {network.fusion: maybe}}\n"
        "                                    ^");
  const std::string networks = "networks: [{name: wide, onnx: " ROOFBEAM_SOURCE_DIR
                               "/networks/ds_cnn_mlperftiny.onnx, rewrite: {width: 20}}]\n";
  const Scenario rewritten = read_scenario(
      config::parse("scenario: s\n" + networks + "platforms: [cortex-a78]\n", "s.yaml"));
  CHECK(message_of([&] {
          return CaseReader(rewritten);
        }).find("error: width must be above 0 and at most 16, not 20\n") != std::string::npos);
}

TEST_CASE("what depends on the network makes a case impossible, and is no error before") {
  const Scenario s = scenario(
      "platforms: [cortex-a78]\n"
      "vary:\n"
      "  network.sequence: [128]\n");  // a network of images has none
  const CaseReader reader(s);
  CHECK(message_of([&] {
          return reader.predict({0, 0, 0});
        })
            .starts_with("s.yaml:5:22: error: network 'mobilenet_v2_0.35_128' has no input that "
                         "is a sequence\n"));
}
