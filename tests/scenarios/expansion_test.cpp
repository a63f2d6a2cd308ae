#include "scenarios/expansion.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

using namespace roofbeam;
using testing::message_of;

namespace {

// 2 networks x 2 platforms x 3 bandwidths x 2 batches.
Scenario scenario(const std::string& rules = "") {
  return read_scenario(
      config::parse("scenario: s\n"
                    "networks: [a.onnx, b.onnx]\n"
                    "platforms: [apple-m1, cortex-m7]\n"
                    "vary:\n"
                    "  platform.memory.DRAM.bandwidth: {times: [1, 2, 3]}\n"
                    "  run.batch: [1, 2]\n" +
                        rules,
                    "s.yaml"));
}

// The bandwidth acts on the first platform alone.
bool acts(std::size_t axis, const Digits& digits) { return axis != 2 || digits[1] == 0; }

}  // namespace

TEST_CASE("an index is a number whose digits are the values, the last axis fastest") {
  const Scenario s = scenario();
  const Expansion expansion(s, acts);
  CHECK(expansion.size() == 24);
  CHECK(expansion.digits(0) == Digits{0, 0, 0, 0});
  CHECK(expansion.digits(1) == Digits{0, 0, 0, 1});
  CHECK(expansion.digits(23) == Digits{1, 1, 2, 1});
  for (std::int64_t index = 0; index < 24; ++index) {
    CHECK(expansion.index(expansion.digits(index)) == index);
  }
}

TEST_CASE("where an axis does not act its first value stands for all") {
  const Scenario s = scenario();
  const Expansion expansion(s, acts);
  CHECK(expansion.partial() == std::vector<std::size_t>{2});
  CHECK(expansion.skip({0, 1, 0, 1}) == Skip::no);
  CHECK(expansion.skip({0, 1, 1, 1}) == Skip::repeated);
  CHECK(expansion.skip({0, 0, 1, 1}) == Skip::no);
  CHECK(expansion.effective({0, 1, 0, 1}) == Digits{0, 1, kNoDigit, 1});
  CHECK(expansion.effective({0, 0, 0, 1}) == Digits{0, 0, 0, 1});
}

TEST_CASE("counts are those of going through all cases one by one") {
  const Scenario s =
      scenario("exclude: [{network: b, run.batch: 2}, {platform.memory.DRAM.bandwidth: x3}]\n");
  const Expansion expansion(s, acts);
  std::int64_t repeated = 0;
  std::int64_t excluded = 0;
  for (std::int64_t index = 0; index < expansion.size(); ++index) {
    const Skip skip = expansion.skip(expansion.digits(index));
    repeated += skip == Skip::repeated;
    excluded += skip == Skip::excluded;
  }
  const CaseCounts counts = expansion.count();
  CHECK(counts.all == 24);
  CHECK(counts.repeated == repeated);
  CHECK(repeated == 8);  // 2 networks x 2 values that do not act x 2 batches
  CHECK(counts.excluded == excluded);
  CHECK(excluded == 4 + 4 - 1);  // b with 2: 3 on the M1, 1 on the M7; x3: 4 on the M1; 1 is both
  CHECK(counts.forecast == 24 - repeated - excluded);
}

TEST_CASE("the first cases are those that are left, in the order of their index") {
  const Scenario s = scenario("exclude: [{network: a, platform: apple-m1}]\n");
  const Expansion expansion(s, acts);
  CHECK(expansion.first_cases(3) == std::vector<std::int64_t>{6, 7, 12});
}

TEST_CASE("more cases than a number can count are refused") {
  Scenario s = scenario();
  const ScenarioAxis batch = s.axes[3];
  while (s.axes.size() < 61) s.axes.push_back(batch);
  CHECK(Expansion(s, acts).size() == std::int64_t{24} << 57);  // three quarters of 2^62
  s.axes.push_back(batch);
  CHECK(message_of([&] {
          return Expansion(s, acts);
        }).starts_with("s: the axes make more than 2^62 cases: network (2) x platform (2) x "));
}
