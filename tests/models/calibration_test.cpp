#include "models/calibration.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace roofbeam {
namespace {

LayerPrediction layer(Algorithm algorithm, double seconds, double overhead = 0) {
  LayerPrediction made;
  made.algorithm = algorithm;
  made.latency = Seconds::from_si(seconds);
  made.overhead = Seconds::from_si(overhead);
  made.energy.power = Joules::from_si(seconds);
  return made;
}

Prediction of(std::vector<LayerPrediction> layers) {
  Prediction made;
  for (const auto& one : layers) made.latency += one.latency;
  made.layers = std::move(layers);
  return made;
}

ErrorModel errors(double common, double gemm, double network) {
  ErrorModel made;
  made.common = common;
  made.network = network;
  made.call = 0.1;
  made.classes[static_cast<std::size_t>(Algorithm::gemm)] = gemm;
  return made;
}

TEST_CASE("without measurements nothing is scaled and the profile's errors give the width") {
  const Calibration prior = uncalibrated(errors(0.3, 0.4, 0.0));
  auto prediction = of({layer(Algorithm::gemm, 0.5), layer(Algorithm::copy, 0.5)});
  scale_layers(prior, prediction);
  CHECK(prediction.layers[0].latency.si() == 0.5);
  state_errors(prior, prediction);
  // 0.3^2 + (0.5 x 0.4)^2 = 0.13; layers: 0.3^2 + 0.4^2 + 0.1^2 and 0.3^2 + 0.1^2
  CHECK(prediction.latency_error.deviation == doctest::Approx(std::sqrt(0.13)));
  CHECK(prediction.layers[0].latency_error.deviation == doctest::Approx(std::sqrt(0.26)));
  CHECK(prediction.layers[1].latency_error.deviation == doctest::Approx(std::sqrt(0.10)));
}

TEST_CASE("one measurement moves the common error by the share of the variance it explains") {
  // Prior variance 0.09, noise 0.01: nine tenths of log(2) are believed, 0.009 of variance is left.
  const Calibration after =
      calibrate(uncalibrated(errors(0.3, 0, 0.1)),
                {{of({layer(Algorithm::copy, 1)}), Seconds::from_si(std::exp(0.1))}});
  CHECK(after.mean[0] == doctest::Approx(0.09));
  CHECK(after.covariance[0] == doctest::Approx(0.009));
  CHECK(after.measurements == 1);
  CHECK(after.factor(0) == doctest::Approx(std::exp(0.09)));
}

TEST_CASE("a class that measurements speak of is told from the rest") {
  const ErrorModel wide = errors(0.3, 0.5, 0.01);
  const Calibration after =
      calibrate(uncalibrated(wide), {{of({layer(Algorithm::gemm, 1)}), Seconds::from_si(2)},
                                     {of({layer(Algorithm::copy, 1)}), Seconds::from_si(1)}});
  CHECK(after.factor(static_cast<std::size_t>(Algorithm::gemm)) ==
        doctest::Approx(2).epsilon(0.01));
  CHECK(after.factor(static_cast<std::size_t>(Algorithm::copy)) ==
        doctest::Approx(1).epsilon(0.01));
  auto both = of({layer(Algorithm::gemm, 1), layer(Algorithm::copy, 1)});
  scale_layers(after, both);
  CHECK(both.layers[0].latency.si() + both.layers[1].latency.si() ==
        doctest::Approx(3).epsilon(0.01));
  CHECK(both.layers[0].energy.power.si() == doctest::Approx(2).epsilon(0.01));
  state_errors(after, both);
  CHECK(both.latency_error.deviation < 0.02);
}

TEST_CASE("one wild measurement among good ones is not believed") {
  std::vector<Observation> observations;
  for (int i = 0; i < 9; ++i) {
    observations.push_back({of({layer(Algorithm::copy, 1)}), Seconds::from_si(1)});
  }
  observations.push_back({of({layer(Algorithm::copy, 1)}), Seconds::from_si(10)});
  const Calibration after = calibrate(uncalibrated(errors(0.3, 0, 0.1)), observations);
  CHECK(after.factor(0) < 1.03);
}

TEST_CASE("overhead is a class of its own") {
  auto prediction = of({layer(Algorithm::copy, 1, 0.25)});
  const auto shares = class_shares(prediction);
  CHECK(shares[kOverheadClass] == doctest::Approx(0.25));
  CHECK(shares[static_cast<std::size_t>(Algorithm::copy)] == doctest::Approx(0.75));
}

TEST_CASE("intervals are quantiles of a normal logarithm") {
  const LogError error{0.1};
  CHECK(error.interval_80(100.0).high == doctest::Approx(100 * std::exp(0.128155)));
  CHECK(error.interval_95(100.0).low == doctest::Approx(100 / std::exp(0.195996)));
}

}  // namespace
}  // namespace roofbeam
