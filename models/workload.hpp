// A network lowered for one runtime at one precision, batch and thread count: an array of kernel
// calls in execution order and the buffers they share. Plain numbers, no graph.
//
// A Workload depends on what kernels exist, never on clocks, bandwidths or sizes, so that a sweep
// over those reuses it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/memory_plan.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

// What one call reads or writes of a buffer.
using BufferId = std::int32_t;  // index into Workload::buffers

struct KernelCall {
  std::string name;             // of the layer that leads it
  std::string op;               // "Conv+Clip": the operators it does in one go
  std::vector<LayerId> layers;  // of the network, leader first
  Precision precision = Precision::fp32;
  std::int64_t repeat =
      1;  // so often it runs: `matrix` and bytes are of one run, operations of all
  Algorithm algorithm = Algorithm::copy;
  int kernel = 0;  // index into Runtime::kernels
  Tile tile;
  double efficiency = 1;  // share of peak inside full tiles
  double passes = 0;      // over inputs, results and scratch, besides the arithmetic
  double cycles = 0;      // for each element of the results
  bool host = false;      // not on the GPU: it waits for the host
  double mac_factor = 1;  // multiplications per MAC of the definition, without what tiles waste
  double macs = 0;        // by definition, batch and repeat included
  MatrixWork matrix;      // what is multiplied, batch included: Winograd's are in its domain
  std::array<double, kVectorOpKinds> vector_ops{};
  double weight_bytes = 0;       // as the kernel stores them
  double scratch_bytes = 0;      // written and read again inside the call (im2col patches)
  std::vector<BufferId> inputs;  // activations; a buffer read twice stands here twice
  std::vector<BufferId> outputs;
};

struct Workload {
  std::string network;
  std::string runtime;
  Precision precision = Precision::fp32;  // of most MACs
  int batch = 1;
  int threads = 1;
  std::vector<KernelCall> calls;
  std::vector<Buffer> buffers;  // activations: network inputs, outputs and all between
  double weight_bytes = 0;      // of all calls, each weight once
  double stored_bytes = 0;      // of the file: weights at their precision, with integers' scales
  double macs = 0;
  double parameters = 0;
  MemoryPlan plan;  // of the buffers
  // Work that is in nobody's figures: operator -> count.
  std::map<std::string, std::int64_t> not_modelled;
  std::map<std::string, std::int64_t> not_shaped;
  std::vector<std::string> assumptions;
};

}  // namespace roofbeam
