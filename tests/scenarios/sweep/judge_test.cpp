#include "scenarios/sweep/judge.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tests/scenarios/sweep/compared.hpp"

using namespace roofbeam;
using namespace roofbeam::testing;

namespace {

// 2 platforms x 3 bandwidths x 2 idle powers; on the microcontroller the bandwidth does not act.
const std::string kAxes =
    "vary:\n"
    "  platform.memory.DRAM.bandwidth: {times: [1, 2, 4]}\n"
    "  platform.energy.idle: [1 W, 2 W]\n";

SweepPart judged(const Compared& s, std::int64_t first, std::int64_t last, bool keep_all = false) {
  Judge judge(s.compiled, keep_all);
  judge.range(first, last);
  return judge.take();
}

}  // namespace

TEST_CASE("cases are counted, repeated ones not") {
  const Compared s(kAxes);
  const SweepPart part = judged(s, 0, 12);
  CHECK(part.done == Ranges{{0, 12}});
  CHECK(part.counts.forecast == 6 + 2);
  CHECK(part.counts.feasible + part.counts.unfit == 8);
  CHECK(judged(s, 4, 7).counts.forecast == 3);  // two of the first platform, one of the second
  CHECK(judged(s, 3, 3).counts.forecast == 0);
}

TEST_CASE("taken is what came since the last time") {
  const Compared s(kAxes);
  Judge judge(s.compiled, true);
  judge.range(0, 2);
  CHECK(judge.take().counts.forecast == 2);
  judge.range(2, 3);
  const SweepPart later = judge.take();
  CHECK(later.done == Ranges{{2, 3}});
  CHECK(later.counts.forecast == 1);
  CHECK(later.rows.rows() == 1);
  CHECK(judge.take().counts.forecast == 0);
}

TEST_CASE("rows are kept if all are asked for, else the frontier alone") {
  const Compared s(kAxes);
  CHECK(judged(s, 0, 12, true).rows.rows() == 8);
  const SweepPart part = judged(s, 0, 12);
  CHECK(part.rows.rows() == 0);
  CHECK(part.frontier.size() > 0);
}

TEST_CASE("a requirement that one case meets fails all others, and counts them") {
  const Compared open(kAxes, "[apple-m1]");
  const SweepPart all = judged(open, 0, 6, true);
  const auto& energies = all.rows.column(Metric::energy);
  std::vector<double> sorted = energies;
  std::ranges::sort(sorted);
  REQUIRE(sorted[0] < sorted[1]);
  const auto bound = [&](const std::string& relation) {
    const Compared s(
        kAxes + "require: [energy " + relation + fmt::format(" {:.17g} J]\n", sorted[0]),
        "[apple-m1]");
    return judged(s, 0, 6);
  };
  const SweepPart one = bound("<=");
  CHECK(one.counts.feasible == 1);
  CHECK(one.counts.failed == std::vector<std::int64_t>{5});
  CHECK(one.nearest.empty());
  const SweepPart none = bound("<");
  CHECK(none.counts.feasible == 0);
  CHECK(none.counts.failed == std::vector<std::int64_t>{6});
  CHECK(none.nearest.size() == 6);
  CHECK(std::ranges::is_sorted(none.nearest));
  CHECK(none.nearest[0].missed == 0);  // just so missed: by no share of the bound
}

TEST_CASE("a requirement that holds for some cases is asked of those alone") {
  const Compared s(
      kAxes + "require: [{when: {platform.energy.idle: 2 W}, require: [latency <= 1 ns]}]\n",
      "[apple-m1]");
  const SweepPart part = judged(s, 0, 6);
  CHECK(part.counts.failed == std::vector<std::int64_t>{3});
  CHECK(part.counts.feasible == 3);
}

TEST_CASE("a metric that is not known meets no requirement, and cannot be compared") {
  const Compared required(kAxes + "require: [accuracy >= 1 %]\n", "[apple-m1]");
  const SweepPart failed = judged(required, 0, 6);
  CHECK(failed.counts.failed == std::vector<std::int64_t>{6});
  CHECK(failed.nearest.front().missed == HUGE_VAL);
  const Compared wanted(kAxes + "objectives: [max accuracy, min latency]\n", "[apple-m1]");
  const SweepPart unknown = judged(wanted, 0, 6);
  CHECK(unknown.counts.feasible == 6);
  CHECK(unknown.counts.unknown == 6);
  CHECK(unknown.counts.unknown_of == std::map<std::string, std::int64_t>{{"accuracy", 6}});
  CHECK(unknown.frontier.size() == 0);
}

TEST_CASE("impossible cases are counted by their reason") {
  const Compared s(kAxes + "set: {network.sequence: 8}\n", "[apple-m1]");
  const SweepPart part = judged(s, 0, 6);
  CHECK(part.counts.impossible == 6);
  CHECK(part.counts.forecast == 0);
  REQUIRE(part.counts.why_impossible.size() == 1);
  CHECK(part.counts.why_impossible.begin()->second == 6);
}

TEST_CASE("senses are those of the objectives") {
  const Scenario s = swept_scenario("objectives: [min latency, max accuracy]\n");
  CHECK(senses_of(s) == std::vector<Sense>{Sense::smaller, Sense::larger});
}
