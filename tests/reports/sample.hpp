// A prediction by hand: two calls on a board with one cache and one memory.
#pragma once

#include "models/prediction.hpp"

namespace roofbeam {

inline LayerPrediction sample_layer(const std::string& name, const std::string& op, double ms) {
  LayerPrediction layer;
  layer.name = name;
  layer.op = op;
  layer.algorithm = Algorithm::gemm;
  layer.macs = 1e6;
  layer.weights = Bytes::from_si(1024);
  layer.compute = Seconds::from_si(ms / 1e3);
  layer.latency = Seconds::from_si(ms / 1e3);
  layer.levels = {{Bytes::from_si(4096), Seconds::from_si(0.0001)},
                  {Bytes::from_si(2048), Seconds::from_si(0.0002)}};
  layer.energy.operations = Joules::from_si(0.001);
  layer.bound = "compute";
  return layer;
}

inline Prediction sample_prediction() {
  Prediction p;
  p.network = "tiny";
  p.platform = "board";
  p.platform_title = "A board";
  p.engine = "cpu";
  p.runtime = "ncnn";
  p.precision = Precision::int8;
  p.latency = Seconds::from_si(0.004);
  p.latency_error = {0.1};
  p.energy = {Joules::from_si(0.001), Joules::from_si(0.002), Joules::from_si(0.001)};
  p.levels = {"L1", "DRAM"};
  p.layers = {sample_layer("first", "Conv+Clip", 1), sample_layer("second, \"last\"", "Gemm", 3)};
  p.bound = "compute";
  p.bound_share = 0.75;
  p.macs = 2e6;
  p.parameters = 2048;
  p.weights = Bytes::from_si(2048);
  p.arena = Bytes::from_si(4096);
  p.activations_in = {"DRAM", Bytes::from_si(4096), Bytes::from_si(2048)};
  p.weights_in = {"DRAM", Bytes::from_si(2048), Bytes::from_si(2048)};
  p.peak_memory = Bytes::from_si(6144);
  p.fits = false;
  p.fits_reason = "activations need 4.00 KiB, DRAM has 2.00 KiB";
  p.alive_at_peak = {"x"};
  p.assumptions = {"no launch cost"};
  p.not_modelled = {{"com.acme.Twist", 2}};
  return p;
}

}  // namespace roofbeam
