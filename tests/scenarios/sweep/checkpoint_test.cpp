#include "scenarios/sweep/checkpoint.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/message_of.hpp"
#include "tests/scenarios/support.hpp"
#include "tests/scenarios/sweep/compared.hpp"

using namespace roofbeam;
using namespace roofbeam::testing;

namespace {

const std::string kAxes =
    "vary:\n"
    "  platform.memory.DRAM.bandwidth: {times: [1, 2, 4]}\n"
    "  platform.energy.idle: [1 W, 2 W]\n";

std::string refused(const Compared& s, const std::string& text, std::uint64_t identity = 7) {
  return message_of([&] { return read_checkpoint(s.compiled, text, "kept", identity); });
}

SweepPart again(const Compared& s, const SweepPart& part) {
  return read_checkpoint(s.compiled, checkpoint_text(s.compiled, part, 7), "kept", 7);
}

}  // namespace

TEST_CASE("what was done comes back with the same bits") {
  const Compared s(kAxes + "objectives: [max latency, min energy]\n");
  const SweepPart part = sweep_range(s.compiled, 1, 9);
  const SweepPart found = again(s, part);
  CHECK(found.done == Ranges{{1, 9}});
  CHECK(found.counts.forecast == part.counts.forecast);
  CHECK(found.counts.feasible == part.counts.feasible);
  CHECK(found.frontier.size() > 1);
  CHECK(found.frontier.indices == part.frontier.indices);
  CHECK(found.frontier.ties == part.frontier.ties);
  CHECK(found.frontier.values == part.frontier.values);
  CHECK(found.frontier.cases == part.frontier.cases);
}

TEST_CASE("near misses come back, also those that nothing measures") {
  const Compared s(kAxes + "require: [accuracy >= 1 %]\n");
  const SweepPart part = sweep_range(s.compiled, 0, 3);
  REQUIRE(part.nearest.front().missed == HUGE_VAL);
  CHECK(again(s, part).nearest == part.nearest);
}

TEST_CASE("reasons and numbers of impossible cases come back") {
  const Compared s(kAxes + "set: {network.sequence: 8}\n");
  const SweepPart part = sweep_range(s.compiled, 0, 6);
  const CaseCounts found = again(s, part).counts;
  CHECK(found.impossible == 6);
  CHECK(found.why_impossible == part.counts.why_impossible);
}

TEST_CASE("what no sweep wrote is refused") {
  const Compared s(kAxes);
  const std::string message =
      "kept: error: is not what a stopped sweep leaves; give --resume a file that a sweep wrote, "
      "or "
      "a new name";
  CHECK(refused(s, "") == message);
  CHECK(refused(s, "[]") == message);
  CHECK(refused(s, "{}") == message);
  CHECK(refused(s, R"({"schema": "roofbeam.sweep/1"})") == message);
  const std::string whole = checkpoint_text(s.compiled, sweep_range(s.compiled, 0, 3), 7);
  CHECK(refused(s, whole.substr(0, whole.size() / 2)) == message);
}

TEST_CASE("what belongs to another sweep is refused") {
  const Compared s(kAxes);
  const std::string text = checkpoint_text(s.compiled, sweep_range(s.compiled, 0, 3), 7);
  CHECK(refused(s, text, 8) ==
        "kept: error: belongs to another sweep (scenario 's'), or a file or an option has changed "
        "since; give --resume a new name to begin again");
}

TEST_CASE("what lies outside of the scenario is damage") {
  const Compared s(kAxes);  // 12 positions
  const std::string text = checkpoint_text(s.compiled, sweep_range(s.compiled, 0, 12), 7);
  REQUIRE(text.find("\"done\":[[0,12]]") != text.npos);
  CHECK(refused(s, with(text, "[[0,12]]", "[[0,13]]")) ==
        "kept: error: is damaged: a range lies outside");
  CHECK(refused(s, with(text, "[[0,12]]", "[[-1,12]]")) ==
        "kept: error: is damaged: a range lies outside");
  CHECK(refused(s, with(text, "\"indices\":[", "\"indices\":[12,"))
            .starts_with("kept: error: is damaged: "));
  CHECK(refused(s, with(text, "\"done\"", "\"gone\"")).starts_with("kept: error: is damaged: "));
}

TEST_CASE(
    "the identity is of the file as it reads, its options, its networks and its calibration") {
  const auto identity = [](const std::string& rest, const std::string& more = "") {
    const std::string text = "scenario: s\nnetworks: [" ROOFBEAM_SOURCE_DIR
                             "/networks/ds_cnn_mlperftiny.onnx]\nplatforms: [apple-m1]\n" +
                             rest;
    const config::Node root = config::parse(text, "s.yaml");
    return sweep_identity(root, read_scenario(root), more);
  };
  CHECK(identity("run: {batch: 1}\n") == identity("run:  {batch: 1}   # a comment\n"));
  CHECK(identity("run: {batch: 1}\n") != identity("run: {batch: 2}\n"));
  CHECK(identity("") != identity("", "calibrated"));
  const config::Node missing =
      config::parse("scenario: s\nnetworks: [nowhere.onnx]\nplatforms: [apple-m1]\n", "s.yaml");
  CHECK(message_of([&] { return sweep_identity(missing, read_scenario(missing), ""); }) ==
        "cannot read 'nowhere.onnx'");
}
