#include "models/utilisation.hpp"

#include <doctest/doctest.h>

#include "models/predict.hpp"
#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

// One call of 1 ms with so many MACs, and bytes at each of the levels.
Prediction one_call(double macs, std::vector<double> bytes) {
  Prediction prediction;
  LayerPrediction layer;
  layer.macs = macs;
  layer.latency = Seconds::from_si(1e-3);
  for (const double count : bytes) layer.levels.push_back({Bytes::from_si(count), {}});
  prediction.layers = {layer};
  prediction.latency = layer.latency;
  return prediction;
}

Utilisation of(const Prediction& prediction, const Platform& platform) {
  return utilisation_of(prediction, platform, platform.engines[0], make::runtime());
}

TEST_CASE(
    "a core of 4 MACs a cycle at 1 GHz that does a million in a millisecond is used by 25 %") {
  CHECK(of(one_call(1e6, {0, 0}), make::platform()).simd == doctest::Approx(0.25));
  CHECK(of(one_call(4e6, {0, 0}), make::platform()).simd == doctest::Approx(1));
}

TEST_CASE("each call counts at the peak of its own precision") {
  auto platform = make::platform();
  platform.engines[0].macs_per_cycle[Precision::int8] = 16;
  auto prediction = one_call(1e6, {0, 0});
  prediction.layers.push_back(prediction.layers[0]);
  prediction.layers[1].precision = Precision::int8;
  prediction.latency = Seconds::from_si(2e-3);
  // 0.25 ms and 0.0625 ms at the peaks, of 2 ms.
  CHECK(of(prediction, platform).simd == doctest::Approx(0.15625));
}

TEST_CASE("cores that rest do not lower the share, cores in use do") {
  auto platform = make::platform();
  platform.engines[0].cores = {4, {}};
  auto prediction = one_call(1e6, {0, 0});
  CHECK(of(prediction, platform).simd == doctest::Approx(0.25));
  prediction.threads = 2;
  CHECK(of(prediction, platform).simd == doctest::Approx(0.125));
}

TEST_CASE("a bandwidth's share is bytes over bandwidth and latency") {
  // L1 gives 100 GB/s, DRAM 1 GB/s.
  const auto use = of(one_call(0, {1e7, 5e5}), make::platform());
  REQUIRE(use.levels.size() == 2);
  CHECK(use.levels[0] == doctest::Approx(0.1));
  CHECK(use.levels[1] == doctest::Approx(0.5));
}

TEST_CASE("caches serve what does not reach the memory behind them") {
  CHECK(of(one_call(0, {1000, 250}), make::platform()).caches == doctest::Approx(0.75));
  CHECK(of(one_call(0, {1000, 0}), make::platform()).caches == doctest::Approx(1));
  CHECK(of(one_call(0, {1000, 1000}), make::platform()).caches == doctest::Approx(0));
}

TEST_CASE("a memory that no cache stands before is no miss of a cache") {
  auto platform = make::platform();
  auto tightly_coupled = make::memory("TCM", 1000, 1e9);
  tightly_coupled.cached = false;
  platform.memory.insert(platform.memory.begin(), tightly_coupled);
  CHECK(of(one_call(0, {5000, 1000, 250}), platform).caches == doctest::Approx(0.75));
}

TEST_CASE("without a cache, or without traffic, there is no share of caches") {
  auto platform = make::platform();
  CHECK_FALSE(of(one_call(0, {0, 0}), platform).caches.has_value());
  platform.memory.erase(platform.memory.begin());
  CHECK_FALSE(of(one_call(0, {250}), platform).caches.has_value());
}

TEST_CASE("what takes no time uses nothing") {
  Prediction nothing;
  const auto use = of(nothing, make::platform());
  CHECK(use.simd == 0);
  CHECK(use.levels == std::vector<double>{0, 0});
}

TEST_CASE("predict states it: a product that DRAM bounds uses all of DRAM's bandwidth") {
  Workload workload;
  auto call = make::product(8, 8, 1000, {8, 8, 1});
  workload.buffers = {{"in", 32000, -1, 0, {}}, {"out", 256, 0, 1, {}}};
  call.inputs = {0};
  call.outputs = {1};
  workload.calls = {call};
  workload.weight_bytes = 32000;
  workload.plan = plan_memory(workload.buffers);
  const auto platform = make::platform();
  const auto prediction = predict(workload, platform, platform.engines[0], make::runtime());
  // 16 us of multiply-adds and 64,256 bytes in 64.256 us.
  CHECK(prediction.utilisation.simd == doctest::Approx(16 / 64.256));
  CHECK(prediction.utilisation.levels[1] == doctest::Approx(1));
}

}  // namespace
}  // namespace roofbeam
