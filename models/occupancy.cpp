#include "models/occupancy.hpp"

#include <algorithm>
#include <cmath>

namespace roofbeam {

double tiles_of(const KernelCall& call) {
  auto matrix = call.matrix;
  if (call.algorithm == Algorithm::depthwise) std::swap(matrix.batch, matrix.n);
  return static_cast<double>(matrix.batch) *
         std::ceil(static_cast<double>(matrix.m) / call.tile.m) *
         std::ceil(static_cast<double>(matrix.n) / call.tile.n);
}

double lanes_of(const Engine& engine, int cores) {
  return cores * engine.pipes.value * std::max(1.0, engine.vector_bits.value / 32.0);
}

double busy_lanes(const KernelCall& call, const Shaders& shaders, const Engine& engine, int cores) {
  if (call.macs <= 0) return 1;
  const double invocations = tiles_of(call);
  return invocations / (invocations + shaders.occupancy.value * lanes_of(engine, cores));
}

}  // namespace roofbeam
