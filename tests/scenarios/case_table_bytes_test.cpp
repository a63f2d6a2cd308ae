#include "scenarios/case_table_bytes.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/message_of.hpp"
#include "tests/scenarios/cases.hpp"

using namespace roofbeam;
using roofbeam::testing::case_table;
using roofbeam::testing::message_of;

namespace {

CaseTable sample() {
  CaseTable table =
      case_table({{"slim", "m1", 0.1 + 0.2, 1, 0.7, 0.2}, {"wide", "m7", 2, -0.0, NAN, 0.1, false}},
                 "latency <= 1 s, accuracy >= 60 %");
  table.scenario = "ship";
  table.title = "Which ships?";
  table.objectives = parse_objectives("latency, max accuracy");
  table.counts.all = 12;
  table.counts.unknown = 8;
  table.counts.failed = {1, 2};
  table.counts.why_impossible = {{"no int8", 3}, {"no runtime", 1}};
  table.counts.unknown_of = {{"accuracy", 1}};
  table.twins[1] = 4;
  return table;
}

}  // namespace

TEST_CASE("a table comes back from its bytes, to the bit of every number") {
  const CaseTable table = case_table_of_bytes(to_bytes(sample()));
  CHECK(to_bytes(table) == to_bytes(sample()));
  CHECK(table.scenario == "ship");
  CHECK(table.axes[1].values == std::vector<std::string>{"m1", "m7"});
  CHECK(table.text(0, 1) == "wide");
  CHECK(table.column(Metric::latency)[0] == 0.1 + 0.2);
  CHECK(std::signbit(table.column(Metric::energy)[1]));
  CHECK(std::isnan(table.column(Metric::accuracy)[1]));
  CHECK(table.objectives[1].sense == Sense::larger);
  CHECK(table.requirements[1].text == "accuracy >= 60 %");
  CHECK(table.counts.why_impossible.at("no int8") == 3);
  CHECK(table.counts.unknown == 8);
  CHECK(table.twins[1] == 4);
  CHECK(case_table_of_bytes(to_bytes(CaseTable{})).rows() == 0);
}

TEST_CASE("bytes that are cut short anywhere, or go on, are no table") {
  const std::string bytes = to_bytes(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto said = message_of([&] { return case_table_of_bytes(bytes.substr(0, size)); });
    REQUIRE(said.starts_with("these are not the cases that a sweep has kept: "));
  }
  CHECK(message_of([&] { return case_table_of_bytes(bytes + "x"); }) ==
        "these are not the cases that a sweep has kept: something follows them");
  CHECK(message_of([&] { return case_table_of_bytes("a,b\n1,2\n"); }) ==
        "these are not the cases that a sweep has kept: they begin otherwise");
}

TEST_CASE("bytes that are changed anywhere are a table or told so, never worse") {
  const std::string bytes = to_bytes(sample());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x81);
    (void)message_of([&] { return case_table_of_bytes(changed); });
  }
}
