// Forecasts made up for tests: one layer each, so that every figure can be worked out by hand.
#pragma once

#include <string>

#include "scenarios/forecaster.hpp"

namespace roofbeam::made {

inline Prediction prediction(const std::string& network, const std::string& platform,
                             double seconds, Algorithm algorithm = Algorithm::gemm) {
  LayerPrediction layer;
  layer.name = "layer";
  layer.algorithm = algorithm;
  layer.latency = layer.compute = Seconds::from_si(seconds);
  layer.bound = "compute";
  Prediction made;
  made.network = network;
  made.platform = platform;
  made.engine = "cpu";
  made.runtime = "ncnn";
  made.layers = {layer};
  made.latency = layer.latency;
  made.latency_error = {0.1};
  made.bound = "compute";
  made.errors.common = 0.3;
  made.errors.network = 0.1;
  return made;
}

inline Measurement measurement(const std::string& network, double seconds) {
  Measurement made;
  made.network = network;
  made.latency = Seconds::from_si(seconds);
  made.place = "m.csv:2";
  return made;
}

inline Forecast forecast(const std::string& network, double predicted, double measured,
                         const std::string& platform = "board",
                         Algorithm algorithm = Algorithm::gemm) {
  return {measurement(network, measured), prediction(network, platform, predicted, algorithm)};
}

}  // namespace roofbeam::made
