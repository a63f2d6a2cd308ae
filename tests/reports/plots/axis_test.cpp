#include "reports/plots/axis.hpp"

#include <doctest/doctest.h>

using namespace roofbeam;

namespace {

using Ticks = std::vector<double>;

}  // namespace

TEST_CASE("the range of an axis is rounded out to one digit") {
  const LogAxis axis = log_axis(0.0034, 2.1);
  CHECK(axis.low == 0.003);
  CHECK(axis.high == 3);
  const LogAxis round = log_axis(0.003, 7e4);  // which are of one digit already
  CHECK(round.low == 0.003);
  CHECK(round.high == 7e4);
  CHECK(log_axis(9.5, 9.5).low == 9);
  CHECK(log_axis(9.5, 9.5).high == 10);
  CHECK(log_axis(5, 5).high == 10);  // one value has room, too
}

TEST_CASE("labels are denser where the range is short") {
  CHECK(log_axis(1, 30).ticks == Ticks{1, 2, 5, 10, 20});          // below 1.5 decades
  CHECK(log_axis(1, 40).ticks == Ticks{1, 3, 10, 30});             // above
  CHECK(log_axis(1, 300).ticks == Ticks{1, 3, 10, 30, 100, 300});  // below 2.5 decades
  CHECK(log_axis(1, 400).ticks == Ticks{1, 10, 100});              // above
  CHECK(log_axis(1, 1e8).ticks.size() == 9);                       // each of eight decades
  CHECK(log_axis(1, 2e8).ticks == Ticks{1, 100, 1e4, 1e6, 1e8});   // every other
}

TEST_CASE("bytes have labels at powers of two") {
  CHECK(log_axis(1000, 100'000, Prefixes::binary).low == 512);
  CHECK(log_axis(1024, 4096, Prefixes::binary).ticks == Ticks{1024, 2048, 4096});
  // Twelve doublings: every other one.
  CHECK(log_axis(1 << 10, 1 << 22, Prefixes::binary).ticks ==
        Ticks{1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22});
  CHECK(log_axis(4096, 4096, Prefixes::binary).high == 8192);
}

TEST_CASE("labels carry their unit") {
  CHECK(tick_text(5e-4, "s") == "500 us");
  CHECK(tick_text(1e-3, "s") == "1 ms");
  CHECK(tick_text(1, "s") == "1 s");
  CHECK(tick_text(3000, "/s") == "3 k/s");
  CHECK(tick_text(65536, "B", Prefixes::binary) == "64 KiB");
  CHECK(tick_text(512, "B", Prefixes::binary) == "512 B");
  CHECK(tick_text(0.05, "") == "0.05");
  CHECK(tick_text(1e4, "") == "10000");
  CHECK(tick_text(2e4, "") == "20 k");
}

TEST_CASE("gnuplot is told scale, range, labels and the marks between them") {
  CHECK(axis_script("x", log_axis(1e-3, 5e-3), "s") ==
        "set logscale x\n"
        "set xrange [0.001:0.005]\n"
        "set xtics ('1 ms' 0.001, '2 ms' 0.002, '5 ms' 0.005, '' 0.003 1, '' 0.004 1)\n");
  // Five decades have no room for marks.
  CHECK(axis_script("y", log_axis(1, 1e5), "s") ==
        "set logscale y\n"
        "set yrange [1:100000]\n"
        "set ytics ('1 s' 1, '10 s' 10, '100 s' 100, '1 ks' 1000, '10 ks' 10000, '100 ks' "
        "100000)\n");
  CHECK(axis_script("x", log_axis(1024, 2048, Prefixes::binary), "B", Prefixes::binary) ==
        "set logscale x\nset xrange [1024:2048]\nset xtics ('1 KiB' 1024, '2 KiB' 2048)\n");
}
