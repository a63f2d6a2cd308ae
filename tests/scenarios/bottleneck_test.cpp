#include "scenarios/bottleneck.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/scenarios/subject_support.hpp"

namespace roofbeam {
namespace {

using testing::subject;

const std::string kNet = "mobilenet_v2_0.35_128";

TEST_CASE("twice the resource is half of its time and nothing else") {
  for (const char* platform : {"cortex-a78", "cortex-m7", "xbox-series-s"}) {
    CAPTURE(platform);
    const Subject it = subject(platform, kNet);
    const Prediction base = it.forecast();
    const Prediction compute = predict(with_more(it.base(), "compute", 2));
    const Prediction dispatch = predict(with_more(it.base(), "dispatch", 2));
    const Prediction level = predict(with_more(it.base(), base.levels.back(), 2));
    for (std::size_t i = 0; i < base.layers.size(); ++i) {
      const LayerPrediction& was = base.layers[i];
      CHECK(compute.layers[i].compute.si() == doctest::Approx(was.compute.si() / 2));
      CHECK(compute.layers[i].overhead.si() == was.overhead.si());
      CHECK(dispatch.layers[i].overhead.si() == doctest::Approx(was.overhead.si() / 2));
      CHECK(dispatch.layers[i].compute.si() == was.compute.si());
      CHECK(level.layers[i].levels.back().time.si() ==
            doctest::Approx(was.levels.back().time.si() / 2));
    }
  }
}

TEST_CASE("a layer whose bound is lifted has another one and is no slower") {
  const auto found = bottlenecks(subject("raspberry-pi-5", kNet));
  CHECK_FALSE(found.layers.empty());
  for (const LayerBottleneck& layer : found.layers) {
    CAPTURE(layer.layer.name);
    CHECK(layer.next_bound != layer.layer.bound);
    CHECK(layer.unbound_s < layer.layer.latency.si());
  }
}

TEST_CASE("no layer is above its roof where kernels do what the definition says") {
  for (const LayerBottleneck& layer : bottlenecks(subject("cortex-a78", kNet)).layers) {
    CHECK(layer.of_roof() <= 1);
    CHECK(layer.achieved <= layer.attainable);
  }
}

TEST_CASE("a roof is worked out by hand") {
  const Subject it = subject("cortex-a78", kNet);
  const auto found = bottlenecks(it);
  const LayerBottleneck& layer = found.layers.front();
  // Three cores of 8 fp32 MACs a cycle at 2.42 GHz.
  const double peak_s = layer.layer.macs / (3 * 8 * 2.42e9);
  double roof_s = peak_s;
  for (const LevelUse& level : layer.layer.levels) roof_s = std::max(roof_s, level.time.si());
  CHECK(layer.roof_s == doctest::Approx(roof_s));
  CHECK(layer.attainable == doctest::Approx(layer.layer.macs / roof_s));
}

TEST_CASE("a resource pays up to the multiple where nine tenths of its gain are had") {
  const Subject it = subject("cortex-a78", kNet);
  const double base = it.forecast().latency.si();
  for (const Resource& resource : bottlenecks(it).resources) {
    CAPTURE(resource.name);
    CHECK(resource.without_s <= base);
    CHECK(resource.gain == doctest::Approx(1 - resource.without_s / base));
    if (resource.name == "clock" || !resource.pays_until) continue;
    const auto gained = [&](double times) {
      return base - predict(with_more(it.base(), resource.name, times)).latency.si();
    };
    const double wanted = 0.9 * (base - resource.without_s);
    CHECK(gained(*resource.pays_until) >= wanted);
    CHECK(gained(0.98 * *resource.pays_until) < gained(*resource.pays_until));
    CHECK(gained(0.9 * *resource.pays_until) < wanted);
  }
}

TEST_CASE("the shares that resources bound sum to the whole, and the largest gain is first") {
  const auto found = bottlenecks(subject("cortex-a78", kNet));
  double sum = 0;
  for (const Resource& resource : found.resources) sum += resource.bounds;
  CHECK(sum == doctest::Approx(1));
  for (std::size_t i = 1; i < found.resources.size(); ++i) {
    CHECK(found.resources[i - 1].gain >= found.resources[i].gain);
  }
}

}  // namespace
}  // namespace roofbeam
