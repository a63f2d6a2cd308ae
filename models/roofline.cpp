#include "models/roofline.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "models/occupancy.hpp"

namespace roofbeam {
namespace {

using Column = Eigen::ArrayXd;
using Table = Eigen::ArrayXXd;  // one row a call, one column a level

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

double amdahl(double cores, double serial) { return 1 / (serial + (1 - serial) / cores); }

// As large as it is for a call that works at this precision.
double bytes_of(const Workload& workload, BufferId id, Precision precision) {
  const auto& buffer = workload.buffers[static_cast<std::size_t>(id)];
  const auto bytes = static_cast<double>(buffer.bytes);
  if (buffer.elements_per_byte <= 0) return bytes;
  return bytes * buffer.elements_per_byte * bits(precision) / 8;
}

// Vector instructions of a call, each on as many elements as a register holds.
double vector_instructions(const KernelCall& call, const Runtime& runtime) {
  double instructions = 0;
  for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
    instructions += call.vector_ops[kind] * runtime.vector_instructions[kind];
  }
  return instructions;
}

// Elements that one core can take through one vector instruction each, per second.
double vector_rate(const Engine& engine, Precision precision) {
  const double lanes = static_cast<double>(engine.vector_bits) / bits(precision);
  return engine.pipes * std::max(1.0, lanes) * engine.clock.value.si();
}

// Bytes that a call takes through vector registers besides its arithmetic, all runs.
double pass_registers(const Workload& workload, const KernelCall& call) {
  double bytes = 2 * call.scratch_bytes;
  for (const auto id : call.inputs) bytes += bytes_of(workload, id, call.precision);
  for (const auto id : call.outputs) bytes += bytes_of(workload, id, call.precision);
  return call.passes * bytes * static_cast<double>(call.repeat);
}

// Cycles of one core that no vector shortens, all runs.
double scalar_cycles(const Workload& workload, const KernelCall& call) {
  double elements = 0;
  for (const auto id : call.outputs) {
    elements += bytes_of(workload, id, call.precision) * 8 / bits(call.precision);
  }
  return call.cycles * elements * static_cast<double>(call.repeat);
}

// Share of the engine's vectors that a runtime's kernels use.
double used_width(const Engine& engine, const Runtime& runtime) {
  if (!runtime.widest_vector) return 1;
  return std::min(1.0, static_cast<double>(*runtime.widest_vector) / engine.vector_bits);
}

// A workload as columns.
struct Columns {
  Column multiplies;    // MACs that are really done, over tile use and efficiency
  Column instructions;  // vector operations
  Column peak;          // MACs per second of one core
  Column vector_peak;   // vector operations on one element per second of one core
  Column passes;        // bytes that go through vector registers besides, per byte of them
  Column cycles;        // of one core, whatever its vectors
  Column tile_use;
  Column cores;
  Table bytes;
};

Columns columns_of(const Workload& workload, const Traffic& traffic, std::size_t levels,
                   const Engine& engine, const Runtime& runtime, int cores) {
  const auto rows = static_cast<Eigen::Index>(workload.calls.size());
  const double width = used_width(engine, runtime);
  Columns columns{Column(rows), Column(rows), Column(rows),
                  Column(rows), Column(rows), Column(rows),
                  Column(rows), Column(rows), Table(rows, static_cast<Eigen::Index>(levels))};
  for (Eigen::Index row = 0; row < rows; ++row) {
    const auto& call = workload.calls[static_cast<std::size_t>(row)];
    columns.peak(row) = engine.peak(runtime.arithmetic(call.precision), 1).si() *
                        shader_share(call, engine, runtime, cores) * width;
    columns.vector_peak(row) =
        vector_rate(engine, call.precision) * runtime.vector_efficiency.value * width;
    columns.tile_use(row) = tile_use(call);
    columns.cores(row) = cores_with_work(call, cores);
    const bool multiplies = call.macs > 0;
    columns.multiplies(row) = multiplies ? call.macs * call.mac_factor / call.efficiency : 0;
    columns.instructions(row) =
        vector_instructions(call, runtime) / (multiplies ? 1 : call.efficiency);
    columns.cycles(row) = scalar_cycles(workload, call);
    columns.passes(row) = pass_registers(workload, call) / (bits(call.precision) / 8.0);
    for (std::size_t level = 0; level < levels; ++level) {
      columns.bytes(row, static_cast<Eigen::Index>(level)) =
          traffic[static_cast<std::size_t>(row)][level];
    }
  }
  return columns;
}

// What shaders load from caches is in their efficiency.
Table times_at(const Table& bytes, const std::vector<LevelRoof>& roofs, const Runtime& runtime) {
  const double share = runtime.shaders ? runtime.shaders->bandwidth.value : 1;
  Table times = bytes;
  for (Eigen::Index level = 0; level < times.cols(); ++level) {
    const auto& roof = roofs[static_cast<std::size_t>(level)];
    if (runtime.shaders && roof.cache) {
      times.col(level) = 0;
    } else {
      times.col(level) /= share * roof.bandwidth;
    }
  }
  return times;
}

// The longest time of each call among the nearest levels, or among the others.
Column slowest(const Table& times, const std::vector<LevelRoof>& roofs, bool nearest) {
  Column longest = Column::Zero(times.rows());
  for (Eigen::Index level = 0; level < times.cols(); ++level) {
    if (roofs[static_cast<std::size_t>(level)].nearest == nearest) {
      longest = longest.max(times.col(level));
    }
  }
  return longest;
}

double dispatch_of(const Workload& workload, const Engine& engine, const Runtime& runtime) {
  const bool forks = workload.threads > 1 && engine.kind == EngineKind::cpu;
  const double cycles = runtime.dispatch_cycles + (forks ? runtime.fork_cycles.value : 0);
  return (runtime.dispatch.value + engine.launch.value).si() + cycles / engine.clock.value.si() +
         (forks ? runtime.fork.value.si() : 0);
}

// One hand-over to the engine starts the first call; a call on the host makes the engine finish and
// start again.
Column overhead_of(const Workload& workload, const Engine& engine, const Runtime& runtime) {
  const double dispatch = dispatch_of(workload, engine, runtime);
  const double submit = engine.submit.value.si();
  Column overhead(static_cast<Eigen::Index>(workload.calls.size()));
  for (Eigen::Index row = 0; row < overhead.size(); ++row) {
    const auto& call = workload.calls[static_cast<std::size_t>(row)];
    overhead(row) = static_cast<double>(call.repeat) * (dispatch + (call.host ? 2 * submit : 0)) +
                    (row == 0 ? submit : 0);
  }
  return overhead;
}

// Instructions that a core starts each cycle while it runs this runtime's kernels.
double issued(const Engine& engine, const Runtime& runtime) {
  return 1 + (engine.issue - 1) * runtime.pairing;
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

std::vector<CallTime> time_calls(const Workload& workload, const Traffic& traffic,
                                 const std::vector<LevelRoof>& roofs, const Engine& engine,
                                 const Runtime& runtime) {
  const auto columns =
      columns_of(workload, traffic, roofs.size(), engine, runtime, workload.threads);
  const double serial = runtime.serial_share;
  const double overlap = engine.overlap;
  const double vector_efficiency = runtime.vector_efficiency;
  const Column overhead_s = overhead_of(workload, engine, runtime);

  const Column speedup = 1 / (serial + (1 - serial) / columns.cores);
  const Column compute =
      (columns.multiplies / (columns.peak * speedup * columns.tile_use) +
       columns.instructions / (columns.vector_peak * amdahl(workload.threads, serial)) +
       columns.passes /
           (columns.vector_peak / vector_efficiency * amdahl(workload.threads, serial)) +
       columns.cycles / (engine.clock.value.si() * amdahl(workload.threads, serial))) /
      issued(engine, runtime);
  const Table level_times = times_at(columns.bytes, roofs, runtime);
  const Column loads = slowest(level_times, roofs, true);
  const Column kernel = compute.max(loads) + (1 - overlap) * compute.min(loads);
  const Column memory = slowest(level_times, roofs, false);
  const Column latency = kernel.max(memory) + (1 - overlap) * kernel.min(memory) + overhead_s;

  std::vector<CallTime> times(workload.calls.size());
  for (std::size_t call = 0; call < times.size(); ++call) {
    const auto row = static_cast<Eigen::Index>(call);
    times[call] = {columns.tile_use(row), columns.cores(row), compute(row), {},
                   memory(row),           overhead_s(row),    latency(row)};
    for (Eigen::Index level = 0; level < level_times.cols(); ++level) {
      times[call].level_s.push_back(level_times(row, level));
    }
  }
  return times;
}

}  // namespace roofbeam
