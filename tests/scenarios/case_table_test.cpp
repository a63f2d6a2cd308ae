#include "scenarios/case_table.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace roofbeam;

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// One axis `network` of a and b; a row is an index, a value and by how much it misses its bound.
struct Row {
  std::int64_t index;
  std::int32_t network;
  double missed;
  bool fits = true;
};

CaseTable table_of(const std::vector<Row>& rows, const std::string& reason = "fits L2") {
  CaseTable table;
  table.axes = {{"network", {"a", "b"}}};
  table.requirements = {parse_requirement("latency <= 1 ms")};
  table.values.resize(1);
  table.missed.resize(1);
  table.reasons = {reason};
  for (const Row& row : rows) {
    table.index.push_back(row.index);
    table.values[0].push_back(row.network);
    table.missed[0].push_back(row.missed);
    for (auto& column : table.metrics) column.push_back(static_cast<double>(row.index));
    table.latency_deviation.push_back(0.1);
    table.energy_deviation.push_back(0.2);
    table.fits.push_back(row.fits ? 1 : 0);
    table.fits_reason.push_back(0);
    table.on_frontier.push_back(0);
    table.twins.push_back(0);
  }
  return table;
}

}  // namespace

TEST_CASE("a case is feasible if it misses no requirement, knows what they need, and fits") {
  auto table = table_of({{0, 0, 0}, {1, 0, 0.01}, {2, 0, kUnknown}, {3, 0, 0, false}});
  CHECK(table.feasible(0));
  CHECK(!table.feasible(1));
  CHECK(!table.feasible(2));
  CHECK(!table.feasible(3));
  table.must_fit = false;
  CHECK(table.feasible(3));
}

TEST_CASE("an axis varies if its rows have more than one value; '-' is where it does not act") {
  const auto same = table_of({{0, 1, 0}, {1, 1, 0}});
  CHECK(same.varying().empty());
  const auto both = table_of({{0, CaseTable::kNone, 0}, {1, 1, 0}});
  CHECK(both.varying() == std::vector<std::size_t>{0});
  CHECK(both.text(0, 0) == "-");
  CHECK(both.text(0, 1) == "b");
  CHECK(both.axis("network") == &both.axes[0]);
  CHECK(both.axis("stage") == nullptr);
}

TEST_CASE("tables append in any order and come out the same once sorted") {
  const auto early = table_of({{0, 0, 0}, {2, 1, 0}}, "early");
  const auto late = table_of({{3, 0, 0}, {4, 1, 0}}, "late");
  auto one = early;
  one.append(late);
  one.sort_by_index();
  auto other = late;
  other.append(early);
  other.sort_by_index();
  CHECK(one.index == std::vector<std::int64_t>{0, 2, 3, 4});
  CHECK(one.index == other.index);
  CHECK(one.reasons == std::vector<std::string>{"early", "late"});
  CHECK(one.reasons == other.reasons);
  CHECK(one.fits_reason == other.fits_reason);
  CHECK(one.column(Metric::energy) == std::vector<double>{0, 2, 3, 4});
}

TEST_CASE("counts add up reason by reason") {
  CaseCounts counts;
  counts.why_impossible["no fp16"] = 2;
  counts.failed = {1};
  CaseCounts more;
  more.all = 3;
  more.why_impossible["no fp16"] = 1;
  more.failed = {1, 4};
  counts += more;
  CHECK(counts.all == 3);
  CHECK(counts.why_impossible["no fp16"] == 3);
  CHECK(counts.failed == std::vector<std::int64_t>{2, 4});
}
