#include "platforms/platform.hpp"

#include <doctest/doctest.h>

#include "tests/platforms/support.hpp"

namespace roofbeam {
namespace {

using doctest::Approx;
using testing::message_of;

// Peaks as published: platform, engine, precision, cores, GMAC/s (half of GFLOPS).
struct Peak {
  const char* platform;
  const char* engine;
  Precision precision;
  int cores;
  double gmacs;
};

TEST_CASE("peaks follow from units x lanes x clock and equal the published figures") {
  const Peak peaks[] = {
      {"apple-m1", "p-cluster", Precision::fp32, 1, 51.264},  // 102.5 GFLOPS
      {"apple-m1", "p-cluster", Precision::fp16, 1, 102.528},
      {"apple-m1", "p-cluster", Precision::int8, 1, 205.056},  // 410.1 GOPS
      {"apple-m1", "p-cluster", Precision::fp32, 4, 205.056},
      {"apple-m1", "e-cluster", Precision::fp32, 1, 16.512},  // 33.0 GFLOPS
      {"apple-m1", "e-cluster", Precision::int8, 1, 66.048},
      {"apple-m1", "gpu", Precision::fp32, 8, 1308.672},  // 2617 GFLOPS
      {"apple-m1", "gpu", Precision::fp16, 8, 1308.672},
      {"cortex-a78", "cpu", Precision::fp32, 1, 19.36},  // 38.7 GFLOPS
      {"cortex-a78", "cpu", Precision::fp16, 1, 38.72},
      {"cortex-a78", "cpu", Precision::int8, 1, 77.44},  // 154.9 GOPS
      {"cortex-a78", "cpu", Precision::int8, 3, 232.32},
      {"cortex-m7", "cpu", Precision::int16, 1, 0.96},
      {"cortex-m7", "cpu", Precision::int8, 1, 0.96},
      {"cortex-m7", "cpu", Precision::fp32, 1, 0.48},  // 0.96 GFLOPS
      {"stm32f746", "cpu", Precision::int16, 1, 0.432},
      {"stm32h7a3", "cpu", Precision::int16, 1, 0.56},
      {"xbox-series-s", "gpu", Precision::fp32, 20, 2003.2},  // 4.006 TFLOPS
      {"xbox-series-s", "gpu", Precision::fp16, 20, 4006.4},
      {"xbox-series-s", "gpu", Precision::int8, 20, 8012.8},   // 16.03 TOPS
      {"xbox-series-s", "gpu", Precision::int4, 20, 16025.6},  // 32.05 TOPS
      {"xbox-series-s", "cpu", Precision::fp32, 8, 460.8},     // 921.6 GFLOPS
  };
  for (const Peak& row : peaks) {
    const Platform platform = load_platform(row.platform);
    const MacsPerSecond peak = platform.engine(row.engine).peak(row.precision, row.cores);
    INFO(row.platform, " ", row.engine, " ", to_text(row.precision));
    CHECK(peak.si() == Approx(row.gmacs * 1e9));
  }
}

TEST_CASE("a precision without instructions has no peak") {
  CHECK(load_platform("apple-m1").engine("gpu").peak(Precision::int8, 8).si() == 0);
  CHECK_FALSE(load_platform("cortex-m7").engine("cpu").macs_per_cycle[Precision::fp16].has_value());
}

TEST_CASE("a level of each core grows with the cores; a shared one is bounded by what cores draw") {
  MemoryLevel level;
  level.size = {Bytes::from_si(1000), {}};
  level.bandwidth = {BytesPerSecond::from_si(100), {}};
  level.sustained = {0.5, {}};
  CHECK(level.bandwidth_for(1).si() == 50);
  CHECK(level.bandwidth_for(4).si() == 50);
  CHECK(level.size_for(4).si() == 1000);

  level.core_bandwidth = Sourced<BytesPerSecond>{BytesPerSecond::from_si(20), {}};
  CHECK(level.bandwidth_for(1).si() == 20);
  CHECK(level.bandwidth_for(2).si() == 40);
  CHECK(level.bandwidth_for(3).si() == 50);

  level.core_bandwidth.reset();
  level.per_core = true;
  CHECK(level.bandwidth_for(4).si() == 200);
  CHECK(level.size_for(4).si() == 4000);
}

TEST_CASE("each engine of the M1 has its own caches and shares SLC and DRAM") {
  const Platform m1 = load_platform("apple-m1");
  const auto names = [&](std::string_view engine) {
    std::string all;
    for (const MemoryLevel* level : m1.levels(m1.engine(engine))) all += level->name + " ";
    return all;
  };
  CHECK(names("p-cluster") == "P-L1 P-L2 SLC DRAM ");
  CHECK(names("e-cluster") == "E-L1 E-L2 SLC DRAM ");
  CHECK(names("gpu") == "GPU-L1 GPU-L2 SLC DRAM ");
}

TEST_CASE("no name means the first engine; an unknown one is an error with the nearest") {
  const Platform m1 = load_platform("apple-m1");
  CHECK(m1.engine("").name == "p-cluster");
  CHECK(message_of([&] { return m1.engine("e-clutser"); }) ==
        "platform 'apple-m1' has no engine 'e-clutser', did you mean 'e-cluster'?; its engines: "
        "p-cluster, e-cluster, gpu");
  CHECK(message_of([&] { return m1.engine("tensor"); }) ==
        "platform 'apple-m1' has no engine 'tensor'; its engines: p-cluster, e-cluster, gpu");
}

}  // namespace
}  // namespace roofbeam
