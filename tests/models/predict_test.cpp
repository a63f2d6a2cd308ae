#include "models/predict.hpp"

#include <doctest/doctest.h>

#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

// One product of 8 x 8 x 1000: 64,000 MACs, 16 us of compute on 4 MACs a cycle at 1 GHz.
Workload one_product() {
  Workload workload;
  workload.network = "net";
  workload.runtime = "toy";
  auto call = make::product(8, 8, 1000, {8, 8, 1});
  workload.buffers = {{"in", 32000, -1, 0, {}}, {"out", 256, 0, 1, {}}};
  call.inputs = {0};
  call.outputs = {1};
  workload.calls = {call};
  workload.weight_bytes = 32000;
  workload.macs = call.macs;
  workload.plan = plan_memory(workload.buffers);
  return workload;
}

Prediction predict_on(const Platform& platform, const Workload& workload) {
  return predict(workload, platform, platform.engines[0], make::runtime());
}

TEST_CASE("a product is worked out by hand") {
  const auto prediction = predict_on(make::platform(), one_product());
  REQUIRE(prediction.layers.size() == 1);
  const auto& layer = prediction.layers[0];
  // DRAM: 32,000 in, 32,000 weights, 256 out at 1 GB/s.
  CHECK(layer.levels[1].bytes.si() == 64256);
  CHECK(layer.levels[1].time.si() == doctest::Approx(64.256e-6));
  CHECK(layer.compute.si() == doctest::Approx(16e-6));
  CHECK(layer.latency.si() == doctest::Approx(64.256e-6));
  CHECK(layer.bound == "DRAM");
  CHECK(prediction.bound == "DRAM");
  CHECK(prediction.bound_share == 1);
  CHECK(prediction.latency.si() == layer.latency.si());
  // 64,000 pJ + 64,256 x 10 pJ + 1 W x 64.256 us
  CHECK(prediction.energy.total().si() == doctest::Approx(64e-9 + 642.56e-9 + 64.256e-6));
}

TEST_CASE("four times the bandwidth leaves compute as the bound") {
  auto platform = make::platform();
  platform.memory[1].bandwidth = make::si<BytesPerSecond>(4.1e9);
  const auto prediction = predict_on(platform, one_product());
  CHECK(prediction.bound == "compute");
  CHECK(prediction.latency.si() == doctest::Approx(16e-6));
}

TEST_CASE("memory counts the arena and the weights that share it") {
  const auto prediction = predict_on(make::platform(), one_product());
  CHECK(prediction.arena.si() == 32256);
  CHECK(prediction.peak_memory.si() == 64256);
  CHECK(prediction.fits);
  CHECK(prediction.fits_reason == "activations 31.5 KiB in DRAM; weights 31.2 KiB in DRAM");
}

TEST_CASE("a memory that is one byte short does not fit") {
  auto platform = make::platform();
  platform.memory[1].size = make::si<Bytes>(64256);
  CHECK(predict_on(platform, one_product()).fits);
  platform.memory[1].size = make::si<Bytes>(64255);
  const auto prediction = predict_on(platform, one_product());
  CHECK_FALSE(prediction.fits);
  CHECK(prediction.fits_reason == "weights and activations need 62.8 KiB, DRAM has 62.7 KiB");
  REQUIRE(prediction.assumptions.size() == 1);
  CHECK(prediction.assumptions[0] ==
        "it does not fit: latency and energy are those of the same platform with enough memory");
}

TEST_CASE("weights in flash do not count as memory in use") {
  auto platform = make::platform();
  platform.memory[1].holds_weights = false;
  auto flash = make::memory("flash", 1e6, 1e9);
  flash.holds_activations = false;
  platform.memory.push_back(flash);
  const auto prediction = predict_on(platform, one_product());
  CHECK(prediction.peak_memory.si() == 32256);
  CHECK(prediction.weights_in.level == "flash");
  CHECK(prediction.layers[0].levels[2].bytes.si() == 32000);
}

TEST_CASE("activations go to the nearest memory that holds them all") {
  auto platform = make::platform();
  auto tcm = make::memory("DTCM", 32256, 10e9);
  tcm.holds_weights = false;
  tcm.cached = false;
  platform.memory.insert(platform.memory.begin() + 1, tcm);
  CHECK(predict_on(platform, one_product()).activations_in.level == "DTCM");
  platform.memory[1].size = make::si<Bytes>(32255);
  CHECK(predict_on(platform, one_product()).activations_in.level == "DRAM");
}

TEST_CASE("a power budget stretches the forecast and says so") {
  auto platform = make::platform();
  platform.budget = make::si<Watts>(0.5);
  const auto free = predict_on(make::platform(), one_product());
  const auto bound = predict_on(platform, one_product());
  CHECK(bound.throttle > 2);  // above 1 W, idle is nothing
  CHECK(bound.latency.si() == doctest::Approx(free.latency.si() * bound.throttle));
  CHECK(bound.energy.total().si() == doctest::Approx(free.energy.total().si()));
  CHECK(bound.average_power().si() == doctest::Approx(0.5));
  CHECK_FALSE(bound.assumptions.empty());
}

TEST_CASE("the same question has the same answer, bit for bit") {
  const auto a = predict_on(make::platform(), one_product());
  const auto b = predict_on(make::platform(), one_product());
  CHECK(a.latency.si() == b.latency.si());
  CHECK(a.energy.total().si() == b.energy.total().si());
}

TEST_CASE("an empty network takes no time") {
  Workload workload;
  const auto prediction = predict_on(make::platform(), workload);
  CHECK(prediction.latency.si() == 0);
  CHECK(prediction.bound.empty());
  CHECK(prediction.fits);
}

}  // namespace
}  // namespace roofbeam
