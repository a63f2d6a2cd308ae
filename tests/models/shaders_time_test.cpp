// What `shaders`, `host` and `submit` do to the time of calls.
#include <doctest/doctest.h>

#include "models/roofline.hpp"
#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

// 64,000 MACs at 4 G/s in fp32 and 8 G/s in fp16; 1 GB/s of memory behind a cache.
struct OneCall {
  Workload workload;
  Engine engine = make::engine();
  Runtime runtime = make::runtime();
  Traffic traffic = {{0, 0}};
  std::vector<LevelRoof> roofs = {{10e9, true, true}, {1e9, false, false}};

  OneCall() {
    engine.kind = EngineKind::gpu;
    engine.macs_per_cycle[Precision::fp16] = 8;
    workload.calls = {make::product(8, 8, 1000, {8, 8, 1})};
    workload.calls[0].precision = Precision::fp16;
    runtime.shaders.emplace();
  }
  [[nodiscard]] CallTime time() const {
    return time_calls(workload, traffic, roofs, engine, runtime).front();
  }
};

TEST_CASE("shaders that calculate in fp32 gain no speed from fp16") {
  OneCall one;
  CHECK(one.time().compute_s == doctest::Approx(8e-6));
  one.runtime.shaders->arithmetic = Precision::fp32;
  CHECK(one.time().compute_s == doctest::Approx(16e-6));
}

TEST_CASE("on an architecture that the profile names, kernels reach their share") {
  OneCall one;
  one.runtime.shaders->architectures = {{"adreno", {0.25, {}}}};
  CHECK(one.time().compute_s == doctest::Approx(8e-6));
  one.engine.architecture = "mali";
  CHECK(one.time().compute_s == doctest::Approx(8e-6));
  one.engine.architecture = "adreno";
  CHECK(one.time().compute_s == doctest::Approx(32e-6));
}

TEST_CASE("idle lanes lengthen the compute time") {
  OneCall one;
  one.runtime.shaders->occupancy = {0.75, {}};  // one invocation on four lanes: a quarter is busy
  CHECK(one.time().compute_s == doctest::Approx(32e-6));
}

TEST_CASE("memory gives shaders their share of its bandwidth, and caches do not bound them") {
  OneCall one;
  one.traffic = {{1e6, 20e3}};
  CHECK(one.time().memory_s == doctest::Approx(20e-6));
  CHECK(one.time().latency_s == doctest::Approx(20e-6));
  one.runtime.shaders->bandwidth = {0.5, {}};
  CHECK(one.time().latency_s == doctest::Approx(40e-6));
  one.runtime.shaders.reset();
  CHECK(one.time().latency_s == doctest::Approx(100e-6));  // 1 MB through the cache
}

TEST_CASE("work is handed over once an inference, and twice more for each call on the host") {
  OneCall one;
  one.engine.submit = make::si<Seconds>(1e-3);
  one.engine.launch = make::si<Seconds>(1e-5);
  one.workload.calls.push_back(one.workload.calls[0]);
  one.workload.calls.push_back(one.workload.calls[0]);
  one.workload.calls[2].host = true;
  one.traffic = {{0, 0}, {0, 0}, {0, 0}};
  const auto times = time_calls(one.workload, one.traffic, one.roofs, one.engine, one.runtime);
  CHECK(times[0].overhead_s == doctest::Approx(1.01e-3));
  CHECK(times[1].overhead_s == doctest::Approx(0.01e-3));
  CHECK(times[2].overhead_s == doctest::Approx(2.01e-3));
}

}  // namespace
}  // namespace roofbeam
