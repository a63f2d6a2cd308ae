// Millions of platform settings of one workload: cases are the lanes of vector registers, kernel
// calls the loop.
//
// A ColumnModel is a workload compiled for the structure of a platform: what fits where, which
// bytes move at which level, what each call asks of a core. What is left to a case are its rates
// (Effect::rate of models/numbers.hpp): clocks, peaks, bandwidths, overheads, energies, powers. The
// formulas are those of predict (models/rates.hpp) and the results agree with its totals to a
// relative 1e-12; docs/models/columns.md derives them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "models/calibration.hpp"
#include "models/numbers.hpp"
#include "models/workload.hpp"

namespace roofbeam {

namespace columns {
struct Compiled;
}

// Where results go, one a case, in SI units; an empty span is not wanted. They are the totals of a
// Prediction: after throttling, calibrated if the model is.
struct CaseOutputs {
  std::span<double> latency;            // s, of one batch
  std::span<double> energy;             // J, of one batch: operations + traffic + power
  std::span<double> operations;         // J
  std::span<double> traffic;            // J
  std::span<double> power;              // J
  std::span<double> throttle;           // latency is this much longer to stay in the power budget
  std::span<double> latency_deviation;  // LogError::deviation
  std::span<double> energy_deviation;
};

// Instruction sets that the loops are built for. All give the same bits.
enum class SimdPath : std::uint8_t { portable, avx2, avx512 };
[[nodiscard]] std::string_view to_text(SimdPath path);

// Those that this program has and this machine runs, widest last: never empty.
[[nodiscard]] std::span<const SimdPath> simd_paths();

class ColumnModel {
 public:
  // `varied` are the numbers that differ between cases: indices into numbers_of(platform, engine,
  // runtime).list, each of Effect::rate or none. All others are those of platform and runtime, and
  // what follows from them alone is folded here. `engine` is one of platform.engines, `runtime` the
  // one that the workload was lowered for. Throws InputError for a number that changes more than
  // rates. Keeps no reference to its arguments.
  ColumnModel(const Workload& workload, const Platform& platform, const Engine& engine,
              const Runtime& runtime, std::vector<std::size_t> varied,
              const Calibration* calibration = nullptr);
  ~ColumnModel();
  ColumnModel(ColumnModel&&) noexcept;
  ColumnModel& operator=(ColumnModel&&) noexcept;

  [[nodiscard]] std::span<const std::size_t> varied() const;

  // Scores cases: `columns` are the values of each varied number, in that order, each as long as
  // `cases`, as are the outputs that are wanted. A case's bits depend on its own values and on
  // `varied` alone, not on its neighbours, the path or the outputs wanted. Any number of threads
  // may ask at a time.
  void evaluate(std::span<const std::span<const double>> columns, std::size_t cases,
                const CaseOutputs& outputs) const;
  void evaluate(std::span<const std::span<const double>> columns, std::size_t cases,
                const CaseOutputs& outputs, SimdPath path) const;

 private:
  std::unique_ptr<const columns::Compiled> compiled_;
};

}  // namespace roofbeam
