#include "core/quantity/text.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace roofbeam {
namespace {

double number_in(double value) { return value; }
template <class Q>
double number_in(Q value) {
  return value.si();
}

struct Read {
  std::string text;
  double si;
};

template <class Q>
void check_reads(const std::vector<Read>& rows) {
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto parsed = parse_quantity<Q>(row.text);
    CHECK(parsed.problem == "");
    CHECK(std::abs(number_in(parsed.value) - row.si) <= 1e-15 * row.si);
  }
}

TEST_CASE("every unit of every quantity is read") {
  check_reads<double>({{"0.75", 0.75}, {"88.48 %", 0.8848}, {"50%", 0.5}, {"4", 4}});
  check_reads<Seconds>(
      {{"2 s", 2}, {"2 ms", 2e-3}, {"2 us", 2e-6}, {"2 ns", 2e-9}, {"2 ps", 2e-12}});
  check_reads<Hertz>({{"3 Hz", 3}, {"3 kHz", 3e3}, {"480 MHz", 480e6}, {"3.2 GHz", 3.2e9}});
  check_reads<Bytes>({{"7 B", 7}, {"7 kB", 7e3}, {"7 MB", 7e6}, {"7 GB", 7e9}, {"7 TB", 7e12}});
  check_reads<Bytes>({{"1 KiB", 1024}, {"12 MiB", 12582912}, {"1 GiB", 1073741824}});
  check_reads<Bytes>({{"1 TiB", 1099511627776}});
  check_reads<BytesPerSecond>({{"1 B/s", 1}, {"1 kB/s", 1e3}, {"1 MB/s", 1e6}, {"1 TB/s", 1e12}});
  check_reads<BytesPerSecond>({{"68.25 GB/s", 68.25e9}, {"1 KiB/s", 1024}, {"1 MiB/s", 1048576}});
  check_reads<BytesPerSecond>({{"1 GiB/s", 1073741824}, {"1 TiB/s", 1099511627776}});
  check_reads<Joules>({{"5 J", 5}, {"5 mJ", 5e-3}, {"5 uJ", 5e-6}, {"5 nJ", 5e-9}});
  check_reads<Joules>({{"0.4 pJ", 0.4e-12}, {"5 fJ", 5e-15}});
  check_reads<Watts>({{"5 W", 5}, {"5 kW", 5e3}, {"100 mW", 0.1}, {"5 uW", 5e-6}});
  check_reads<MacsPerSecond>({{"1 MAC/s", 1}, {"1 kMAC/s", 1e3}, {"1 MMAC/s", 1e6}});
  check_reads<MacsPerSecond>({{"100 GMAC/s", 100e9}, {"1 TMAC/s", 1e12}});
}

TEST_CASE("a stated bandwidth is absolute or follows a clock") {
  const Hertz clock = Hertz::from_si(2e9);
  const auto at_clock = [&](const char* text) {
    return parse_quantity<StatedBandwidth>(text).value.at(clock).si();
  };
  CHECK(at_clock("68.25 GB/s") == 68.25e9);
  CHECK(at_clock("32 B/cycle") == 64e9);
  CHECK(at_clock(" 0.5B/cycle ") == 1e9);
  CHECK(parse_quantity<StatedBandwidth>("32 KiB/cycle").problem ==
        "'32 KiB/cycle' is not a bandwidth: unknown unit 'KiB/cycle'; did you mean 'B/cycle'?");
  CHECK(parse_quantity<StatedBandwidth>("-1 B/cycle").problem ==
        "'-1 B/cycle' is not a bandwidth: it must not be negative");
  CHECK(parse_quantity<BytesPerSecond>("32 B/cycle").problem ==
        "'32 B/cycle' is not a bandwidth: unknown unit 'B/cycle'");
}

TEST_CASE("an energy per byte or multiply-add may leave the denominator to be understood") {
  check_reads<JoulesPerByte>({{"4 J/B", 4}, {"4 mJ/B", 4e-3}, {"4 uJ/B", 4e-6}, {"4 nJ/B", 4e-9}});
  check_reads<JoulesPerByte>({{"4 pJ/B", 4e-12}, {"4 fJ/B", 4e-15}});
  check_reads<JoulesPerByte>({{"4 J", 4}, {"4 mJ", 4e-3}, {"4 uJ", 4e-6}, {"4 nJ", 4e-9}});
  check_reads<JoulesPerByte>({{"4 pJ", 4e-12}, {"4 fJ", 4e-15}, {"4 \xC2\xB5J/B", 4e-6}});
  check_reads<JoulesPerMac>({{"4 J/MAC", 4}, {"4 mJ/MAC", 4e-3}, {"4 uJ/MAC", 4e-6}});
  check_reads<JoulesPerMac>({{"4 nJ/MAC", 4e-9}, {"4 pJ/MAC", 4e-12}, {"4 fJ/MAC", 4e-15}});
  check_reads<JoulesPerMac>({{"4 J", 4}, {"4 mJ", 4e-3}, {"4 uJ", 4e-6}, {"4 nJ", 4e-9}});
  check_reads<JoulesPerMac>({{"4 pJ", 4e-12}, {"4 fJ", 4e-15}});
}

TEST_CASE("spaces are free, zero is a number, and micro has three spellings") {
  check_reads<Hertz>(
      {{"3.2GHz", 3.2e9}, {"  3.2\t GHz ", 3.2e9}, {".5 GHz", 5e8}, {"1e3 Hz", 1e3}});
  check_reads<Seconds>({{"0 s", 0}, {"2.5 \xC2\xB5s", 2.5e-6}, {"2.5 \xCE\xBCs", 2.5e-6}});
  check_reads<Joules>({{"3 \xC2\xB5J", 3e-6}, {"3 \xCE\xBCJ", 3e-6}});
  check_reads<Watts>({{"3 \xC2\xB5W", 3e-6}, {"3 \xCE\xBCW", 3e-6}});
}

struct Refused {
  std::string text;
  std::string problem;
};

template <class Q>
void check_refused(const std::vector<Refused>& rows) {
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto parsed = parse_quantity<Q>(row.text);
    CHECK(parsed.problem == row.problem);
    CHECK(number_in(parsed.value) == 0);
  }
}

TEST_CASE("what is not wholly a number and a unit is refused with the reason") {
  check_refused<Hertz>({
      {"", "'' is not a frequency: it must begin with a decimal number"},
      {"GHz", "'GHz' is not a frequency: it must begin with a decimal number"},
      {"480", "'480' is not a frequency: its unit is missing"},
      {"480 Mhz", "'480 Mhz' is not a frequency: unknown unit 'Mhz'; did you mean 'MHz'?"},
      {"480 MB", "'480 MB' is not a frequency: unknown unit 'MB'"},
      {"480 KB", "'480 KB' is not a frequency: unknown unit 'KB'"},
      {"2.4 GHz 3", "'2.4 GHz 3' is not a frequency: unknown unit 'GHz 3'"},
      {"2,4 GHz", "'2,4 GHz' is not a frequency: unknown unit ',4 GHz'"},
      {"+2 GHz", "'+2 GHz' is not a frequency: it must begin with a decimal number"},
      {"-2 GHz", "'-2 GHz' is not a frequency: it must not be negative"},
      {"-0 GHz", "'-0 GHz' is not a frequency: it must not be negative"},
      {"NaN", "'NaN' is not a frequency: it must begin with a decimal number"},
      {"-nan Hz", "'-nan Hz' is not a frequency: it must begin with a decimal number"},
      {"inf Hz", "'inf Hz' is not a frequency: it must begin with a decimal number"},
      {"-inf Hz", "'-inf Hz' is not a frequency: it must begin with a decimal number"},
      {"1e400 Hz", "'1e400 Hz' is not a frequency: its number is out of range"},
      {"1e308 GHz", "'1e308 GHz' is not a frequency: its number is out of range"},
      {"0x10 Hz", "'0x10 Hz' is not a frequency: unknown unit 'x10 Hz'"},
      {"1_000 Hz", "'1_000 Hz' is not a frequency: unknown unit '_000 Hz'"},
      {"88 %", "'88 %' is not a frequency: unknown unit '%'"},
      {". Hz", "'. Hz' is not a frequency: it must begin with a decimal number"},
  });
}

TEST_CASE("a sign, a word or a grouping is no part of a number") {
  check_refused<Seconds>({
      {" ", "' ' is not a time: it must begin with a decimal number"},
      {"+3 s", "'+3 s' is not a time: it must begin with a decimal number"},
      {"-3 s", "'-3 s' is not a time: it must not be negative"},
      {"NaN s", "'NaN s' is not a time: it must begin with a decimal number"},
      {"inf s", "'inf s' is not a time: it must begin with a decimal number"},
      {"0x10", "'0x10' is not a time: unknown unit 'x10'"},
      {"3", "'3' is not a time: its unit is missing"},
  });
}

TEST_CASE("a number too small to hold is refused, not read as zero") {
  check_refused<Joules>({
      {"1e-400 J", "'1e-400 J' is not an energy: its number is out of range"},
      {"1e-320 fJ", "'1e-320 fJ' is not an energy: its number is out of range"},
  });
  check_reads<Joules>({{"1e-290 fJ", 1e-305}, {"0 fJ", 0}, {"0e9 fJ", 0}});
}

TEST_CASE("an energy per byte is not one per multiply-add") {
  check_refused<JoulesPerByte>({
      {"4 pJ/MAC", "'4 pJ/MAC' is not an energy per byte: unknown unit 'pJ/MAC'"},
  });
  check_refused<JoulesPerMac>({
      {"4 pJ/B", "'4 pJ/B' is not an energy per multiply-add: unknown unit 'pJ/B'"},
  });
}

TEST_CASE("units of sizes are told apart by their case") {
  check_refused<Bytes>({
      {"12", "'12' is not a size: its unit is missing"},
      {"1_000 B", "'1_000 B' is not a size: unknown unit '_000 B'"},
      {"12 MiB extra", "'12 MiB extra' is not a size: unknown unit 'MiB extra'"},
      {"12 KB",
       "'12 KB' is not a size: unknown unit 'KB': write kB (1000 bytes) or KiB (1024 bytes)"},
      {"12 mib", "'12 mib' is not a size: unknown unit 'mib'; did you mean 'MiB'?"},
      {"12 bytes", "'12 bytes' is not a size: unknown unit 'bytes'"},
  });
  check_refused<BytesPerSecond>({
      {"12 KB/s",
       "'12 KB/s' is not a bandwidth: unknown unit 'KB/s': write kB/s (1000 bytes) or KiB/s (1024 "
       "bytes)"},
      {"12 GB", "'12 GB' is not a bandwidth: unknown unit 'GB'"},
  });
}

TEST_CASE("a number without dimension takes no unit but the percent sign") {
  check_refused<double>({
      {"1e400", "'1e400' is not a number: its number is out of range"},
      {"0.5 pJ", "'0.5 pJ' is not a number: unknown unit 'pJ'"},
      {"half", "'half' is not a number: it must begin with a decimal number"},
  });
}

TEST_CASE("every quantity says what is expected of it") {
  CHECK(expectation<double>() == "a number such as 0.75");
  CHECK(expectation<Seconds>() == "a time such as 2.5 us");
  CHECK(expectation<Hertz>() == "a frequency such as 3.2 GHz");
  CHECK(expectation<Bytes>() == "a size such as 12 MiB");
  CHECK(expectation<BytesPerSecond>() == "a bandwidth such as 68.25 GB/s");
  CHECK(expectation<StatedBandwidth>() == "a bandwidth such as 68.25 GB/s or 32 B/cycle");
  CHECK(expectation<Joules>() == "an energy such as 0.4 pJ");
  CHECK(expectation<Watts>() == "a power such as 5 W");
  CHECK(expectation<JoulesPerByte>() == "an energy per byte such as 4 pJ/B");
  CHECK(expectation<JoulesPerMac>() == "an energy per multiply-add such as 4 pJ/MAC");
  CHECK(expectation<MacsPerSecond>() == "a rate of multiply-adds such as 100 GMAC/s");
}

struct Written {
  double si;
  std::string text;
};

template <class Q>
void check_writes(const std::vector<Written>& rows) {
  for (const auto& row : rows) {
    CAPTURE(row.si);
    CHECK(to_text(Q::from_si(row.si)) == row.text);
  }
}

TEST_CASE("text has three significant digits in the unit that fits") {
  CHECK(to_text(Joules::from_si(std::nan(""))) == "unknown");
  check_writes<Seconds>({{0, "0 s"}, {0.0035, "3.50 ms"}, {2.5e-6, "2.50 us"}, {42e-9, "42.0 ns"}});
  check_writes<Seconds>({{512e-12, "512 ps"}, {1, "1.00 s"}, {7200, "7200 s"}, {-0.25, "-250 ms"}});
  check_writes<Hertz>(
      {{480e6, "480 MHz"}, {3.2e9, "3.20 GHz"}, {50, "50.0 Hz"}, {1e3, "1.00 kHz"}});
  check_writes<Bytes>({{12582912, "12.0 MiB"}, {524288, "512 KiB"}, {96, "96.0 B"}, {0, "0 B"}});
  check_writes<Bytes>({{1610612736, "1.50 GiB"}, {1099511627776, "1.00 TiB"}});
  check_writes<BytesPerSecond>({{68.25e9, "68.2 GB/s"}, {1.5e12, "1.50 TB/s"}, {3e6, "3.00 MB/s"}});
  check_writes<Joules>(
      {{0.4e-12, "400 fJ"}, {1.8e-3, "1.80 mJ"}, {5e-6, "5.00 uJ"}, {2, "2.00 J"}});
  check_writes<Watts>({{5, "5.00 W"}, {0.152, "152 mW"}, {1200, "1.20 kW"}, {3e-6, "3.00 uW"}});
  check_writes<MacsPerSecond>({{1.28e11, "128 GMAC/s"}, {2.6e12, "2.60 TMAC/s"}});
  check_writes<Macs>({{300774272, "301 M"}, {0, "0"}, {640, "640"}});
}

TEST_CASE("rounding carries over into the next unit") {
  check_writes<Seconds>({{999.4e-6, "999 us"}, {999.5e-6, "1.00 ms"}, {999.6e-6, "1.00 ms"}});
  check_writes<Seconds>(
      {{9.994, "9.99 s"}, {9.996, "10.0 s"}, {99.94, "99.9 s"}, {99.96, "100 s"}});
  check_writes<Bytes>({{1023, "1023 B"}, {1023.6, "1.00 KiB"}, {1024, "1.00 KiB"}});
  check_writes<Bytes>({{1048576 - 1024, "1023 KiB"}, {1048575, "1.00 MiB"}});
  check_writes<Bytes>({{1023.4 * 1024, "1023 KiB"}, {1023.9 * 1024, "1.00 MiB"}});
}

TEST_CASE("below the smallest unit nothing but zero reads as zero") {
  check_writes<Bytes>({{0.25, "0.250 B"}, {0.9996, "1.00 B"}, {0.997, "0.997 B"}});
  check_writes<Seconds>({{4e-16, "0.000400 ps"}, {5e-324, "4.94e-312 ps"}});
}

TEST_CASE("no time from a picosecond to an hour shows a thousand of a unit that has a larger one") {
  for (double value = 1e-12; value < 3600; value *= 1.0037) {
    CAPTURE(value);
    const auto text = to_text(Seconds::from_si(value));
    const bool is_seconds = text.ends_with(" s");
    CHECK((is_seconds || text.find(' ') <= 4));
    CHECK((is_seconds || !text.starts_with("1000")));
    const auto back = parse_quantity<Seconds>(text);
    CHECK(back.problem == "");
    CHECK(std::abs(back.value.si() - value) <= 0.00501 * value);
  }
}

TEST_CASE("counts take a prefix from a thousand on") {
  const std::vector<Written> rows = {
      {0, "0"},
      {7, "7"},
      {999, "999"},
      {999.5, "1.00 k"},
      {3504872, "3.50 M"},
      {3487000, "3.49 M"},
      {4.1e9, "4.10 G"},
      {-2000, "-2.00 k"},
      {999.4, "999"},
      {0.6, "1"},
      {-0.6, "-1"},
      {-0.4, "0"},
      {-0.0, "0"},
      {15.5e12, "15.5 T"},
  };
  for (const auto& row : rows) CHECK(with_prefix(row.si) == row.text);
}

TEST_CASE("whole numbers are grouped by threes") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(3504872) == "3,504,872");
  CHECK(grouped(-1234567) == "-1,234,567");
  CHECK(grouped(-999) == "-999");
}

}  // namespace
}  // namespace roofbeam
