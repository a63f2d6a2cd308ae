// What Roofbeam answers: latency, energy and memory of a workload on a platform, per kernel call
// and in total, with what bounds each.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/quantity/quantity.hpp"
#include "models/memory_plan.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

// A range that holds the true value with a stated probability.
template <class Q>
struct Interval {
  Q low;
  Q high;
};

// How sure a forecast is: the standard deviation of its logarithm.
struct LogError {
  double deviation = 0;

  // value x exp(-+ z x deviation), z the normal quantile of the coverage.
  template <class Q>
  [[nodiscard]] Interval<Q> interval_80(Q value) const {
    return around(value, 1.2815515655446004);
  }
  template <class Q>
  [[nodiscard]] Interval<Q> interval_95(Q value) const {
    return around(value, 1.959963984540054);
  }

 private:
  template <class Q>
  [[nodiscard]] Interval<Q> around(Q value, double quantile) const {
    const double factor = std::exp(quantile * deviation);
    return {value / factor, value * factor};
  }
};

struct EnergyParts {
  Joules operations;  // operations x energy per operation
  Joules traffic;     // bytes x energy per byte, all levels
  Joules power;       // (idle + active power) x time
  [[nodiscard]] Joules total() const { return operations + traffic + power; }
};

// Traffic at one memory level and the time it takes there.
struct LevelUse {
  Bytes bytes;
  Seconds time;
};

struct LayerPrediction {
  std::string name;
  std::string op;                // "Conv+Clip"
  std::vector<LayerId> members;  // layers of the network that it does, the leader first
  Algorithm algorithm = Algorithm::copy;
  Precision precision = Precision::fp32;
  std::int64_t repeat = 1;  // runs; every figure is of all of them
  double macs = 0;
  Bytes weights;
  double tile_use = 1;           // share of useful work after rounding up to the kernel's tile
  double cores_used = 1;         // cores that have work on average
  Seconds compute;               // multiply-adds and vector operations
  std::vector<LevelUse> levels;  // one a level of Prediction::levels
  Seconds overhead;              // dispatch, fork and launch
  Seconds latency;
  LogError latency_error;
  EnergyParts energy;
  LogError energy_error;
  std::string bound;  // "compute", "dispatch", or a level's name
};

// What an engine's cores in use can calculate at most at one precision.
struct ComputeRoof {
  Precision precision = Precision::fp32;
  MacsPerSecond peak;
};

struct Placement {
  std::string level;
  Bytes needed;
  Bytes size;
  [[nodiscard]] bool fits() const { return needed <= size; }
};

// How far the parts of an engine are used, as shares of what they could do in the latency
// (models/utilisation.hpp).
struct Utilisation {
  double simd = 0;               // multiply-adds over the peak; above 1 only by Winograd's savings
  std::optional<double> caches;  // share of the bytes that caches serve; absent without a cache
  std::vector<double> levels;    // bytes over bandwidth x latency, one a level of the prediction
};

// A cold start: the weights come from storage (models/loading.hpp).
struct Loading {
  std::string storage;     // its name
  Seconds load;            // all weights
  Seconds first_whole;     // the first result, if everything is loaded before the first call
  Seconds first_sections;  // the first result, if each call starts once its own weights are there
  Bytes section_memory;    // RAM, if no more is loaded than the calls that run and load
};

struct Prediction {
  std::string network;
  std::string platform;
  std::string platform_title;
  std::string engine;
  std::string runtime;
  Precision precision = Precision::fp32;
  int batch = 1;
  int threads = 1;  // cores at work; all of a GPU's

  Seconds latency;  // of one batch
  LogError latency_error;
  EnergyParts energy;  // of one batch
  LogError energy_error;
  int calibrated_on = 0;            // measurements behind the calibration
  ErrorModel errors;                // the profile's, before any calibration
  double throttle = 1;              // latency is this much longer to stay in the power budget
  std::vector<std::string> levels;  // names, nearest first, that the layers' `levels` follow
  std::vector<BytesPerSecond> bandwidths;  // of those levels, for the cores in use
  std::vector<ComputeRoof> peaks;          // of every precision that the engine has
  std::vector<LayerPrediction> layers;
  std::string bound;       // what bounds the largest share of the latency
  double bound_share = 0;  // that share, 0..1

  double macs = 0;
  double parameters = 0;
  Bytes weights;
  Bytes stored;    // size of the file: weights at their precision, scales of integers
  Bytes arena;     // activations as planned
  Bytes unpooled;  // activations, if none lies where another lay before
  std::vector<std::string> alive_at_peak;  // buffers, largest first
  std::vector<Buffer> buffers;             // activations, with their lifetimes in layers
  MemoryPlan plan;                         // where each of them lies
  Placement activations_in;
  Placement weights_in;
  Bytes peak_memory;  // RAM: arena, and weights unless they stay in flash
  bool fits = true;
  std::string fits_reason;  // why, or why not
  Utilisation utilisation;
  std::optional<Loading> loading;  // where the platform has storage

  std::map<std::string, std::int64_t> not_modelled;
  std::map<std::string, std::int64_t> not_shaped;
  std::vector<std::string> assumptions;

  [[nodiscard]] Watts average_power() const { return energy.total() / latency; }
};

}  // namespace roofbeam
