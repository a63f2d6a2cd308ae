#include "scenarios/audit/stated.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace roofbeam::audit {
namespace {

Stated stated(const std::string& text) {
  const ParsedStated parsed = parse_stated(text);
  REQUIRE_MESSAGE(parsed.problem.empty(), parsed.problem);
  return parsed.stated;
}

TEST_CASE("a written number stands for all that round to it") {
  struct Row {
    const char* text;
    Kind kind;
    double low, value, high;
  };
  const Row rows[] = {
      {"3.50 ms", Kind::time, 3.495e-3, 3.5e-3, 3.505e-3},
      {"3.5 ms", Kind::time, 3.45e-3, 3.5e-3, 3.55e-3},
      {"128 ms", Kind::time, 127.5e-3, 128e-3, 128.5e-3},
      {"2,270,794", Kind::number, 2270793.5, 2270794, 2270794.5},
      {"2.27 M", Kind::number, 2.265e6, 2.27e6, 2.275e6},
      {"2.27 million", Kind::number, 2.265e6, 2.27e6, 2.275e6},
      {"1e-3", Kind::number, 0.5e-3, 1e-3, 1.5e-3},
      {"33 %", Kind::percent, 0.325, 0.33, 0.335},
      {"0.95 points", Kind::points, 0.00945, 0.0095, 0.00955},
      {"9.08x", Kind::ratio, 9.075, 9.08, 9.085},
      {"612.75 MFLOP", Kind::flops, 612.745e6, 612.75e6, 612.755e6},
      {"612.75 MFLOPs", Kind::flops, 612.745e6, 612.75e6, 612.755e6},
      {"50 GFLOPS", Kind::flops_per_second, 49.5e9, 50e9, 50.5e9},
      {"50 GFLOP/s", Kind::flops_per_second, 49.5e9, 50e9, 50.5e9},
      {"4 TOPS", Kind::flops_per_second, 3.5e12, 4e12, 4.5e12},
      {"25 GMAC/s", Kind::macs_per_second, 24.5e9, 25e9, 25.5e9},
      {"300 MMAC", Kind::macs, 299.5e6, 300e6, 300.5e6},
      {"180.3 FPS", Kind::per_second, 180.25, 180.3, 180.35},
      {"0.5 nJ", Kind::energy, 0.45e-9, 0.5e-9, 0.55e-9},
      {"0.5 nJ/MAC", Kind::energy_per_mac, 0.45e-9, 0.5e-9, 0.55e-9},
      {"480 MHz", Kind::frequency, 479.5e6, 480e6, 480.5e6},
      {"68.25 GB/s", Kind::bandwidth, 68.245e9, 68.25e9, 68.255e9},
      {"100 mW", Kind::power, 99.5e-3, 100e-3, 100.5e-3},
      {"~10 ms", Kind::time, 9e-3, 10e-3, 11e-3},
      {"4.22 .. 11.52 ms", Kind::time, 4.215e-3, 7.87e-3, 11.525e-3},
      {"62-70 %", Kind::percent, 0.615, 0.66, 0.705},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Stated number = stated(row.text);
    CHECK(number.kind == row.kind);
    CHECK(number.value == doctest::Approx(row.value));
    CHECK(number.range.low == doctest::Approx(row.low));
    CHECK(number.range.high == doctest::Approx(row.high));
    CHECK_FALSE(number.open);
  }
}

TEST_CASE("a limit leaves one side open") {
  const Stated below = stated("< 5 %");
  CHECK(below.open);
  CHECK(below.range.low == 0);
  CHECK(below.value == doctest::Approx(0.05));
  for (const char* text : {">= 4x", "4x+", "at least 4x", "4+x"}) {
    CAPTURE(text);
    const Stated above = stated(text);
    CHECK(above.open);
    CHECK(above.value == 4);
    CHECK(std::isinf(above.range.high));
  }
}

TEST_CASE("a sign is kept beside the number") {
  CHECK(stated("-0.95 %").sign == -1);
  CHECK(stated("\xE2\x88\x92"
               "0.95 %")
            .sign == -1);
  CHECK(stated("+9.7 %").sign == 1);
  CHECK(stated("9.7 %").sign == 0);
  CHECK(stated("-0.95 %").value == doctest::Approx(0.0095));
}

TEST_CASE("MB may mean two things, MiB one") {
  CHECK(stated("1 MB").binary == doctest::Approx(1.048576));
  CHECK(stated("1 KB").binary == doctest::Approx(1.024));
  CHECK(stated("1 MiB").binary == 1);
  CHECK(stated("1 MiB").value == 1048576);
  CHECK(stated("0.53 MB").any_range().low == doctest::Approx(525'000));
  CHECK(stated("0.53 MB").any_range().high == doctest::Approx(535'000 * 1.048576));
}

TEST_CASE("what is no number is said to be none") {
  CHECK(parse_stated("fast").problem ==
        "'fast' is not a number as reports write them: it must begin with a decimal number");
  CHECK(parse_stated("5 parsec").problem ==
        "'5 parsec' is not a number as reports write them: unknown unit 'parsec'");
  CHECK(parse_stated("5 .. 3 ms").problem ==
        "'5 .. 3 ms' is not a number as reports write them: a range ends with a larger number");
  for (const char* text : {"", "%", "1,2 ms", "1..", "inf", "1e999", "--3", "3 ms 4", "0x10"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_stated(text).problem.empty());
  }
  CHECK_FALSE(parse_stated(std::string(81, '1')).problem.empty());
}

TEST_CASE("values show three digits") {
  CHECK(show(Kind::flops_per_second, 175.07e9) == "175 GFLOP/s");
  CHECK(show(Kind::time, 12.255e-3) == "12.3 ms");
  CHECK(show(Kind::percent, 0.40625) == "40.6 %");
  CHECK(show(Kind::percent, 0.0135) == "1.35 %");
  CHECK(show(Kind::points, 0.0095) == "0.95 points");
  CHECK(show(Kind::ratio, 9.081) == "9.08x");
  CHECK(show(Kind::ratio, 20.583) == "20.58x");
  CHECK(show(Kind::bytes, 9.083e6) == "9.08 MB");
  CHECK(show(Kind::bytes, 712) == "712 B");
  CHECK(show(Kind::percent, Range{0.4, 0.412}) == "40.0 to 41.2 %");
  CHECK(show(Kind::time, Range{0.9e-3, 1.2e-3}) == "900 us to 1.20 ms");
  CHECK(show(Kind::ratio, Range{2, 2.001}) == "2.00x");
}

}  // namespace
}  // namespace roofbeam::audit
