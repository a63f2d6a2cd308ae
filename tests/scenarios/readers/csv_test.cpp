#include <doctest/doctest.h>

#include "scenarios/readers/readers.hpp"
#include "tests/scenarios/samples.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::kCsv;
using testing::message_of;
using testing::source;
using testing::with;

namespace {

Measurements read(const std::string& text) { return readers::read_csv(source(text, "rows.csv")); }
std::string complaint(const std::string& text) {
  return message_of([&] { return read(text); });
}

}  // namespace

TEST_CASE("a row has what its columns say, in SI units") {
  const auto found = read(kCsv);
  CHECK(found.remarks.empty());
  REQUIRE(found.rows.size() == 2);
  const auto& first = found.rows[0];
  CHECK(first.network == "ncnn/mobilenet");
  CHECK(first.device == "Pi 5");
  CHECK(first.core == "Cortex-A76");
  CHECK(first.clock == Hertz::from_si(2.4e9));
  CHECK(first.runtime == "ncnn CPU");
  CHECK(first.runtime_version == "20240102");
  CHECK(first.threads == 1);
  CHECK(first.precision == "fp16");
  CHECK(first.batch == 1);
  CHECK(first.latency == Seconds::from_si(0.0205));
  CHECK(first.latency_kind == "min");
  CHECK_FALSE(first.energy);
  CHECK_FALSE(first.peak_ram);
  CHECK(first.source == "table");
  CHECK(first.date == "2024-01-02");
  CHECK(first.notes == "avg=21, max=22; called \"fast\"");
  CHECK(first.place == "rows.csv:2");

  const auto& second = found.rows[1];
  CHECK(second.batch == 1);  // an empty cell
  CHECK(second.energy == Joules::from_si(0.00509));
  CHECK(second.peak_ram == Bytes::from_si(65536));
  CHECK(second.flash == Bytes::from_si(131584));
  CHECK(second.notes == "flag: odd");
}

TEST_CASE("columns stand in any order, others are left out, lines may end in CR LF") {
  const auto found =
      read("latency_ms,colour,network\r\n1.5,red,a\r\n\r\n2,\"two\r\nlines\",b\r\n3,,c");
  REQUIRE(found.rows.size() == 3);
  CHECK(found.rows[0].network == "a");
  CHECK(found.rows[1].latency == Seconds::from_si(0.002));
  CHECK(found.rows[1].place == "rows.csv:4");
  CHECK(found.rows[2].place == "rows.csv:6");
}

TEST_CASE("rows without a value and clocks that are several are remarked upon") {
  const auto found = read(
      "network,clock_mhz,latency_ms\n"
      "a,3700-4500,1\n"
      "b,2960/2420/1800,2\n"
      "c,2400,\n"
      "d,,3\n");
  REQUIRE(found.rows.size() == 3);
  CHECK_FALSE(found.rows[0].clock);
  CHECK(found.remarks == std::vector<std::string>{
                             "rows.csv: line 4 states neither latency nor energy; left out",
                             "rows.csv: lines 2, 3 state more than one clock; read as not stated"});
}

TEST_CASE("many lines are counted, and the first of them told") {
  std::string text = "network,latency_ms\n";
  for (int i = 0; i < 10; ++i) text += "a,\n";
  CHECK(read(text).remarks ==
        std::vector<std::string>{
            "rows.csv: lines 2, 3, 4 and 7 more state neither latency nor energy; left out"});
}

TEST_CASE("a network and a value are needed") {
  CHECK(complaint("device,threads,network_name\n") ==
        "rows.csv:1:1: error: column 'network' is missing\n"
        "    device,threads,network_name\n"
        "    ^\n"
        "  add it, with the networks' names\n"
        "rows.csv:1:1: error: columns 'latency_ms' and 'energy_mj' are both missing\n"
        "    device,threads,network_name\n"
        "    ^\n"
        "  add one of them");
  CHECK(complaint("network,latency_ms,network\n") ==
        "rows.csv:1:20: error: column 'network' stands here twice\n"
        "    network,latency_ms,network\n"
        "                       ^\n"
        "  keep one of them");
  CHECK(complaint("network;latency_ms\na;1,5\n") ==
        "rows.csv:1:1: error: semicolons stand between the columns\n"
        "    network;latency_ms\n"
        "    ^\n"
        "  separate columns by commas, and write numbers with a point");
}

TEST_CASE("a number is the whole cell") {
  CHECK(complaint("network,latency_ms,threads\na,12.3 ms,2\nb,1,two\nc,0,0\n") ==
        "rows.csv:2:3: error: latency_ms: '12.3 ms' is not a number\n"
        "    a,12.3 ms,2\n"
        "      ^\n"
        "  write a number such as 12.3, without a unit, or leave the cell empty\n"
        "rows.csv:3:5: error: threads: 'two' is not a whole number above zero\n"
        "    b,1,two\n"
        "        ^\n"
        "  write a number such as 4, or leave the cell empty\n"
        "rows.csv:4:3: error: latency_ms: '0' must be more than zero\n"
        "    c,0,0\n"
        "      ^\n"
        "  leave the cell empty if nothing was measured\n"
        "rows.csv:4:5: error: threads: '0' is not a whole number above zero\n"
        "    c,0,0\n"
        "        ^\n"
        "  write a number such as 4, or leave the cell empty");
  for (const std::string wrong : {"-1", "nan", "inf", "1e999", "0x10", "1,5", "1.5.2", "12 3"}) {
    CAPTURE(wrong);
    CHECK(complaint("network,latency_ms\na,\"" + wrong + "\"\n").find("is not a number") !=
          std::string::npos);
  }
  CHECK(complaint("network,latency_ms,clock_mhz\na,1,fast-slow\n") ==
        "rows.csv:2:5: error: clock_mhz: 'fast-slow' is not a number\n"
        "    a,1,fast-slow\n"
        "        ^\n"
        "  write a number such as 12.3, without a unit, or leave the cell empty");
}

TEST_CASE("a row has as many cells as the header, and a network") {
  CHECK(complaint("network,latency_ms\na,1,5\n,3\n") ==
        "rows.csv:2:1: error: this row has 3 cells, the header has 2\n"
        "    a,1,5\n"
        "    ^\n"
        "  put a text that holds a comma in quotes\n"
        "rows.csv:3:1: error: network: is empty\n"
        "    ,3\n"
        "    ^\n"
        "  write the network's name");
}

TEST_CASE("of more than ten complaints the first ten are told") {
  std::string text = "network,latency_ms\n";
  for (int i = 0; i < 13; ++i) text += "a,x\n";
  CHECK(complaint(text).ends_with("\nand 3 more errors"));
}

TEST_CASE("quotes are closed, and nothing but a comma follows them") {
  CHECK(complaint("network,latency_ms\n\"a,1\nb,2\n") ==
        "rows.csv:2:1: error: the quote that opens here is never closed\n"
        "    \"a,1\n"
        "    ^\n"
        "  close it; write a quote inside quotes twice");
  CHECK(complaint("network,latency_ms\n\"a\" b,1\n") ==
        "rows.csv:2:5: error: a comma was expected behind the closing quote\n"
        "    \"a\" b,1\n"
        "        ^\n"
        "  write a quote inside quotes twice");
}

TEST_CASE("a header with one of our columns makes a CSV file") {
  CHECK(readers::is_csv(kCsv));
  CHECK(readers::is_csv("latency_ms,device\n"));
  CHECK(readers::is_csv("\"network\",\"latency_ms\"\n"));
  CHECK(readers::is_csv("time [us],note: any, network\r\n"));
  CHECK_FALSE(readers::is_csv("device,threads\n"));
  CHECK_FALSE(readers::is_csv("network\n"));
  CHECK_FALSE(readers::is_csv("- {network: a, latency: 1 ms}\n"));
  CHECK_FALSE(readers::is_csv(""));
}
