// Small workloads, platforms and runtimes with round numbers, for tests that are worked out by
// hand.
#pragma once

#include "models/workload.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam::make {

template <class Q>
Sourced<Q> si(double value) {
  return {Q::from_si(value), {}};
}

// One core at 1 GHz, 4 MACs and 4 float32 lanes a cycle; memory and compute overlap.
inline Engine engine() {
  Engine made;
  made.name = "cpu";
  made.clock = si<Hertz>(1e9);
  made.vector_bits = {128, {}};
  made.macs_per_cycle[Precision::fp32] = 4;
  made.mac_energy[Precision::fp32] = si<JoulesPerMac>(1e-12);
  return made;
}

inline MemoryLevel cache(std::string name, double size, double bandwidth) {
  MemoryLevel level;
  level.name = std::move(name);
  level.size = si<Bytes>(size);
  level.bandwidth = si<BytesPerSecond>(bandwidth);
  return level;
}

inline MemoryLevel memory(std::string name, double size, double bandwidth) {
  auto level = cache(std::move(name), size, bandwidth);
  level.kind = MemoryLevel::Kind::memory;
  level.holds_activations = true;
  level.holds_weights = true;
  return level;
}

// L1 of 1000 bytes at 100 GB/s over 1 MB of DRAM at 1 GB/s; no power but 1 W of the core.
inline Platform platform() {
  Platform made;
  made.name = "toy";
  made.engines = {engine()};
  made.engines[0].core_active = si<Watts>(1);
  made.memory = {cache("L1", 1000, 100e9), memory("DRAM", 1e6, 1e9)};
  made.memory[1].energy = si<JoulesPerByte>(1e-11);
  return made;
}

inline Kernel kernel(std::vector<std::string> ops, Algorithm algorithm, Tile tile = {}) {
  Kernel made;
  made.match.ops = std::move(ops);
  made.algorithm = algorithm;
  made.tile = tile;
  return made;
}

// Fuses convolutions with batch norms, activations and sums; every operator has a kernel.
inline Runtime runtime() {
  Runtime made;
  made.name = "toy";
  made.precisions = {Precision::fp32};
  made.engines = {EngineKind::cpu};
  made.fuse = {"conv+batchnorm", "conv+activation", "conv+add"};
  made.vector_instructions.fill(1);
  made.kernels = {kernel({"Conv"}, Algorithm::direct), kernel({"Gemm"}, Algorithm::gemm),
                  kernel({}, Algorithm::elementwise)};
  return made;
}

// A matrix product of m x k activations and k x n weights in float32.
inline KernelCall product(std::int64_t m, std::int64_t n, std::int64_t k, Tile tile) {
  KernelCall call;
  call.name = "product";
  call.op = "Gemm";
  call.algorithm = Algorithm::gemm;
  call.matrix = {1, m, n, k};
  call.macs = static_cast<double>(m * n * k);
  call.tile = tile;
  call.weight_bytes = static_cast<double>(4 * n * k);
  return call;
}

}  // namespace roofbeam::make
