#include <doctest/doctest.h>

#include "scenarios/readers/readers.hpp"
#include "tests/scenarios/samples.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::kBenchncnn;
using testing::message_of;
using testing::source;
using testing::with;

namespace {

Measurements read(const std::string& text) {
  return readers::read_benchncnn(source(text, "bench.txt"));
}

}  // namespace

TEST_CASE("each network is a measurement with the settings above it") {
  const auto found = read(kBenchncnn);
  REQUIRE(found.rows.size() == 2);
  const auto& first = found.rows[0];
  CHECK(first.network == "ncnn/squeezenet");
  CHECK(first.runtime == "ncnn CPU");
  CHECK(first.threads == 4);
  CHECK(first.precision.empty());
  CHECK(first.latency->si() == doctest::Approx(0.00268));
  CHECK(first.latency_kind == "min of 8");
  CHECK(first.notes == "avg=2.70; max=2.75; powersave=2");
  CHECK(first.place == "bench.txt:6");

  CHECK(found.rows[1].network == "ncnn/squeezenet");
  CHECK(found.rows[1].precision == "int8");
  CHECK(found.remarks ==
        std::vector<std::string>{"bench.txt: benchncnn prints neither the core nor the precision; "
                                 "ncnn computes in fp16 where the core can, but for the int8 "
                                 "networks"});
}

TEST_CASE("settings hold until the next block of them") {
  const auto found = read(kBenchncnn + with(kBenchncnn, "num_threads = 4", "num_threads = 1"));
  REQUIRE(found.rows.size() == 4);
  CHECK(found.rows[1].threads == 4);
  CHECK(found.rows[2].threads == 1);
}

TEST_CASE("on a GPU the device is the one that was chosen") {
  const std::string gpus =
      "[0 Radeon RX 6900 XT]  queueC=1[4]  queueG=0[1]  queueT=2[1]\n"
      "[0 Radeon RX 6900 XT]  bugsbn1=0  bugbilz=0  bugcopc=0  bugihfa=0\n"
      "[1 llvmpipe]  queueC=0[1]  queueG=0[1]  queueT=0[1]\n";
  const auto found = read(gpus + with(kBenchncnn, "gpu_device = -1", "gpu_device = 0"));
  CHECK(found.rows[0].runtime == "ncnn Vulkan");
  CHECK(found.rows[0].device == "Radeon RX 6900 XT");
  CHECK(read(gpus + kBenchncnn).rows[0].device.empty());
}

TEST_CASE("a network of one's own is called by its file's stem") {
  CHECK(read(with(kBenchncnn, "          squeezenet ", "models/mine.param ")).rows[0].network ==
        "ncnn/mine");
}

TEST_CASE("a time that is none is complained of") {
  CHECK(message_of([] { return read(with(kBenchncnn, "   2.68", "    inf")); }) ==
        "bench.txt:6:33: error: min: 'inf' is not a time in milliseconds\n"
        "              squeezenet  min =     inf  max =    2.75  avg =    2.70\n"
        "                                    ^\n"
        "  run benchncnn again with a loop_count of at least 1");
}

TEST_CASE("lines with min, max and avg make the output of benchncnn") {
  CHECK(readers::is_benchncnn(kBenchncnn));
  CHECK_FALSE(readers::is_benchncnn("loop_count = 8\nnum_threads = 4\n"));
  CHECK_FALSE(readers::is_benchncnn("x avg = 1 max = 2 min = 3\n"));
}
