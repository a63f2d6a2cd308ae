// How many platform settings of a network of 100 layers a second the columns score, on one core,
// beside the same formulas written out by hand and beside a loop over an array of structures.
//
// Every case has its own clock and its own bandwidths of L1, L2 and DRAM. The ratios are printed
// last; before anything is timed, all must agree.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "bench/columns_by_hand.hpp"
#include "models/call_cost.hpp"
#include "models/columns.hpp"
#include "models/energy.hpp"
#include "models/placement.hpp"

namespace roofbeam::bench {
namespace {

constexpr std::size_t kCases = 1 << 16;
constexpr int kLayers = 100;

template <class Q>
config::Sourced<Q> si(double value) {
  return {Q::from_si(value), {}};
}

MemoryLevel level(const char* name, double size, double bandwidth, bool cache) {
  MemoryLevel made;
  made.name = name;
  made.kind = cache ? MemoryLevel::Kind::cache : MemoryLevel::Kind::memory;
  made.holds_activations = made.holds_weights = !cache;
  made.size = si<Bytes>(size);
  made.bandwidth = si<BytesPerSecond>(bandwidth);
  made.energy = si<JoulesPerByte>(cache ? 1e-12 : 20e-12);
  return made;
}

Platform made_platform(double overlap) {
  Platform made;
  made.name = "made";
  Engine engine;
  engine.name = "cpu";
  engine.clock = si<Hertz>(2e9);
  engine.vector_bits = {128, {}};
  engine.macs_per_cycle[Precision::fp32] = 8;
  engine.overlap = {overlap, {}};
  engine.mac_energy[Precision::fp32] = si<JoulesPerMac>(2e-12);
  engine.core_active = si<Watts>(1);
  made.engines = {engine};
  made.memory = {level("L1", 32e3, 64e9, true), level("L2", 1e6, 30e9, true),
                 level("DRAM", 8e9, 10e9, false)};
  return made;
}

Runtime made_runtime() {
  Runtime made;
  made.name = "made";
  made.precisions = {Precision::fp32};
  made.engines = {EngineKind::cpu};
  made.dispatch = si<Seconds>(1e-6);
  made.vector_instructions.fill(1);
  made.errors = ErrorModel::unstated();
  return made;
}

// A hundred different products, convolutions and passes over a megabyte.
Workload made_workload() {
  constexpr Algorithm kKinds[] = {Algorithm::gemm, Algorithm::im2col, Algorithm::depthwise,
                                  Algorithm::elementwise};
  std::mt19937 random(7);
  const auto any = [&](int least, int most) {
    return static_cast<std::int64_t>(least + static_cast<int>(random() % (most - least + 1u)));
  };
  Workload made;
  for (int i = 0; i < kLayers; ++i) {
    KernelCall call;
    call.algorithm = kKinds[i % 4];
    call.matrix = {1, any(8, 4000), any(8, 500), any(8, 1000)};
    if (call.algorithm == Algorithm::depthwise) call.matrix = {any(8, 500), any(50, 4000), 1, 9};
    const auto& m = call.matrix;
    if (i % 4 != 3) call.macs = static_cast<double>(m.batch * m.m * m.n * m.k);
    call.vector_ops[0] = static_cast<double>(m.batch * m.m * m.n);
    call.weight_bytes = i % 4 == 3 ? 0 : static_cast<double>(4 * m.n * m.k);
    call.tile = {4, 8, 1};
    call.efficiency = 0.7;
    made.buffers.push_back({"t" + std::to_string(i), 4 * m.batch * m.m * m.n, i - 1, i, {}});
    call.inputs = {i};
    call.outputs = {i + 1};
    made.weight_bytes += call.weight_bytes;
    made.calls.push_back(call);
  }
  made.buffers.push_back({"out", 40000, kLayers - 1, kLayers, {}});
  made.plan = plan_memory(made.buffers);
  return made;
}

HandCases made_cases() {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> factor(0.25, 4);
  HandCases made;
  for (std::size_t i = 0; i < kCases; ++i) {
    made.clock.push_back(2e9 * factor(random));
    made.l1.push_back(64e9 * factor(random));
    made.l2.push_back(30e9 * factor(random));
    made.dram.push_back(10e9 * factor(random));
    made.dram_energy.push_back(20e-12 * factor(random));
    made.power.push_back(factor(random));
  }
  return made;
}

// What the hand-written loops are given: coefficients, found by the room's own functions.
HandNetwork by_hand(const Workload& workload, const Platform& platform, const Runtime& runtime) {
  const auto& engine = platform.engines[0];
  const auto traffic = find_traffic(workload, place(workload, platform, engine).hierarchy);
  const auto costs = cost_calls(workload, engine, runtime);
  HandNetwork made;
  made.exposed = 1 - engine.overlap;
  made.variances = {runtime.errors.common * runtime.errors.common};
  std::map<Algorithm, std::vector<std::size_t>> classes;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    classes[workload.calls[i].algorithm].push_back(i);
  }
  for (const auto& [algorithm, calls] : classes) {
    made.first.push_back(made.layers.size());
    const double error = runtime.errors.classes[static_cast<std::size_t>(algorithm)];
    made.variances.push_back(error * error);
    for (const std::size_t i : calls) {
      const double rate = engine.macs_per_cycle[Precision::fp32].value_or(0);
      made.layers.push_back({costs[i].multiplies / rate + costs[i].vectors + costs[i].cycles,
                             traffic[i][0], traffic[i][1], traffic[i][2]});
      made.operations += operations_of(workload.calls[i]) * 2e-12;
      made.operations += (traffic[i][0] + traffic[i][1]) * 1e-12;
      made.dram_bytes += traffic[i][2];
    }
  }
  made.classes = classes.size();
  made.first.push_back(made.layers.size());
  const double overhead = runtime.errors.classes[kOverheadClass];
  made.variances.push_back(overhead * overhead);
  made.overhead = kLayers * runtime.dispatch.value.si();
  made.network_variance = runtime.errors.network * runtime.errors.network;
  made.energy_figures = kEnergyFigures;
  return made;
}

// One network on one platform, to be asked in several ways.
struct Question {
  explicit Question(double overlap) : platform(made_platform(overlap)) {
    network = by_hand(workload, platform, runtime);
  }
  [[nodiscard]] ColumnModel compiled(bool energy) const {
    const auto numbers = numbers_of(platform, platform.engines[0], runtime);
    std::vector<std::size_t> varied;
    for (const char* name :
         {"platform.engines.cpu.clock", "platform.memory.L1.bandwidth",
          "platform.memory.L2.bandwidth", "platform.memory.DRAM.bandwidth",
          "platform.memory.DRAM.energy", "platform.engines.cpu.energy.core_active"}) {
      if (energy || varied.size() < 4) varied.push_back(*numbers.find(name));
    }
    return {workload, platform, platform.engines[0], runtime, varied};
  }
  [[nodiscard]] std::vector<std::span<const double>> columns(bool energy) const {
    std::vector<std::span<const double>> spans = {cases.clock, cases.l1, cases.l2, cases.dram};
    if (energy) spans.insert(spans.end(), {cases.dram_energy, cases.power});
    return spans;
  }

  Workload workload = made_workload();
  Platform platform;
  Runtime runtime = made_runtime();
  HandNetwork network;
  HandCases cases = made_cases();
};

struct Results {
  std::vector<double> latency = std::vector<double>(kCases);
  std::vector<double> energy = latency, latency_deviation = latency, energy_deviation = latency;
  [[nodiscard]] CaseOutputs outputs(bool all) {
    CaseOutputs wanted;
    wanted.latency = latency;
    if (!all) return wanted;
    wanted.energy = energy;
    wanted.latency_deviation = latency_deviation;
    wanted.energy_deviation = energy_deviation;
    return wanted;
  }
};

void must_agree(const char* what, const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::abs(a[i] - b[i]) <= 1e-11 * std::abs(b[i])) continue;
    std::fprintf(stderr, "%s: case %zu: %.17g and %.17g\n", what, i, a[i], b[i]);
    std::exit(1);
  }
}

template <class Work>
void add(const std::string& name, Work work) {
  const auto run = [work](benchmark::State& state) mutable {
    for (auto _ : state) {
      work();
      benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kCases));
  };
  benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMillisecond);
}

using HandLoop = void (*)(const HandNetwork&, const HandCases&, double*);

void add_latency(const std::string& name, double overlap, HandLoop loop) {
  auto question = std::make_shared<Question>(overlap);
  auto by_hand = std::make_shared<Results>();
  auto engine = std::make_shared<Results>();
  auto model = std::make_shared<ColumnModel>(question->compiled(false));
  loop(question->network, question->cases, by_hand->latency.data());
  model->evaluate(question->columns(false), kCases, engine->outputs(false));
  must_agree(name.c_str(), engine->latency, by_hand->latency);
  add(name + "/by_hand",
      [=] { loop(question->network, question->cases, by_hand->latency.data()); });
  for (const auto path : simd_paths()) {
    add(name + "/columns_" + std::string(to_text(path)),
        [=] { model->evaluate(question->columns(false), kCases, engine->outputs(false), path); });
  }
}

void add_naive() {
  auto question = std::make_shared<Question>(1);
  auto cases = std::make_shared<std::vector<NaiveCase>>();
  const auto& from = question->cases;
  for (std::size_t i = 0; i < kCases; ++i) {
    cases->push_back({from.clock[i], from.l1[i], from.l2[i], from.dram[i], 0});
  }
  add("latency/array_of_structures", [=] { roofs_naively(question->network, *cases); });
}

void add_all() {
  auto question = std::make_shared<Question>(1);
  auto hand = std::make_shared<Results>();
  auto engine = std::make_shared<Results>();
  auto model = std::make_shared<ColumnModel>(question->compiled(true));
  const auto loop = [=] {
    all_by_hand(question->network, question->cases, hand->latency.data(), hand->energy.data(),
                hand->latency_deviation.data(), hand->energy_deviation.data());
  };
  loop();
  model->evaluate(question->columns(true), kCases, engine->outputs(true));
  must_agree("latency", engine->latency, hand->latency);
  must_agree("energy", engine->energy, hand->energy);
  must_agree("latency_deviation", engine->latency_deviation, hand->latency_deviation);
  must_agree("energy_deviation", engine->energy_deviation, hand->energy_deviation);
  add("latency+energy+intervals/by_hand", loop);
  for (const auto path : simd_paths()) {
    add("latency+energy+intervals/columns_" + std::string(to_text(path)),
        [=] { model->evaluate(question->columns(true), kCases, engine->outputs(true), path); });
  }
}

void add_compile() {
  auto question = std::make_shared<Question>(1);
  const auto run = [question](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(question->compiled(true));
  };
  benchmark::RegisterBenchmark("compile", run)->Unit(benchmark::kMicrosecond);
}

// Remembers speeds, to print them beside each other.
class Reporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const auto& run : runs) {
      const auto speed = run.counters.find("items_per_second");
      if (speed != run.counters.end()) speeds_[run.benchmark_name()] = speed->second;
    }
  }
  void print_ratios() const {
    for (const auto& [name, speed] : speeds_) {
      const auto group = name.substr(0, name.find('/'));
      const auto hand = speeds_.find(group + "/by_hand");
      if (hand == speeds_.end()) continue;
      std::printf("%-45s %6.1f M cases/s, %4.2f x by hand\n", name.c_str(), speed / 1e6,
                  speed / hand->second);
    }
  }

 private:
  std::map<std::string, double> speeds_;
};

}  // namespace
}  // namespace roofbeam::bench

int main(int count, char** words) {
  using namespace roofbeam::bench;
  benchmark::Initialize(&count, words);
  add_latency("latency", 1, roofs_by_hand);
  add_latency("latency, overlap 0.8", 0.8, shared_roofs_by_hand);
  add_naive();
  add_all();
  add_compile();
  Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  reporter.print_ratios();
}
