#include "reports/case_settings.hpp"

#include <doctest/doctest.h>

#include "tests/reports/swept.hpp"

using namespace roofbeam;
using namespace roofbeam::testing;

namespace {

struct Names {
  std::string all;
  std::string shortest;
};

// Of the first of these axes.
Names names(const std::vector<std::string>& axes) {
  CaseTable table;
  for (const auto& axis : axes) table.axes.push_back({axis, {}});
  return {short_axis_name(table, 0, false), short_axis_name(table, 0, true)};
}

void check(const std::vector<std::string>& axes, const std::string& all,
           const std::string& shortest) {
  CAPTURE(axes.front());
  CHECK(names(axes).all == all);
  CHECK(names(axes).shortest == shortest);
}

}  // namespace

TEST_CASE("an axis is called by the end of its path") {
  check({"network.precision"}, "precision", "precision");
  check({"platform.memory.DRAM.bandwidth"}, "DRAM.bandwidth", "bandwidth");
  check({"platform.engines.0.clock"}, "engines.0.clock", "clock");
  check({"runtime.dispatch"}, "dispatch", "dispatch");
}

TEST_CASE("as much of the path is said as tells it from others") {
  check({"run.precision", "network.precision"}, "run.precision", "run.precision");
  check({"platform.memory.L2.bandwidth", "platform.memory.DRAM.bandwidth"}, "L2.bandwidth",
        "L2.bandwidth");
  check({"platform.engines.0.clock", "platform.engines.1.clock"}, "engines.0.clock", "0.clock");
  check({"run.batch", "network.batch_size"}, "batch", "batch");
  check({"run.batch", "batch"}, "run.batch", "run.batch");
}

TEST_CASE("names that are no paths stay whole") {
  check({"network"}, "network", "network");
  check({"power.mode"}, "power.mode", "power.mode");  // a bundle
  check({"bell\a"}, "bell?", "bell?");
}

TEST_CASE("axes at one value are said once, those that do not act not at all") {
  const CaseTable table = swept();
  CHECK(constants_text(table, {0, 1, 2}) == "All: network full, platform phone, run.batch 1");
  CHECK(constants_text(table, {3, 4}) == "All: platform board, run.batch 1");
  CaseTable none = table;
  none.axes.pop_back();
  CHECK(constants_text(none, {0, 4}).empty());
}

TEST_CASE("a value of 24 columns stands in the table, a longer one in the legend") {
  CaseTable table = swept();
  table.axes[2].values = {"123456789 123456789 1234", "123456789 123456789 12345"};
  const CaseSettings settings(table, {0, 2}, {2});
  const auto columns = settings.columns();
  REQUIRE(columns.size() == 2);
  CHECK(columns[0].cells == std::vector<std::string>{"0", "3"});
  CHECK(columns[1].cells == std::vector<std::string>{"123456789 123456789 1234", "#2"});
  FittedTable shown;
  CHECK(settings.legend(shown) ==
        std::vector<std::string>{"precision #2: 123456789 123456789 12345"});
  shown.left_out = {"precision"};
  CHECK(settings.legend(shown).empty());
}

TEST_CASE("of settings the last axis is left out first, and the number of the case stays") {
  Document document;
  add_settings(document, swept(), 0, 30);
  CHECK(document.text(30) ==
        R"(case  network  platform
   0  full     phone
   1  full     phone
   3  full     phone
   4  full     board
  14  slim     board

Left out to fit 30 columns:
  precision, bandwidth, batch.
)");
}
