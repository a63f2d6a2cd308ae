#include "scenarios/case_csv.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using roofbeam::testing::Folder;
using roofbeam::testing::message_of;

namespace {

CaseTable read(const std::string& text) {
  const Folder folder;
  return read_case_csv(folder.file("cases.csv", text));
}

std::string complaint_about(const std::string& text) {
  const std::string said = message_of([&] { return read(text); });
  return said.substr(std::min(said.find("cases.csv"), said.size()));
}

}  // namespace

TEST_CASE("columns of metrics, deviations and axes are found by their names") {
  const CaseTable table = read(
      "case,network,platform,latency_s,accuracy,latency_deviation,fits,fits_reason,missed latency "
      "<= 5 ms,feasible,twins\n"
      "7,slim,m1,0.003,0.7,0.2,true,all in DRAM,0,true,0\n"
      "9,wide,,6e-3,,0.25,false,too large,0.2,false,0\n");
  CHECK(table.index == std::vector<std::int64_t>{7, 9});
  REQUIRE(table.axes.size() == 2);
  CHECK(table.axes[0].values == std::vector<std::string>{"slim", "wide"});
  CHECK(table.text(1, 0) == "m1");
  CHECK(table.text(1, 1) == "-");
  CHECK(table.column(Metric::latency) == std::vector<double>{0.003, 0.006});
  CHECK(std::isnan(table.column(Metric::accuracy)[1]));
  CHECK(std::isnan(table.column(Metric::energy)[0]));
  CHECK(table.latency_deviation == std::vector<double>{0.2, 0.25});
  CHECK(table.energy_deviation == std::vector<double>{0, 0});
  REQUIRE(table.requirements.size() == 1);
  CHECK(table.requirements[0].bound == 0.005);
  CHECK(table.missed[0] == std::vector<double>{0, 0.2});
  CHECK(table.feasible(0));
  CHECK_FALSE(table.feasible(1));
  CHECK(table.reasons[static_cast<std::size_t>(table.fits_reason[1])] == "too large");
  CHECK(table.counts.unfit == 1);
}

TEST_CASE("a metric's word may head cells with units; rows without a number count from 1") {
  const CaseTable table = read("chip,latency,memory,accuracy\na,3 ms,2 MiB,71.8 %\nb,0.004,,\n");
  CHECK(table.index == std::vector<std::int64_t>{1, 2});
  CHECK(table.column(Metric::latency) == std::vector<double>{0.003, 0.004});
  CHECK(table.column(Metric::memory)[0] == 2097152);
  CHECK(table.column(Metric::accuracy)[0] == doctest::Approx(0.718));
  CHECK(table.fits == std::vector<std::uint8_t>{1, 1});
}

TEST_CASE("a requirement that holds for some cases keeps its text") {
  const CaseTable table = read("latency_s,missed latency <= 5 ms (platform m7)\n1,0\n");
  CHECK(table.requirements[0].text == "latency <= 5 ms (platform m7)");
  CHECK(table.requirements[0].bound == 0.005);
}

TEST_CASE("wrong tables are told precisely") {
  CHECK(
      complaint_about("chip,ms\na,3\n") ==
      "cases.csv:1:1: error: there is no column of a metric\n"
      "    chip,ms\n"
      "    ^\n"
      "  name one as the sweep does (latency_s, energy_j, accuracy ...) or by its word (latency)");
  CHECK(complaint_about("latency_s,latency_s\n1,2\n") ==
        "cases.csv:1:11: error: column 'latency_s' stands here twice\n"
        "    latency_s,latency_s\n"
        "              ^\n"
        "  keep one of them");
  CHECK(complaint_about("latency_s,fits\n1,maybe\n") ==
        "cases.csv:2:3: error: 'maybe': expected true or false\n"
        "    1,maybe\n"
        "      ^");
  CHECK(complaint_about("latency_s,case\n1,one\n") ==
        "cases.csv:2:3: error: 'one' is not the number of a case\n"
        "    1,one\n"
        "      ^");
}
