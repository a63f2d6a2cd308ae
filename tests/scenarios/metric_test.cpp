#include "scenarios/metric.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/message_of.hpp"

using namespace roofbeam;
using roofbeam::testing::message_of;

TEST_CASE("metrics are found by their words, and stand in the order of the enumeration") {
  std::size_t place = 0;
  for (const auto& kind : metric_kinds()) {
    CHECK(static_cast<std::size_t>(kind.metric) == place++);
    CHECK(metric_named(kind.word) == kind.metric);
    CHECK(!kind.meaning.empty());
  }
  CHECK(!metric_named("speed"));
}

TEST_CASE("values read as people write them") {
  CHECK(to_text(Metric::latency, 0.0035) == "3.50 ms");
  CHECK(to_text(Metric::memory, 12.0 * 1024 * 1024) == "12.0 MiB");
  CHECK(to_text(Metric::accuracy, 0.8848) == "88.48 %");
  CHECK(to_text(Metric::throughput, 1500) == "1.50 k/s");
  CHECK(to_text(Metric::energy, std::nan("")) == "unknown");
  CHECK(to_text(Metric::latency, INFINITY) == "infinite");
}

TEST_CASE("a value is read in its metric's unit, and no other") {
  CHECK(parse_metric_value(Metric::energy, "35 mJ") == doctest::Approx(0.035));
  CHECK(parse_metric_value(Metric::accuracy, "88.48 %") == doctest::Approx(0.8848));
  CHECK(message_of([] { return parse_metric_value(Metric::energy, "35 ms"); }).find("energy: ") ==
        0);
}

TEST_CASE("a prediction's metrics: two images in 10 ms are 200 a second at 5 W") {
  Prediction prediction;
  prediction.batch = 2;
  prediction.latency = Seconds::from_si(0.010);
  prediction.energy.power = Joules::from_si(0.050);
  prediction.peak_memory = Bytes::from_si(3e6);
  prediction.stored = Bytes::from_si(2e6);
  prediction.arena = Bytes::from_si(1e6);
  prediction.macs = 6e8;
  prediction.parameters = 5e5;
  const Metrics found = metrics_of(prediction);
  CHECK(found[Metric::latency] == 0.010);
  CHECK(found[Metric::throughput] == doctest::Approx(200));
  CHECK(found[Metric::power] == doctest::Approx(5));
  CHECK(found[Metric::memory] == 3e6);
  CHECK(found[Metric::size] == 2e6);
  CHECK(found[Metric::arena] == 1e6);
  CHECK(found[Metric::macs] == 6e8);
  CHECK(found[Metric::parameters] == 5e5);
  CHECK(std::isnan(found[Metric::accuracy]));
}

TEST_CASE("throughput is as sure as the latency that it follows from; memory is exact") {
  const LogError latency{0.1};
  const LogError energy{0.3};
  CHECK(error_of(Metric::throughput, latency, energy).deviation == 0.1);
  CHECK(error_of(Metric::power, latency, energy).deviation == 0.3);
  CHECK(error_of(Metric::memory, latency, energy).deviation == 0);
}
