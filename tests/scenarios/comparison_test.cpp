#include "scenarios/comparison.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "tests/scenarios/subject_support.hpp"

namespace roofbeam {
namespace {

using testing::subject;

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST_CASE("a layer's parts are worked out by hand") {
  Prediction p;
  p.levels = {"L1", "DRAM"};
  LayerPrediction layer;
  layer.latency = Seconds::from_si(10);
  layer.overhead = Seconds::from_si(1);
  layer.compute = Seconds::from_si(4);
  layer.levels = {{{}, Seconds::from_si(2)}, {{}, Seconds::from_si(8)}};
  const std::vector<std::string> parts = {"compute", "L1", "DRAM", "dispatch", "throttling"};
  CHECK(time_parts(p, layer, parts) == std::vector<double>{4, 0, 5, 1, 0});
  p.throttle = 2;  // half of the 10 s is the budget's
  layer.overhead = Seconds::from_si(0.5);
  CHECK(time_parts(p, layer, parts) == std::vector<double>{4, 0, 0.5, 0.5, 5});
}

TEST_CASE("parts of all layers sum to the difference, on any two machines") {
  const auto a = subject("cortex-a78", "mobilenet_v2_0.35_128").forecast();
  for (const char* other : {"cortex-a78", "apple-m1", "cortex-m7", "xbox-series-s"}) {
    CAPTURE(other);
    const auto b = subject(other, "mobilenet_v2_0.5_128").forecast();
    const Comparison c = compare(a, b);
    const double whole = (b.latency - a.latency).si();
    double layers = 0;
    double layer_parts = 0;
    for (const LayerChange& layer : c.layers) {
      layers += layer.latency_b() - layer.latency_a();
      layer_parts += sum(layer.parts);
    }
    CHECK(layers == doctest::Approx(whole).epsilon(1e-9));
    CHECK(layer_parts == doctest::Approx(whole).epsilon(1e-9));
    CHECK(sum(c.parts_b) - sum(c.parts_a) == doctest::Approx(whole).epsilon(1e-9));
    for (const double part : c.parts_b) CHECK(part >= 0);
  }
}

TEST_CASE("a forecast is as sure against itself as can be") {
  const auto a = subject("cortex-a78").forecast();
  const Comparison c = compare(a, a);
  CHECK(c.latency.error.deviation == doctest::Approx(0));
  CHECK(c.latency.unrelated.deviation ==
        doctest::Approx(std::sqrt(2.0) * a.latency_error.deviation));
  for (const LayerChange& layer : c.layers) CHECK(sum(layer.parts) == 0);
}

TEST_CASE("of energies of which one is unknown nothing is said") {
  const auto a = subject("cortex-a78").forecast();
  const auto b = subject("allwinner-d1").forecast();
  const Comparison c = compare(a, b);
  CHECK(std::isnan(c.energy.probability));
  CHECK(c.latency.probability > 0.5);
}

TEST_CASE("the more two forecasts share, the surer is their difference") {
  const auto it = subject("cortex-a78");
  const auto a = it.forecast();
  const auto deviation = [&](const std::vector<Setting>& changes) {
    return compare(a, it.forecast(changes)).latency.error.deviation;
  };
  const double clock = deviation({{"engines.cpu.clock", "2.5 GHz"}});
  const double precision = deviation({{"run.precision", "int8"}});
  const double runtime = deviation({{"runtime", "ncnn"}});
  CHECK(clock < 0.1);
  CHECK(clock < precision);
  CHECK(precision < runtime);
  const auto b = it.forecast({{"runtime", "ncnn"}});
  CHECK(runtime ==
        doctest::Approx(std::hypot(a.latency_error.deviation, b.latency_error.deviation)));
}

TEST_CASE("another platform with the same runtime shares a fifth") {
  const auto a = subject("raspberry-pi-5").forecast();
  auto b = a;
  b.platform = "another";
  b.latency *= 2;
  const double s = a.latency_error.deviation;
  const Comparison c = compare(a, b);
  CHECK(c.latency.error.deviation == doctest::Approx(std::sqrt(2 * s * s * 0.8)));
  CHECK(
      c.latency.probability ==
      doctest::Approx(0.5 * std::erfc(-std::log(2) / c.latency.error.deviation / std::sqrt(2.0))));
}

}  // namespace
}  // namespace roofbeam
