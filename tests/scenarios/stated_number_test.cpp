#include "scenarios/stated_number.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

TEST_CASE("a number keeps its unit") {
  const auto bandwidth = parse_unit_number("68.25 GB/s");
  REQUIRE(bandwidth);
  CHECK(bandwidth->number == 68.25);
  CHECK(bandwidth->unit == "GB/s");
  CHECK(bandwidth->si == 1e9);
  CHECK(bandwidth->with(136.5) == "136.5 GB/s");
  CHECK(parse_unit_number("3")->with(4) == "4");
  CHECK(parse_unit_number("88 %")->si == 0.01);
}

TEST_CASE("what is no number with a known unit is none") {
  for (const char* text :
       {"", "cpu", "GB/s", "3 parsecs", "2 loads x 16 B", "3x3", "inf", "nan", "-5 W", "1e999"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_unit_number(text));
  }
}

TEST_CASE("a unit knows how it scales with time") {
  struct Row {
    const char* text;
    int exponent;
  };
  for (const Row& row :
       {Row{"2 us", 1}, Row{"3 GHz", -1}, Row{"4 GB/s", -1}, Row{"5 W", -1}, Row{"32 B/cycle", 0},
        Row{"0.5", 0}, Row{"12 MiB", 0}, Row{"4 pJ", 0}, Row{"4 pJ/MAC", 0}}) {
    CAPTURE(row.text);
    REQUIRE(parse_unit_number(row.text));
    CHECK(parse_unit_number(row.text)->time_exponent == row.exponent);
  }
}

TEST_CASE("only units of one quantity have the same dimension") {
  const auto same = [](const char* a, const char* b) {
    return parse_unit_number(a)->same_dimension(*parse_unit_number(b));
  };
  CHECK(same("1 GB/s", "20 MB/s"));
  CHECK(same("1", "20 %"));
  CHECK_FALSE(same("1 GB/s", "1 GB"));
  CHECK_FALSE(same("1 GB/s", "1 B/cycle"));
}

TEST_CASE("numbers are found at the paths that --set takes") {
  const auto root = config::parse(R"(
platform: board
title: 5 W
engines:
  - name: cpu
    cores: {value: 4, kind: datasheet, source: "3 of a kind"}
    clock: 1 GHz
memory:
  - {level: L1, per: core, size: 64 KiB}
kernels:
  - {match: {kernel: 3}, tile: {m: 8}, efficiency: 0.5}
)",
                                  "board.yaml");
  std::vector<std::string> paths;
  for (const StatedNumber& number : stated_numbers(root)) paths.push_back(number.path);
  CHECK(paths == std::vector<std::string>{"engines.cpu.cores", "engines.cpu.clock",
                                          "memory.L1.size", "kernels.0.efficiency"});
  CHECK(number_at(root, "engines.cpu.cores")->number == 4);
  CHECK_FALSE(number_at(root, "engines.gpu.cores"));
}

}  // namespace
}  // namespace roofbeam
