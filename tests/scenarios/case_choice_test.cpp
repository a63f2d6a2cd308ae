#include "scenarios/case_choice.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace roofbeam;

namespace {

Scenario scenario() {
  return read_scenario(
      config::parse("scenario: s\n"
                    "networks:\n"
                    "  - {name: teacher, onnx: t.onnx, accuracy: 0.9, size: 10 MB}\n"
                    "  - {name: student, onnx: s.onnx, rewrite: {precision: fp16}, accuracy: 0.8}\n"
                    "platforms: [{platform: apple-m1, set: {memory.DRAM.bandwidth: 1 GB/s}}]\n"
                    "run: {batch: 2}\n"
                    "pipeline:\n"
                    "  - {stage: distil, network: student}\n"
                    "  - {stage: quantize, network.precision: int8, size: 1 MB}\n"
                    "  - {stage: graph, runtime: ncnn, run.threads: 1}\n"
                    "vary:\n"
                    "  network.precision: [fp32, bf16]\n"
                    "  platform.memory.DRAM.bandwidth: [5 GB/s]\n"
                    "given: [{when: {stage: graph, network.precision: bf16}, accuracy: 0.5}]\n",
                    "s.yaml"));
}

std::string texts(const std::vector<const Change*>& changes) {
  std::string text;
  for (const Change* change : changes) {
    text += fmt::format("{}={} ", change->path, value_text(change->value));
  }
  return text;
}

// Only fp32 leaves a network as it is.
bool keeps(std::size_t, const Change& change) { return value_text(change.value) == "fp32"; }

std::string facts(const Digits& digits) {
  const Facts found = facts_of(scenario(), digits, keeps);
  return fmt::format("{} {}", found.accuracy.value_or(-1), found.size.value_or(Bytes{}).si() / 1e6);
}

}  // namespace

TEST_CASE("later changes stand behind earlier ones: scenario, platform, vary, stages") {
  const Scenario s = scenario();
  const CaseChoice start = choose(s, {0, 0, 0, 1, 0});
  CHECK(start.network == 0);
  CHECK(!start.runtime);
  CHECK(texts(start.of_network) == "precision=bf16 ");
  CHECK(texts(start.of_platform) == "memory.DRAM.bandwidth=1 GB/s memory.DRAM.bandwidth=5 GB/s ");
  CHECK(texts(start.of_run) == "batch=2 ");
  const CaseChoice end = choose(s, {0, 0, 3, 1, 0});
  CHECK(end.network == 1);
  CHECK(s.runtimes[*end.runtime].runtime == "ncnn");
  CHECK(texts(end.of_network) == "precision=fp16 precision=bf16 precision=int8 ");
  CHECK(texts(end.of_run) == "batch=2 threads=1 ");
}

TEST_CASE("an axis that does not act changes nothing") {
  const Scenario s = scenario();
  CHECK(texts(choose(s, {0, 0, 0, 0, kNoDigit}).of_platform) == "memory.DRAM.bandwidth=1 GB/s ");
}

TEST_CASE("facts hold until the network computes something else, and rules stand above all") {
  CHECK(facts({0, 0, 0, 0, 0}) == "0.9 10");  // as it is
  CHECK(facts({0, 0, 0, 1, 0}) == "-1 0");    // in bf16 nobody stated any
  CHECK(facts({0, 0, 1, 0, 0}) == "0.8 0");   // the student's
  CHECK(facts({0, 0, 2, 0, 0}) == "-1 1");    // quantized: only its size is stated
  CHECK(facts({0, 0, 3, 0, 0}) == "-1 1");    // another runtime does not change what it computes
  CHECK(facts({0, 0, 3, 1, 0}) == "0.5 1");   // the rule
}
