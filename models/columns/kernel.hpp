// The loops over a block of cases. Included by one file for each instruction set, so everything
// here is local to the file, and nothing of the standard library is called.
#pragma once

#include <cstddef>
#include <utility>

#include "models/columns/program.hpp"
#include "models/rates.hpp"

namespace roofbeam::columns {
namespace {

#if defined(__clang__)
#define ROOFBEAM_LANES _Pragma("clang loop vectorize(enable)") for
#elif defined(__GNUC__)
#define ROOFBEAM_LANES _Pragma("GCC ivdep") for
#else
#define ROOFBEAM_LANES for
#endif

inline void set_all(double* column, double value) {
  for (std::size_t i = 0; i < kBlock; ++i) column[i] = value;
}

// --- layers ---

// A vector register of cases. Spelled out here, where nearly all time is spent: compilers see the
// vectors in all other loops by themselves.
#if defined(__AVX512F__)
inline constexpr std::size_t kLanes = 8;
#elif defined(__AVX__)
inline constexpr std::size_t kLanes = 4;
#else
inline constexpr std::size_t kLanes = 2;
#endif
#if defined(__GNUC__)
using Lanes
    [[gnu::vector_size(kLanes * sizeof(double)), gnu::aligned(sizeof(double)), gnu::may_alias]] =
        double;
#else
using Lanes = double;
#endif
inline constexpr std::size_t kVectors = kBlock * sizeof(double) / sizeof(Lanes);

inline const Lanes* lanes(const double* column) { return reinterpret_cast<const Lanes*>(column); }

template <Overlap O, class T>
[[gnu::always_inline]] inline T together(T a, T b, T exposed) {
  if constexpr (O == Overlap::full) return rates::larger(a, b);
  if constexpr (O == Overlap::none) return a + b;
  return rates::overlapped(a, b, exposed);
}

// The time of a layer for the i-th vector of cases. C, L, M: terms of compute, loads and memory.
template <int C, int L, int M, Overlap O>
[[gnu::always_inline]] inline Lanes time_of(const double* k, const Lanes* const* unit,
                                            const Lanes* exposed, std::size_t i) {
  Lanes time = k[0] * unit[0][i];
  for (int t = 1; t < C; ++t) time += k[t] * unit[t][i];
  if constexpr (L > 0) {
    Lanes loads = k[C] * unit[C][i];
    for (int t = C + 1; t < C + L; ++t) loads = rates::larger<Lanes>(loads, k[t] * unit[t][i]);
    time = together<O, Lanes>(time, loads, exposed[i]);
  }
  if constexpr (M > 0) {
    Lanes memory = k[C + L] * unit[C + L][i];
    for (int t = C + L + 1; t < C + L + M; ++t) {
      memory = rates::larger<Lanes>(memory, k[t] * unit[t][i]);
    }
    time = together<O, Lanes>(time, memory, exposed[i]);
  }
  return time;
}

// Adds the times of a run's layers to a sum, two layers at a time.
template <int C, int L, int M, Overlap O>
void add_run(const Run& run, const double* units, const double* exposed, double* sum) {
  constexpr int kTerms = C + L + M;
  const Lanes* unit[kTerms];
  for (int t = 0; t < kTerms; ++t) unit[t] = lanes(units + run.units[t] * kBlock);
  Lanes* sums = reinterpret_cast<Lanes*>(sum);
  std::size_t layer = 0;
  for (; layer + 1 < run.layers; layer += 2) {
    double k[2 * kTerms];
    for (int t = 0; t < 2 * kTerms; ++t) k[t] = run.coefficients[layer * kTerms + t];
    for (std::size_t i = 0; i < kVectors; ++i) {
      sums[i] += time_of<C, L, M, O>(k, unit, lanes(exposed), i) +
                 time_of<C, L, M, O>(k + kTerms, unit, lanes(exposed), i);
    }
  }
  if (layer < run.layers) {
    double k[kTerms];
    for (int t = 0; t < kTerms; ++t) k[t] = run.coefficients[layer * kTerms + t];
    for (std::size_t i = 0; i < kVectors; ++i) {
      sums[i] += time_of<C, L, M, O>(k, unit, lanes(exposed), i);
    }
  }
}

// The same for any number of terms, one after another.
template <Overlap O>
void add_any_run(const Run& run, const double* units, const double* exposed,
                 double* __restrict sum) {
  const std::size_t terms = run.compute + run.loads + run.memory;
  double time[kBlock];
  double longest[kBlock];
  const auto larger_of = [&](const double* k, std::size_t first, std::size_t end) {
    for (std::size_t t = first; t < end; ++t) {
      const double* unit = units + run.units[t] * kBlock;
      const double before = t == first ? 0 : 1;
      ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
        longest[i] = rates::larger(before * longest[i], k[t] * unit[i]);
      }
    }
    if (first == end) return;
    ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
      time[i] = together<O>(time[i], longest[i], exposed[i]);
    }
  };
  set_all(longest, 0);
  for (std::size_t layer = 0; layer < run.layers; ++layer) {
    const double* k = run.coefficients + layer * terms;
    set_all(time, 0);
    for (std::size_t t = 0; t < run.compute; ++t) {
      const double* unit = units + run.units[t] * kBlock;
      ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) time[i] += k[t] * unit[i];
    }
    larger_of(k, run.compute, run.compute + run.loads);
    larger_of(k, run.compute + run.loads, terms);
    ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) sum[i] += time[i];
  }
}

using AddRun = void (*)(const Run&, const double*, const double*, double*);

// Most terms of a kind that have a loop of their own.
inline constexpr std::size_t kMostCompute = 3;
inline constexpr std::size_t kMostLoads = 2;
inline constexpr std::size_t kMostMemory = 3;
inline constexpr std::size_t kLoops = kMostCompute * (kMostLoads + 1) * (kMostMemory + 1);

struct Loops {
  AddRun loop[kLoops];
};

template <Overlap O, std::size_t... I>
constexpr Loops loops(std::index_sequence<I...>) {
  constexpr std::size_t m = kMostMemory + 1;
  constexpr std::size_t l = kMostLoads + 1;
  return {{&add_run<1 + I / m / l, I / m % l, I % m, O>...}};
}

template <Overlap O>
void add_runs(const Program& program, const double* units, const double* exposed, double* sums) {
  static constexpr Loops kTable = loops<O>(std::make_index_sequence<kLoops>{});
  for (std::size_t r = 0; r < program.run_count; ++r) {
    const Run& run = program.runs[r];
    double* sum = sums + run.sum * kBlock;
    const bool has_loop = run.compute >= 1 && run.compute <= kMostCompute &&
                          run.loads <= kMostLoads && run.memory <= kMostMemory;
    if (!has_loop) {
      add_any_run<O>(run, units, exposed, sum);
      continue;
    }
    const std::size_t which =
        ((run.compute - 1) * (kMostLoads + 1) + run.loads) * (kMostMemory + 1) + run.memory;
    kTable.loop[which](run, units, exposed, sum);
  }
}

inline void add_layers(const Program& program, const double* units, const double* exposed,
                       double* sums) {
  switch (program.overlap) {
    case Overlap::full:
      return add_runs<Overlap::full>(program, units, exposed, sums);
    case Overlap::none:
      return add_runs<Overlap::none>(program, units, exposed, sums);
    case Overlap::share:
      return add_runs<Overlap::share>(program, units, exposed, sums);
  }
}

// --- before the layers: what a unit takes ---

inline void find_cycles(const Program& program, const double* const* slots, double* units) {
  const double* clock = slots[kClock];
  const double* issue = slots[kIssue];
  const double* pairing = slots[kPairing];
  const double* efficiency = slots[kVectorEfficiency];
  double* __restrict cycle = units + kCycle * kBlock;
  double* __restrict vector = units + kVector * kBlock;
  ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
    cycle[i] = rates::cycle(clock[i], issue[i], pairing[i]);
  }
  if (program.varies[kVector]) {
    ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) vector[i] = cycle[i] / efficiency[i];
  }
  for (std::size_t p = 0; p < kPrecisionCount; ++p) {
    if (!program.varies[kMac + p]) continue;
    const double* rate = slots[kMacRate + p];
    double* __restrict mac = units + (kMac + p) * kBlock;
    ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) mac[i] = cycle[i] / rate[i];
  }
}

inline void find_bytes(const Program& program, const double* const* slots, double* units) {
  const double* share = slots[kShaderBandwidth];
  for (std::size_t level = 0; level < program.levels; ++level) {
    if (!program.varies[kByte + level]) continue;
    const double instances = program.instances[level];
    const double threads = program.threads;
    const double* peak = slots[level_slot(level, kBandwidth)];
    const double* sustained = slots[level_slot(level, kSustained)];
    const double* draw = slots[level_slot(level, kCoreBandwidth)];
    double* __restrict byte = units + (kByte + level) * kBlock;
    ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
      byte[i] =
          1 / (share[i] * rates::bandwidth(peak[i], sustained[i], instances, threads * draw[i]));
    }
  }
}

// --- after the layers: totals ---

// Seconds of all starts of kernels.
inline void find_overhead(const Program& program, const double* const* slots,
                          double* __restrict seconds) {
  const double* dispatch = slots[kDispatch];
  const double* launch = slots[kLaunch];
  const double* cycles = slots[kDispatchCycles];
  const double* fork = slots[kFork];
  const double* fork_cycles = slots[kForkCycles];
  const double* clock = slots[kClock];
  const double* submit = slots[kSubmit];
  const double factor = program.overhead_factor;
  ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
    const rates::Dispatch cost{dispatch[i], launch[i], cycles[i], fork[i], fork_cycles[i]};
    const double call = rates::dispatch(cost, program.forks, clock[i]);
    seconds[i] = factor * (program.dispatches * call + program.submits * submit[i]);
  }
}

inline void find_latency(const Program& program, const double* sums, const double* overhead,
                         double* __restrict latency) {
  for (std::size_t i = 0; i < kBlock; ++i) latency[i] = overhead[i];
  for (std::size_t s = 0; s < program.sums; ++s) {
    const double* sum = sums + s * kBlock;
    ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) latency[i] += sum[i];
  }
}

inline void add_products(double factor, const double* column, double* __restrict sum) {
  if (factor == 0) return;
  ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) sum[i] += factor * column[i];
}

inline void find_energy(const Program& program, const double* const* slots,
                        const BlockOutputs& out) {
  set_all(out.operations, 0);
  set_all(out.traffic, 0);
  for (std::size_t p = 0; p < kPrecisionCount; ++p) {
    add_products(program.operations[p], slots[kMacEnergy + p], out.operations);
  }
  for (std::size_t level = 0; level < program.levels; ++level) {
    add_products(program.bytes[level], slots[level_slot(level, kByteEnergy)], out.traffic);
  }
  const double* idle = slots[kIdle];
  const double* active = slots[kActive];
  const double* core = slots[kCoreActive];
  ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
    out.power[i] = (idle[i] + (active[i] + core[i] * program.threads)) * out.latency[i];
    out.energy[i] = out.operations[i] + out.traffic[i] + out.power[i];
  }
}

// Variance of the latency's logarithm from the shares of each class in it (models/calibration.hpp).
inline void find_deviations(const Program& program, const double* sums, const double* overhead,
                            double* shares, const BlockOutputs& out) {
  set_all(shares, 1);
  for (std::size_t s = 0; s <= program.sums; ++s) {
    const double* seconds = s < program.sums ? sums + s * kBlock : overhead;
    double* __restrict share = shares + (s + 1) * kBlock;
    ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
      share[i] = out.latency[i] > 0 ? seconds[i] / out.latency[i] : 0;
    }
  }
  double* __restrict variance = out.latency_deviation;
  set_all(variance, 0);
  for (std::size_t c = 0; c < program.covariances; ++c) {
    const Covariance& term = program.covariance[c];
    const double* a = shares + term.i * kBlock;
    const double* b = shares + term.j * kBlock;
    ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) variance[i] += term.value * a[i] * b[i];
  }
  const double own = program.network_variance;
  const double figures = program.energy_deviation * program.energy_deviation;
  double* __restrict of_energy = out.energy_deviation;
  ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
    const double deviation = __builtin_sqrt(rates::larger(variance[i], 0.0) + own);
    const double share = out.energy[i] > 0 ? out.power[i] / out.energy[i] : 0;
    const double of_power = share * deviation;
    variance[i] = deviation;
    of_energy[i] = __builtin_sqrt(of_power * of_power + figures);
  }
}

// Rests in idle until the average power is back in the budget; an idle power above the budget
// leaves all as it is (models/energy.hpp: throttle).
inline void keep_budget(const double* const* slots, const BlockOutputs& out) {
  const double* idle = slots[kIdle];
  const double* budget = slots[kBudget];
  double* __restrict throttle = out.throttle;
  double* __restrict latency = out.latency;
  double* __restrict power = out.power;
  double* __restrict energy = out.energy;
  ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
    const double time = latency[i];
    const double factor = (energy[i] - idle[i] * time) / (budget[i] - idle[i]) / time;
    const bool over = (time > 0) & (energy[i] > budget[i] * time) & (budget[i] > idle[i]);
    throttle[i] = (over & (factor > 1)) ? factor : 1;
  }
  ROOFBEAM_LANES(std::size_t i = 0; i < kBlock; ++i) {
    power[i] += idle[i] * (latency[i] * (throttle[i] - 1));
    latency[i] *= throttle[i];
    energy[i] = out.operations[i] + out.traffic[i] + power[i];
  }
}

inline void evaluate_block(const Program& program, const double* const* slots, double* scratch,
                           const BlockOutputs& out) {
  double* units = scratch;
  double* sums = units + program.units * kBlock;
  double* shares = sums + program.sums * kBlock;
  double* overhead = shares + (program.sums + 2) * kBlock;
  double* exposed = overhead + kBlock;

  set_all(units + kOne * kBlock, 1);
  find_cycles(program, slots, units);
  find_bytes(program, slots, units);
  for (std::size_t i = 0; i < kBlock; ++i) exposed[i] = 1 - slots[kOverlap][i];
  for (std::size_t s = 0; s < program.sums; ++s) set_all(sums + s * kBlock, program.constant[s]);
  add_layers(program, units, exposed, sums);

  find_overhead(program, slots, overhead);
  find_latency(program, sums, overhead, out.latency);
  if (out.energy == nullptr) return;
  find_energy(program, slots, out);
  if (out.latency_deviation != nullptr) find_deviations(program, sums, overhead, shares, out);
  set_all(out.throttle, 1);
  if (program.budgeted) keep_budget(slots, out);
}

}  // namespace
}  // namespace roofbeam::columns
