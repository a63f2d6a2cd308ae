// Peaks that follow from the descriptors beside those that micro-benchmarks measured.
#include <doctest/doctest.h>

#include "platforms/platform.hpp"

namespace roofbeam {
namespace {

struct Peak {
  const char* platform;
  const char* engine;
  const char* clock;  // of the measured chip
  Precision precision;
  double gmacs;  // measured, one core; half of the GFLOP/s or GOP/s
};

// cpufp of pigirons (commit 93e165ea), its result files for arm64, x64 and loongarch.
constexpr Peak kMeasured[] = {
    {"raspberry-pi-4", "cpu", "1.5 GHz", Precision::fp32, 5.98},
    {"raspberry-pi-5", "cpu", "2.4 GHz", Precision::fp32, 19.18},
    {"raspberry-pi-5", "cpu", "2.4 GHz", Precision::fp16, 38.37},
    {"raspberry-pi-5", "cpu", "2.4 GHz", Precision::int8, 76.74},
    {"rk3588", "big", "2.4 GHz", Precision::fp32, 19.0},
    {"rk3588", "big", "2.4 GHz", Precision::int8, 76.05},
    {"rk3588", "little", "1.8 GHz", Precision::fp32, 7.30},
    {"rk3588", "little", "1.8 GHz", Precision::fp16, 14.6},
    {"rk3588", "little", "1.8 GHz", Precision::int8, 29.2},
    {"rk3399", "big", "1.8 GHz", Precision::fp32, 7.17},
    {"rk3399", "little", "1.42 GHz", Precision::fp32, 5.63},
    {"cix-p1", "big", "2.5 GHz", Precision::fp32, 19.99},
    {"cix-p1", "big", "2.5 GHz", Precision::fp16, 39.97},
    {"cix-p1", "big", "2.5 GHz", Precision::int8, 159.8},
    {"cix-p1", "little", "1.8 GHz", Precision::fp32, 7.18},
    {"cix-p1", "little", "1.8 GHz", Precision::int8, 57.4},
    {"kunpeng-920", "cpu", "2.6 GHz", Precision::fp32, 20.8},
    {"kunpeng-920", "cpu", "2.6 GHz", Precision::fp16, 41.6},
    {"kunpeng-920", "cpu", "2.6 GHz", Precision::int8, 83.2},
    {"phytium-e2000", "cpu", "2.3 GHz", Precision::fp32, 9.19},
    {"snapdragon-x-elite", "cpu", "4 GHz", Precision::fp32, 63.6},
    {"snapdragon-x-elite", "cpu", "4 GHz", Precision::int8, 260},
    {"loongson-3a5000", "cpu", "2 GHz", Precision::fp32, 15.94},
    {"spacemit-k1", "cpu", "2 GHz", Precision::fp32, 15.98},
    {"kaixian-kx-6640ma", "cpu", "2.6 GHz", Precision::fp32, 10.37},
    {"ryzen-9-7950x", "cpu", "5.1 GHz", Precision::fp32, 81.8},
    {"ryzen-9-7950x", "cpu", "5.1 GHz", Precision::int8, 324},
    {"xeon-8573c", "cpu", "3.6 GHz", Precision::fp32, 115},
    {"xeon-8573c", "cpu", "3.9 GHz", Precision::int8, 499},
    {"apple-m1", "p-cluster", "3.2 GHz", Precision::fp32, 50.35},
};

TEST_CASE("the peak of one core is the one that was measured, within 3 %") {
  for (const Peak& row : kMeasured) {
    CAPTURE(row.platform);
    CAPTURE(row.engine);
    CAPTURE(to_text(row.precision));
    const std::string clock = std::string("engines.") + row.engine + ".clock";
    const Platform platform = load_platform(row.platform, {{clock, row.clock}});
    const MacsPerSecond peak = platform.engine(row.engine).peak(row.precision, 1);
    CHECK(peak.si() / 1e9 == doctest::Approx(row.gmacs).epsilon(0.03));
  }
}

}  // namespace
}  // namespace roofbeam
