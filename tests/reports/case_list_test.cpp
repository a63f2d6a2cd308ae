#include "reports/case_list.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/reports/swept.hpp"

using namespace roofbeam;
using namespace roofbeam::testing;

namespace {

// Cases of one network on the frontier of latency alone.
CaseTable fastest(const std::vector<double>& latencies) {
  CaseTable table = swept_axes("");
  table.axes = {{"network", {"a"}}};
  table.values.resize(1);
  table.objectives = parse_objectives("min latency");
  for (const double latency : latencies) {
    const auto index = static_cast<std::int64_t>(table.rows());
    add_case(table, {index, {0}, latency, 1, 1, 1, true});
  }
  return table;
}

std::string frontier_list(const CaseTable& table, const SweepShown& shown) {
  Document document;
  add_frontier(document, table, shown);
  return document.text(shown.width);
}

std::string nearest_list(const CaseTable& table, const SweepShown& shown) {
  Document document;
  add_nearest(document, table, shown);
  return document.text(shown.width);
}

// One case that misses a bound on the energy by so much.
std::string missing(double by) {
  CaseTable table = swept_axes("energy <= 1 J");
  table.objectives = parse_objectives("min energy");
  table.axes = {{"network", {"a"}}};
  table.values.resize(1);
  add_case(table, {0, {0}, 1, 1 + by, 1, 1});
  table.missed[0][0] = by;
  const std::string text = nearest_list(table, {});
  const auto begin = text.rfind('\n', text.size() - 2) + 1;
  return text.substr(begin, text.size() - begin - 1);
}

}  // namespace

TEST_CASE("a frontier of one case has no knee, and all of its settings are said once") {
  CHECK(frontier_list(fastest({0.001}), {}) ==
        R"(All: network a

case   latency   80 % interval  energy  memory
   0  1.00 ms*  880 us–1.14 ms  1.00 J  1.00 B

*: the best of the frontier.
)");
}

TEST_CASE("of more cases than are asked for the best are shown, and the knee wherever it is") {
  const std::string text = frontier_list(swept(), {.width = 80, .top = 1});
  CHECK(text.find("\n  14 ") != text.npos);
  CHECK(text.find("\n   3  knee +2 ") != text.npos);
  CHECK(text.find("\n   0 ") == text.npos);
  CHECK(text.find("\n1 more; --top shows them, --format csv has all.\n") != text.npos);
  CHECK(frontier_list(swept(), {.width = 80, .top = 3}).find(" more;") == text.npos);
}

TEST_CASE("all that are best are marked, of the whole frontier even where it is not shown") {
  CaseTable table = swept();
  table.metrics[static_cast<std::size_t>(Metric::accuracy)][2] = 0.72;  // case 3, like case 0
  const std::string text = frontier_list(table, {.width = 80, .top = 2});
  CHECK(text.find("72.00 %*") != text.npos);
  CHECK(text.find("60.00 %*") == text.npos);
}

TEST_CASE("what is missed is told in percent of the bound") {
  CHECK(missing(0.5) == "   0  1.50 J         50 %");
  CHECK(missing(0.001) == "   0  1.00 J        0.1 %");
  CHECK(missing(9.99) == "   0  11.0 J        999 %");
  CHECK(missing(10) == "   0  11.0 J      1,000 %");
  CHECK(missing(HUGE_VAL).ends_with("all of it"));
  CHECK(missing(std::nan("")).ends_with("unknown"));
}

TEST_CASE("of many cases that do not fit the first say why") {
  CaseTable table = swept_axes("");
  for (std::int64_t i = 0; i < 5; ++i) {
    add_case(table, {i, {0, 0, 0, 0, 0}, 1, 1, 1, 1, false, 0, false});
  }
  const std::string text = nearest_list(table, {});
  CHECK(text.find("Case 2 does not fit: weights need 3.38 MiB, flash has 2.00 MiB\n") != text.npos);
  CHECK(text.find("Case 3 does") == text.npos);
  CHECK(text.ends_with("\n2 more do not fit.\n"));
  table.must_fit = false;
  CHECK(nearest_list(table, {}).find("fit") == text.npos);
}

TEST_CASE("no case is asked for, none is shown") {
  CHECK(nearest_list(swept_in_vain(), {.top = 0}).empty());
}
