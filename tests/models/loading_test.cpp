#include "models/loading.hpp"

#include <doctest/doctest.h>

#include "models/predict.hpp"
#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

// Calls of 1 ms with so many bytes of weights each.
Prediction calls_with(const std::vector<double>& weights) {
  Prediction prediction;
  for (const double bytes : weights) {
    LayerPrediction layer;
    layer.weights = Bytes::from_si(bytes);
    layer.latency = Seconds::from_si(1e-3);
    prediction.layers.push_back(layer);
    prediction.weights += layer.weights;
    prediction.latency += layer.latency;
  }
  prediction.arena = Bytes::from_si(5000);
  return prediction;
}

// 1 MB/s: a thousand bytes a millisecond.
Platform with_storage() {
  auto platform = make::platform();
  platform.storage = Storage{"card", make::si<Bytes>(1e9), make::si<BytesPerSecond>(1e6)};
  return platform;
}

Loading loading(const Prediction& prediction) { return *loading_of(prediction, with_storage()); }

TEST_CASE("a platform without storage loads nothing") {
  CHECK_FALSE(loading_of(calls_with({1000}), make::platform()).has_value());
}

TEST_CASE("all weights take their bytes over the storage's bandwidth, and then the network runs") {
  const auto found = loading(calls_with({1000, 2000}));
  CHECK(found.storage == "card");
  CHECK(found.load.si() == doctest::Approx(3e-3));
  CHECK(found.first_whole.si() == doctest::Approx(5e-3));
}

TEST_CASE("a call that has its weights runs while those of later calls arrive") {
  // Weights are there after 1, 3 and 3 ms: calls end after 2, 4 and 5 ms.
  CHECK(loading(calls_with({1000, 2000, 0})).first_sections.si() == doctest::Approx(5e-3));
  // After 2, 3 and 3 ms: calls end after 3, 4 and 5 ms.
  CHECK(loading(calls_with({2000, 1000, 0})).first_sections.si() == doctest::Approx(5e-3));
}

TEST_CASE("the first result is never sooner than the storage or the calls alone") {
  // Storage bounds: the last call waits for 9 ms of weights and then runs.
  CHECK(loading(calls_with({3000, 3000, 3000})).first_sections.si() == doctest::Approx(10e-3));
  // Calls bound: the first weights are there at once.
  CHECK(loading(calls_with({0, 1, 1})).first_sections.si() == doctest::Approx(3e-3));
}

TEST_CASE("weights that several calls share arrive once") {
  auto prediction = calls_with({1000, 1000});
  prediction.weights = Bytes::from_si(1000);
  const auto found = loading(prediction);
  CHECK(found.load.si() == doctest::Approx(1e-3));
  CHECK(found.first_sections.si() == doctest::Approx(3e-3));
}

TEST_CASE("by sections, memory holds the arena and the weights of two calls in a row") {
  CHECK(loading(calls_with({1000, 3000, 500, 2000})).section_memory.si() == 5000 + 4000);
  CHECK(loading(calls_with({1000})).section_memory.si() == 5000 + 1000);
}

TEST_CASE("predict states it where the platform has storage") {
  Workload workload;
  workload.calls = {make::product(1, 10, 25, {})};
  workload.weight_bytes = 1000;
  const auto platform = with_storage();
  const auto prediction = predict(workload, platform, platform.engines[0], make::runtime());
  REQUIRE(prediction.loading.has_value());
  CHECK(prediction.loading->load.si() == doctest::Approx(1e-3));
  CHECK(prediction.loading->first_whole.si() == doctest::Approx(1e-3 + prediction.latency.si()));
}

}  // namespace
}  // namespace roofbeam
