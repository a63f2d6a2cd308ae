#include "models/columns.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "models/columns/compile.hpp"

namespace roofbeam {
namespace {

using columns::kBlock;

std::vector<SimdPath> paths_here() {
  std::vector<SimdPath> paths = {SimdPath::portable};
#ifdef ROOFBEAM_X86_PATHS
  if (__builtin_cpu_supports("avx2")) paths.push_back(SimdPath::avx2);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    paths.push_back(SimdPath::avx512);
  }
#endif
  return paths;
}

columns::Evaluate evaluator(SimdPath path) {
#ifdef ROOFBEAM_X86_PATHS
  if (path == SimdPath::avx2) return columns::avx2::evaluate;
  if (path == SimdPath::avx512) return columns::avx512::evaluate;
#endif
  return columns::portable::evaluate;
}

constexpr std::size_t kCacheLine = 64 / sizeof(double);

// The first cache line in it: no vector of cases then lies on two lines.
double* aligned(std::vector<double>& room) {
  void* start = room.data();
  std::size_t bytes = room.size() * sizeof(double);
  return static_cast<double*>(std::align(64, bytes - 64, start, bytes));
}

// Where one output of a block goes: to the caller, or into scratch if it is not wanted or the block
// is not full.
struct Target {
  std::span<double> wanted;
  double* scratch = nullptr;

  [[nodiscard]] double* of_block(std::size_t first, std::size_t count) const {
    return wanted.empty() || count < kBlock ? scratch : wanted.data() + first;
  }
  void finish(std::size_t first, std::size_t count) const {
    if (wanted.empty() || count == kBlock) return;
    std::copy_n(scratch, count, wanted.begin() + static_cast<std::ptrdiff_t>(first));
  }
};

// One pass over all cases, block by block.
class Pass {
 public:
  Pass(const columns::Compiled& compiled, std::span<const std::span<const double>> columns,
       const CaseOutputs& outputs)
      : compiled_(compiled), columns_(columns) {
    const auto& program = compiled.program;
    const std::size_t slots = compiled.rates.size() / kBlock;
    const std::size_t own = columns::scratch_size(program);
    room_.resize(own + (outputs_.size() + columns.size()) * kBlock + kCacheLine);
    scratch_ = aligned(room_);
    double* next = scratch_ + own;
    for (std::size_t slot = 0; slot < slots; ++slot) {
      slots_.push_back(compiled.rates.data() + slot * kBlock);
    }
    const std::array wanted = {
        outputs.latency, outputs.operations, outputs.traffic,           outputs.power,
        outputs.energy,  outputs.throttle,   outputs.latency_deviation, outputs.energy_deviation};
    for (std::size_t i = 0; i < wanted.size(); ++i, next += kBlock) outputs_[i] = {wanted[i], next};
    padded_ = next;
    deviations_ = !outputs.latency_deviation.empty() || !outputs.energy_deviation.empty();
    energies_ = program.budgeted || deviations_ ||
                std::any_of(wanted.begin() + 1, wanted.end(),
                            [](std::span<double> span) { return !span.empty(); });
  }

  void score(columns::Evaluate evaluate, std::size_t first, std::size_t count) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (const auto slot = compiled_.slot_of[i]) slots_[*slot] = block_of(i, first, count);
    }
    const auto to = [&](std::size_t i) { return outputs_[i].of_block(first, count); };
    columns::BlockOutputs block{to(0), to(1), to(2), to(3), to(4), to(5), to(6), to(7)};
    if (!energies_) block.energy = nullptr;
    if (!deviations_) block.latency_deviation = nullptr;
    evaluate(compiled_.program, slots_.data(), scratch_, block);
    for (const auto& output : outputs_) output.finish(first, count);
  }

 private:
  // The last block is filled up with its last case.
  const double* block_of(std::size_t column, std::size_t first, std::size_t count) {
    const double* values = columns_[column].data() + first;
    if (count == kBlock) return values;
    double* padded = padded_ + column * kBlock;
    std::copy_n(values, count, padded);
    std::fill_n(padded + count, kBlock - count, values[count - 1]);
    return padded;
  }

  const columns::Compiled& compiled_;
  std::span<const std::span<const double>> columns_;
  std::vector<double> room_;
  double* scratch_ = nullptr;
  std::vector<const double*> slots_;
  std::array<Target, 8> outputs_;
  double* padded_ = nullptr;
  bool deviations_ = false;
  bool energies_ = false;
};

}  // namespace

std::string_view to_text(SimdPath path) {
  constexpr std::string_view kWords[] = {"portable", "avx2", "avx512"};
  return kWords[static_cast<std::size_t>(path)];
}

std::span<const SimdPath> simd_paths() {
  static const std::vector<SimdPath> paths = paths_here();
  return paths;
}

ColumnModel::ColumnModel(const Workload& workload, const Platform& platform, const Engine& engine,
                         const Runtime& runtime, std::vector<std::size_t> varied,
                         const Calibration* calibration) {
  const Calibration belief = calibration ? *calibration : uncalibrated(runtime.errors);
  auto compiled = std::make_unique<columns::Compiled>();
  compiled->varied = std::move(varied);
  columns::compile({workload, platform, engine, runtime, belief}, *compiled);
  compiled_ = std::move(compiled);
}

ColumnModel::~ColumnModel() = default;
ColumnModel::ColumnModel(ColumnModel&&) noexcept = default;
ColumnModel& ColumnModel::operator=(ColumnModel&&) noexcept = default;

std::span<const std::size_t> ColumnModel::varied() const { return compiled_->varied; }

void ColumnModel::evaluate(std::span<const std::span<const double>> columns, std::size_t cases,
                           const CaseOutputs& outputs) const {
  evaluate(columns, cases, outputs, simd_paths().back());
}

void ColumnModel::evaluate(std::span<const std::span<const double>> columns, std::size_t cases,
                           const CaseOutputs& outputs, SimdPath path) const {
  assert(columns.size() == compiled_->varied.size());
  Pass pass(*compiled_, columns, outputs);
  for (std::size_t first = 0; first < cases; first += kBlock) {
    pass.score(evaluator(path), first, std::min(kBlock, cases - first));
  }
}

}  // namespace roofbeam
