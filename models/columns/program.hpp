// What the compiled loops (models/columns/kernel.hpp) read and write: plain numbers and pointers,
// because files built for different instruction sets must share no code.
#pragma once

#include <cstddef>
#include <cstdint>

namespace roofbeam::columns {

// Cases that go through all layers together: a few columns of them stay in the nearest cache.
inline constexpr std::size_t kBlock = 128;

inline constexpr std::size_t kPrecisionCount = 6;

// Rates of a case. After the named ones: MACs per cycle and energies by precision, then those of
// each level.
enum Slot : std::size_t {
  kClock,
  kIssue,
  kPairing,
  kOverlap,
  kVectorEfficiency,
  kDispatch,
  kDispatchCycles,
  kLaunch,
  kFork,
  kForkCycles,
  kSubmit,
  kShaderBandwidth,
  kIdle,
  kBudget,
  kActive,
  kCoreActive,
  kMacRate,
  kMacEnergy = kMacRate + kPrecisionCount,
  kLevels = kMacEnergy + kPrecisionCount,
};
enum LevelSlot : std::size_t { kBandwidth, kSustained, kCoreBandwidth, kByteEnergy, kLevelSlots };

constexpr std::size_t level_slot(std::size_t level, LevelSlot slot) {
  return kLevels + level * kLevelSlots + slot;
}

// Times that coefficients multiply: seconds of a cycle, of a MAC, of a byte at a level.
enum Unit : std::size_t {
  kOne,                            // for what is the same in all cases
  kCycle,                          // of one core
  kVector,                         // a cycle at the vectors' efficiency
  kMac,                            // by precision
  kByte = kMac + kPrecisionCount,  // by level
};

// How compute and memory time go together: the longer one, their sum, or between.
enum class Overlap : std::uint8_t { full, none, share };

// Layers of one error class whose terms have the same units, and so the same loop:
//   compute = sum of terms, loads = largest of terms, memory = largest of terms.
struct Run {
  std::size_t sum = 0;  // the class: index into the sums
  std::size_t compute = 0;
  std::size_t loads = 0;
  std::size_t memory = 0;
  std::size_t layers = 0;
  const double* coefficients = nullptr;  // layers x (compute + loads + memory)
  const std::size_t* units = nullptr;    // compute + loads + memory
};

// A term of the latency's variance: value x share i x share j. Share 0 is 1, then come those of the
// sums, the last is the overhead's.
struct Covariance {
  std::size_t i = 0;
  std::size_t j = 0;
  double value = 0;
};

struct Program {
  const Run* runs = nullptr;
  std::size_t run_count = 0;
  Overlap overlap = Overlap::full;

  std::size_t levels = 0;
  std::size_t units = 0;
  const unsigned char* varies = nullptr;  // by unit: whether a case's is its own
  const double* instances = nullptr;      // by level
  double threads = 1;

  std::size_t sums = 0;
  const double* constant = nullptr;  // by sum: seconds of layers that no case changes

  double dispatches = 0;
  double submits = 0;
  double forks = 0;
  double overhead_factor = 1;  // the calibration's

  double operations[kPrecisionCount] = {};  // by precision whose energy counts
  const double* bytes = nullptr;            // by level, all layers

  bool budgeted = false;  // some case may have to rest

  const Covariance* covariance = nullptr;
  std::size_t covariances = 0;
  double network_variance = 0;
  double energy_deviation = 0;  // besides the latency's
};

// Results of one block, kBlock doubles each. Without `energy` only the latency before throttling is
// found; without `latency_deviation` no deviation is.
struct BlockOutputs {
  double* latency = nullptr;
  double* operations = nullptr;
  double* traffic = nullptr;
  double* power = nullptr;
  double* energy = nullptr;
  double* throttle = nullptr;
  double* latency_deviation = nullptr;
  double* energy_deviation = nullptr;
};

// Doubles of room that a block's units, sums and shares need.
constexpr std::size_t scratch_size(const Program& program) {
  return (program.units + 2 * program.sums + 8) * kBlock;
}

// `slots` points at kBlock values of each rate.
using Evaluate = void (*)(const Program&, const double* const* slots, double* scratch,
                          const BlockOutputs&);

namespace portable {
void evaluate(const Program&, const double* const* slots, double* scratch, const BlockOutputs&);
}
namespace avx2 {
void evaluate(const Program&, const double* const* slots, double* scratch, const BlockOutputs&);
}
namespace avx512 {
void evaluate(const Program&, const double* const* slots, double* scratch, const BlockOutputs&);
}

}  // namespace roofbeam::columns
