#include <doctest/doctest.h>

#include "tests/scenarios/audit/audited.hpp"

namespace roofbeam {
namespace {

using testing::only;

std::string change(const std::string& keys) { return "changes: [{what: it, " + keys + "}]\n"; }
std::string verdict(const std::string& keys) { return testing::verdict(change(keys), "change"); }

TEST_CASE("128 ms to 76 ms is 41 % less time or 68 % faster, never 33 %") {
  const std::string times = "before: 128 ms, after: 76 ms, ";
  CHECK(verdict(times + "stated: 33 %") == "does not hold");
  CHECK(verdict(times + "stated: 33 %, as: speed-up") == "does not hold");
  CHECK(verdict(times + "stated: 41 %") == "holds");
  CHECK(verdict(times + "stated: 41 %, as: speed-up") == "holds");
  CHECK(verdict(times + "stated: 68 %, as: speed-up") == "holds");
  CHECK(verdict(times + "stated: 68 %") == "holds");
  CHECK(verdict(times + "stated: 68 %, as: reduction") == "does not hold");
  CHECK(verdict(times + "stated: 1.68x") == "holds");
  CHECK(verdict(times + "stated: 1.72x") == "does not hold");
  CHECK(verdict(times + "stated: 52 ms") == "holds");
  CHECK(verdict(times + "stated: 54 ms") == "does not hold");
  const auto finding = only(change(times + "stated: 33 %, as: speed-up"), "change");
  CHECK(finding.claim == "it: 128 ms to 76 ms, stated 33 %");
  CHECK(finding.arithmetic ==
        "1 - 76 ms / 128 ms = 40.6 % less (40.0 to 41.2 % with rounding); 128 ms / 76 ms - 1 = "
        "68.4 % faster (66.7 to 70.2 % with rounding)");
  CHECK(finding.explanation == "33 % less than 128 ms would be 85.8 ms, 33 % faster 96.2 ms");
}

// 1 - 76.5 / 127.5 = 40.0 %, 1 - 75.5 / 128.5 = 41.24 %.
TEST_CASE("what the digits leave open decides at the edges") {
  const std::string times = "before: 128 ms, after: 76 ms, ";
  CHECK(verdict(times + "stated: 40 %") == "holds");            // 39.5 to 40.5 %
  CHECK(verdict(times + "stated: 39.8 %") == "does not hold");  // cut off at most 39.9 %
  CHECK(verdict(times + "stated: 41.2 %") == "holds");
  CHECK(verdict(times + "stated: 41.3 %") == "does not hold");  // 41.25 to 41.35 %
  CHECK(verdict("before: 128.00 ms, after: 76.00 ms, stated: 40.6 %") == "holds");
  CHECK(verdict("before: 128.00 ms, after: 76.00 ms, stated: 40.7 %") == "does not hold");
}

TEST_CASE("ratios of sizes do not depend on what MB means") {
  CHECK(verdict("before: 23.52 MB, after: 2.59 MB, stated: 9.08x") == "holds");
  CHECK(verdict("before: 23.52 MB, after: 2.59 MB, stated: 9.2x") == "does not hold");
  CHECK(verdict("before: 50.32 MB, after: 4.21 MB, stated: 91.63 %, as: reduction") == "holds");
  CHECK(verdict("before: 50.32 MB, after: 4.21 MB, stated: 91.73 %, as: reduction") ==
        "does not hold");
  CHECK(verdict("before: 4x, after: 9.08x, stated: 127 %, as: increase") == "holds");
}

TEST_CASE("percentage points are not percent") {
  const std::string shares = "before: 70.51 %, after: 69.56 %, ";
  const auto points = only(change(shares + "stated: -0.95 %"), "change");
  CHECK(points.verdict == audit::Verdict::explained);
  CHECK(points.explanation == "these are percentage points; relative to the first it is 1.35 %");
  CHECK(verdict(shares + "stated: -1.35 %") == "holds");
  CHECK(verdict(shares + "stated: 0.95 points") == "holds");
  CHECK(verdict(shares + "stated: 0.95 %, as: points") == "holds");
  CHECK(verdict(shares + "stated: 1.1 %") == "does not hold");
  CHECK(verdict(shares + "stated: 98.65 %, as: kept") == "holds");
  CHECK(verdict(shares + "stated: 98.55 %, as: kept") == "does not hold");
}

TEST_CASE("a sign must tell the direction") {
  CHECK(verdict("before: 5.55 ms, after: 6.09 ms, stated: +9.7 %") == "holds");
  CHECK(verdict("before: 5.55 ms, after: 6.09 ms, stated: -9.7 %") == "does not hold");
  CHECK(verdict("before: 5.96 MB, after: 4.24 MB, stated: -28.9 %") == "holds");
  CHECK(verdict("before: 5.96 MB, after: 4.24 MB, stated: +28.9 %") == "does not hold");
  // Of a speed, more is what less time is.
  CHECK(verdict("before: 5.29 ms, after: 4.28 ms, stated: +19.1 %, as: speed-up") == "holds");
}

TEST_CASE("digits that were cut off, and round numbers, are told") {
  const auto cut = only(change("before: 1000 ms, after: 294.5 ms, stated: 70 %"), "change");
  CHECK(cut.verdict == audit::Verdict::explained);
  CHECK(cut.explanation == "the digits are cut off, not rounded: it is 70.5 %");
  const auto round = only(change("before: 50176, after: 25600, stated: 50 %"), "change");
  CHECK(round.verdict == audit::Verdict::explained);
  CHECK(round.explanation == "only as a round number: it is 49.0 %");
  CHECK(verdict("before: 100.0 ms, after: 56.0 ms, stated: 50 %") == "does not hold");  // 44.0 %
  CHECK(verdict("before: 50176, after: 25600, stated: 51 %") == "does not hold");
}

TEST_CASE("a direction in words is checked, too") {
  CHECK(verdict("before: 5.55 ms, after: 5.28 ms, direction: faster") == "holds");
  CHECK(verdict("before: 5.55 ms, after: 5.28 ms, direction: slower") == "does not hold");
  CHECK(verdict("before: 5.55 ms, after: 5.28 ms, direction: same") == "does not hold");
  CHECK(verdict("before: 5.55 ms, after: 5.55 ms, direction: same") == "holds");
  CHECK(verdict("before: 5.0 MB, after: 6.0 MB, direction: larger") == "holds");
}

TEST_CASE("a change from nothing cannot be checked") {
  CHECK(verdict("before: 0 ms, after: 5 ms, stated: 10 %") == "cannot be checked");
}

TEST_CASE("some changes in points and others in percent are one finding") {
  const std::string points = "{what: a, before: 80.00 %, after: 60.00 %, stated: -20.00 %}";
  const std::string relative = "{what: b, before: 80.00 %, after: 60.00 %, stated: -25.00 %}";
  CHECK(testing::found("changes: [" + points + "]\n", "basis").empty());
  CHECK(testing::found("changes: [" + relative + ", " + relative + "]\n", "basis").empty());
  const auto both = only("changes: [" + points + ", " + relative + "]\n", "basis");
  CHECK(both.arithmetic == "in points: a (-20.00 %); relative: b (-25.00 %)");
  CHECK(both.verdict == audit::Verdict::fails);
}

}  // namespace
}  // namespace roofbeam
