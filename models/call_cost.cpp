#include "models/call_cost.hpp"

#include <algorithm>
#include <cmath>

#include "models/occupancy.hpp"

namespace roofbeam {
namespace {

double rounded_up(std::int64_t extent, int tile) {
  return std::ceil(static_cast<double>(extent) / tile) * tile;
}

// Matrix extents as the micro-kernel sees them: a depthwise kernel spreads channels over its
// columns.
MatrixWork tiled_extents(const KernelCall& call) {
  auto matrix = call.matrix;
  if (call.algorithm == Algorithm::depthwise) std::swap(matrix.batch, matrix.n);
  return matrix;
}

// Share of a call's efficiency that this GPU lets shaders reach; 1 on other engines.
double shader_share(const KernelCall& call, const Engine& engine, const Runtime& runtime,
                    int cores) {
  if (!runtime.shaders) return 1;
  return runtime.shaders->share_on(engine.architecture) *
         busy_lanes(call, *runtime.shaders, engine, cores);
}

// Time on so many cores beside the time on one (Amdahl).
double shared_by(double cores, double serial) { return serial + (1 - serial) / cores; }

double bytes_of(const Workload& workload, BufferId id) {
  return static_cast<double>(workload.buffers[static_cast<std::size_t>(id)].bytes);
}

// Vector instructions of a call, each on as many elements as a register holds.
double vector_instructions(const KernelCall& call, const Runtime& runtime) {
  double instructions = 0;
  for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
    instructions += call.vector_ops[kind] * runtime.vector_instructions[kind];
  }
  return instructions;
}

// Bytes that a call takes through vector registers besides its arithmetic, all runs.
double pass_registers(const Workload& workload, const KernelCall& call) {
  double bytes = 2 * call.scratch_bytes;
  for (const auto id : call.inputs) bytes += bytes_of(workload, id);
  for (const auto id : call.outputs) bytes += bytes_of(workload, id);
  return call.passes * bytes * static_cast<double>(call.repeat);
}

// Cycles of one core that no vector shortens, all runs.
double scalar_cycles(const Workload& workload, const KernelCall& call) {
  double elements = 0;
  for (const auto id : call.outputs) elements += bytes_of(workload, id) * 8 / bits(call.precision);
  return call.cycles * elements * static_cast<double>(call.repeat);
}

// Share of the engine's vectors that a runtime's kernels use.
double used_width(const Engine& engine, const Runtime& runtime) {
  if (!runtime.widest_vector) return 1;
  return std::min(1.0, static_cast<double>(*runtime.widest_vector) / engine.vector_bits);
}

CallCost cost_call(const Workload& workload, const KernelCall& call, const Engine& engine,
                   const Runtime& runtime) {
  const int cores = workload.threads;
  const double serial = runtime.serial_share;
  const double width = used_width(engine, runtime);
  const double all = shared_by(cores, serial);
  const double lanes =
      std::max(1.0, static_cast<double>(engine.vector_bits) / bits(call.precision));
  const double elements_a_cycle = engine.pipes * lanes * width;
  const double pass_elements = pass_registers(workload, call) / (bits(call.precision) / 8.0);
  const bool multiplies = call.macs > 0;

  CallCost cost;
  cost.tile_use = tile_use(call);
  cost.cores_used = cores_with_work(call, cores);
  cost.arithmetic = runtime.arithmetic(call.precision);
  if (multiplies) {
    const double reached =
        call.efficiency * cost.tile_use * width * shader_share(call, engine, runtime, cores);
    cost.multiplies = call.macs * call.mac_factor / reached * shared_by(cost.cores_used, serial);
  }
  cost.vectors = vector_instructions(call, runtime) / (multiplies ? 1 : call.efficiency) /
                 elements_a_cycle * all;
  cost.cycles = (pass_elements / elements_a_cycle + scalar_cycles(workload, call)) * all;
  return cost;
}

}  // namespace

double tile_use(const KernelCall& call) {
  if (call.macs <= 0) return 1;
  const auto matrix = tiled_extents(call);
  const auto& tile = call.tile;
  const double useful =
      static_cast<double>(matrix.m) * static_cast<double>(matrix.n) * static_cast<double>(matrix.k);
  return useful / (rounded_up(matrix.m, tile.m) * rounded_up(matrix.n, tile.n) *
                   rounded_up(matrix.k, tile.k));
}

double cores_with_work(const KernelCall& call, int cores) {
  if (call.macs <= 0 || cores <= 1) return cores;
  const double tiles = tiles_of(call);
  return tiles / std::ceil(tiles / cores);
}

std::vector<CallCost> cost_calls(const Workload& workload, const Engine& engine,
                                 const Runtime& runtime) {
  std::vector<CallCost> costs;
  costs.reserve(workload.calls.size());
  for (const auto& call : workload.calls) {
    costs.push_back(cost_call(workload, call, engine, runtime));
  }
  return costs;
}

Starts starts_of(const KernelCall& call, bool first) {
  const auto repeat = static_cast<double>(call.repeat);
  return {repeat, (call.host ? 2 * repeat : 0) + (first ? 1 : 0)};
}

bool forks(const Workload& workload, const Engine& engine) {
  return workload.threads > 1 && engine.kind == EngineKind::cpu;
}

}  // namespace roofbeam
