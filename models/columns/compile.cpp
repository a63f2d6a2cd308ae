#include "models/columns/compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "core/input_error.hpp"
#include "models/call_cost.hpp"
#include "models/energy.hpp"
#include "models/placement.hpp"
#include "models/rates.hpp"

namespace roofbeam::columns {
namespace {

static_assert(kPrecisionCount == kPrecisions);

std::size_t index(Precision precision) { return static_cast<std::size_t>(precision); }

// --- rates: which number is which slot ---

struct NamedSlot {
  std::string name;
  std::size_t slot;
  double absent;  // its value where there is no such number
};

std::vector<NamedSlot> engine_slots(const Engine& engine) {
  const auto name = fmt::format("platform.engines.{}.", engine.name);
  std::vector<NamedSlot> slots = {
      {name + "clock", kClock, 0},
      {name + "issue", kIssue, 1},
      {name + "overlap", kOverlap, 1},
      {name + "launch", kLaunch, 0},
      {name + "submit", kSubmit, 0},
      {name + "energy.active", kActive, 0},
      {name + "energy.core_active", kCoreActive, 0},
  };
  for (std::size_t p = 0; p < kPrecisions; ++p) {
    const auto word = to_text(static_cast<Precision>(p));
    slots.push_back({fmt::format("{}macs_per_cycle.{}", name, word), kMacRate + p, 0});
    slots.push_back({fmt::format("{}energy.mac.{}", name, word), kMacEnergy + p, 0});
  }
  return slots;
}

std::vector<NamedSlot> slots_of(const Engine& engine, const Placed& placed) {
  auto slots = engine_slots(engine);
  for (std::size_t i = 0; i < placed.levels.size(); ++i) {
    const auto name = fmt::format("platform.memory.{}.", placed.levels[i]->name);
    slots.push_back({name + "bandwidth", level_slot(i, kBandwidth), 0});
    slots.push_back({name + "sustained", level_slot(i, kSustained), 1});
    slots.push_back({name + "core_bandwidth", level_slot(i, kCoreBandwidth), 0});
    slots.push_back({name + "energy", level_slot(i, kByteEnergy), 0});
  }
  const std::vector<NamedSlot> rest = {
      {"platform.energy.idle", kIdle, 0},
      {"platform.energy.budget", kBudget, 0},
      {"runtime.dispatch", kDispatch, 0},
      {"runtime.dispatch_cycles", kDispatchCycles, 0},
      {"runtime.fork", kFork, 0},
      {"runtime.fork_cycles", kForkCycles, 0},
      {"runtime.pairing", kPairing, 0},
      {"runtime.vector_efficiency", kVectorEfficiency, 1},
      {"runtime.shaders.bandwidth", kShaderBandwidth, 1},
  };
  slots.insert(slots.end(), rest.begin(), rest.end());
  return slots;
}

void check_varied(const Numbers& numbers, const std::vector<std::size_t>& varied) {
  for (const auto number : varied) {
    const auto& stated = numbers.list.at(number);
    if (stated.effect == Effect::none || stated.effect == Effect::rate) continue;
    throw InputError(fmt::format(
        "{} changes more than rates: the workload has to be compiled anew for each of its values",
        stated.name));
  }
}

// --- layers ---

struct Term {
  std::size_t unit = kOne;
  double coefficient = 0;
};
using Terms = std::vector<Term>;

struct Layer {
  Terms compute;  // their sum
  Terms loads;    // the longest
  Terms memory;   // the longest
};

double& term_of(Terms& terms, std::size_t unit) {
  const auto found = std::ranges::find(terms, unit, &Term::unit);
  if (found != terms.end()) return found->coefficient;
  return terms.emplace_back(Term{unit, 0}).coefficient;
}

void add(Terms& terms, Term more) {
  if (more.coefficient > 0) term_of(terms, more.unit) += more.coefficient;
}

void lengthen(Terms& terms, Term more) {
  if (more.coefficient <= 0) return;
  double& longest = term_of(terms, more.unit);
  longest = std::max(longest, more.coefficient);
}

// Whether no term differs between cases.
bool settled(const Terms& terms) {
  return std::ranges::all_of(terms, [](const Term& term) { return term.unit == kOne; });
}

double settled_value(const Terms& terms) { return terms.empty() ? 0 : terms.front().coefficient; }

class Compiler {
 public:
  Compiler(const Source& source, Compiled& to)
      : source_(source),
        to_(to),
        placed_(place(source.workload, source.platform, source.engine)),
        costs_(cost_calls(source.workload, source.engine, source.runtime)),
        traffic_(find_traffic(source.workload, placed_.hierarchy)) {}

  void run() {
    read_rates();
    find_units();
    choose_overlap();
    find_classes();
    for (std::size_t call = 0; call < costs_.size(); ++call) add_call(call);
    write_runs();
    add_totals();
    add_covariance();
    point();
  }

 private:
  // Values of all slots, and which of them differ between cases.
  void read_rates() {
    const auto numbers = numbers_of(source_.platform, source_.engine, source_.runtime);
    check_varied(numbers, to_.varied);
    rates_.resize(level_slot(placed_.levels.size(), kBandwidth));
    varied_.resize(rates_.size());
    to_.slot_of.resize(to_.varied.size());
    for (const auto& [name, slot, absent] : slots_of(source_.engine, placed_)) {
      const auto number = numbers.find(name);
      rates_[slot] = number ? numbers.list[*number].value : absent;
      for (std::size_t i = 0; number && i < to_.varied.size(); ++i) {
        if (to_.varied[i] != *number) continue;
        to_.slot_of[i] = slot;
        varied_[slot] = true;
      }
    }
    for (const double rate : rates_) to_.rates.insert(to_.rates.end(), kBlock, rate);
  }

  [[nodiscard]] bool any_varied(std::initializer_list<std::size_t> slots) const {
    return std::ranges::any_of(slots, [&](std::size_t slot) { return varied_[slot]; });
  }

  // A cycle that is the same in all cases may still pass at a rate that is not.
  void find_units() {
    const std::size_t levels = placed_.levels.size();
    to_.varies.assign(kByte + levels, 0);
    to_.varies[kCycle] = any_varied({kClock, kIssue, kPairing});
    to_.varies[kVector] = varied_[kVectorEfficiency];
    for (std::size_t p = 0; p < kPrecisions; ++p) to_.varies[kMac + p] = varied_[kMacRate + p];
    for (std::size_t i = 0; i < levels; ++i) {
      to_.varies[kByte + i] = any_varied({level_slot(i, kBandwidth), level_slot(i, kSustained),
                                          level_slot(i, kCoreBandwidth), kShaderBandwidth});
      const bool own = placed_.levels[i]->per_core;
      to_.instances.push_back(own ? source_.workload.threads : 1);
    }
    cycle_ = rates::cycle(rates_[kClock], rates_[kIssue], rates_[kPairing]);
  }

  void choose_overlap() {
    exposed_ = 1 - rates_[kOverlap];
    const bool varies = varied_[kOverlap];
    to_.program.overlap = varies || (exposed_ > 0 && exposed_ < 1) ? Overlap::share
                          : exposed_ > 0                           ? Overlap::none
                                                                   : Overlap::full;
  }

  // The error classes that calls have, in the order of Algorithm.
  void find_classes() {
    for (const auto& call : source_.workload.calls) {
      classes_.try_emplace(static_cast<std::size_t>(call.algorithm));
    }
    std::size_t next = 0;
    for (auto& [error_class, sum] : classes_) sum = next++;
    to_.constant.assign(classes_.size(), 0);
  }

  // A term of cycles: at a rate that differs, in cycles that differ, or settled.
  [[nodiscard]] Term in_cycles(std::size_t unit, double coefficient, double rate) const {
    if (to_.varies[unit]) return {unit, coefficient};
    if (to_.varies[kCycle]) return {kCycle, coefficient / rate};
    return {kOne, coefficient / rate * cycle_};
  }

  [[nodiscard]] Term in_bytes(std::size_t level, double bytes) const {
    if (to_.varies[kByte + level]) return {kByte + level, bytes};
    const double bandwidth = rates::bandwidth(
        rates_[level_slot(level, kBandwidth)], rates_[level_slot(level, kSustained)],
        to_.instances[level], source_.workload.threads * rates_[level_slot(level, kCoreBandwidth)]);
    return {kOne, bytes / (rates_[kShaderBandwidth] * bandwidth)};
  }

  void add_call(std::size_t call) {
    const auto error_class = static_cast<std::size_t>(source_.workload.calls[call].algorithm);
    const double factor = source_.belief.factor(error_class);
    const auto& cost = costs_[call];
    Layer layer;
    if (cost.multiplies > 0) {
      const auto p = index(cost.arithmetic);
      add(layer.compute, in_cycles(kMac + p, factor * cost.multiplies, rates_[kMacRate + p]));
    }
    add(layer.compute, in_cycles(kVector, factor * cost.vectors, rates_[kVectorEfficiency]));
    add(layer.compute, in_cycles(kCycle, factor * cost.cycles, 1));
    for (std::size_t level = 0; level < placed_.levels.size(); ++level) {
      // What shaders load from caches is in their efficiency.
      const bool cache = placed_.levels[level]->kind == MemoryLevel::Kind::cache;
      if (source_.runtime.shaders && cache) continue;
      lengthen(placed_.nearest[level] ? layer.loads : layer.memory,
               in_bytes(level, factor * traffic_[call][level]));
    }
    simplify(layer);
    add_layer(classes_.at(error_class), layer);
  }

  // What is settled, or adds up, needs no loop.
  void simplify(Layer& layer) const {
    switch (to_.program.overlap) {
      case Overlap::full:  // the longest of all
        for (const auto& term : layer.loads) lengthen(layer.memory, term);
        layer.loads.clear();
        if (settled(layer.compute)) absorb(layer.compute, layer.memory);
        return;
      case Overlap::none:  // the sum of the three
        for (auto* terms : {&layer.loads, &layer.memory}) {
          if (terms->size() != 1) continue;
          add(layer.compute, terms->front());
          terms->clear();
        }
        return;
      case Overlap::share:
        if (varied_[kOverlap]) return;
        for (auto* terms : {&layer.loads, &layer.memory}) {
          if (!settled(layer.compute) || !settled(*terms)) return;
          const double both =
              rates::overlapped(settled_value(layer.compute), settled_value(*terms), exposed_);
          layer.compute = {{kOne, both}};
          terms->clear();
        }
    }
  }

  // Moves the settled term of the one list into the other, of which nothing else is.
  static void absorb(Terms& compute, Terms& memory) {
    const auto one = std::ranges::find(memory, std::size_t{kOne}, &Term::unit);
    if (one == memory.end()) return;
    compute = {{kOne, std::max(settled_value(compute), one->coefficient)}};
    memory.erase(one);
  }

  // The sum that a layer belongs to, and the units of its compute, loads and memory.
  using Units = std::vector<std::size_t>;
  using Kind = std::pair<std::size_t, std::array<Units, 3>>;
  using Alike = std::map<std::vector<double>, double>;  // coefficients -> how often

  void add_layer(std::size_t sum, Layer& layer) {
    const bool linear = layer.loads.empty() && layer.memory.empty();
    if (linear && settled(layer.compute)) {
      to_.constant[sum] += settled_value(layer.compute);
      return;
    }
    if (layer.compute.empty()) layer.compute.push_back({kOne, 0});
    Kind kind{sum, {}};
    std::vector<double> coefficients;
    std::size_t part = 0;
    for (auto* terms : {&layer.compute, &layer.loads, &layer.memory}) {
      std::ranges::sort(*terms, {}, &Term::unit);
      for (const auto& term : *terms) {
        kind.second[part].push_back(term.unit);
        coefficients.push_back(term.coefficient);
      }
      ++part;
    }
    auto& alike = kinds_[kind];
    if (linear && !alike.empty()) {  // sums of sums
      const auto& before = alike.begin()->first;
      std::ranges::transform(coefficients, before, coefficients.begin(), std::plus<>());
      alike.clear();
    }
    alike[coefficients] += 1;
  }

  void write_runs() {
    for (const auto& [kind, alike] : kinds_) {
      std::vector<double> coefficients;
      for (const auto& [one, count] : alike) {
        for (const double coefficient : one) coefficients.push_back(count * coefficient);
      }
      const auto& [sum, parts] = kind;
      Units units;
      for (const auto& part : parts) units.insert(units.end(), part.begin(), part.end());
      to_.coefficients.push_back(std::move(coefficients));
      to_.units.push_back(std::move(units));
      to_.runs.push_back({sum, parts[0].size(), parts[1].size(), parts[2].size(), alike.size(),
                          to_.coefficients.back().data(), to_.units.back().data()});
    }
  }

  // Overheads and energies are proportional to sums over all calls.
  void add_totals() {
    auto& program = to_.program;
    const auto& calls = source_.workload.calls;
    to_.bytes.assign(placed_.levels.size(), 0);
    for (std::size_t call = 0; call < calls.size(); ++call) {
      const auto starts = starts_of(calls[call], call == 0);
      program.dispatches += starts.dispatches;
      program.submits += starts.submits;
      if (const auto stated = energy_precision(source_.engine, calls[call].precision)) {
        program.operations[index(*stated)] += operations_of(calls[call]);
      }
      for (std::size_t level = 0; level < to_.bytes.size(); ++level) {
        to_.bytes[level] += traffic_[call][level];
      }
    }
    program.forks = forks(source_.workload, source_.engine) ? 1 : 0;
    program.threads = source_.workload.threads;
    program.overhead_factor = source_.belief.factor(kOverheadClass);
    program.budgeted = varied_[kBudget] || std::isfinite(rates_[kBudget]);
  }

  // Of the terms that this workload has: the common error, its classes', the overhead's.
  void add_covariance() {
    std::vector<std::size_t> terms = {0};
    for (const auto& [error_class, sum] : classes_) terms.push_back(1 + error_class);
    terms.push_back(1 + kOverheadClass);
    const auto& all = source_.belief.covariance;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      for (std::size_t j = i; j < terms.size(); ++j) {
        const double value = (i == j ? 1 : 2) * all[terms[i] * kErrorTerms + terms[j]];
        if (value != 0) to_.covariance.push_back({i, j, value});
      }
    }
    to_.program.network_variance = source_.belief.network * source_.belief.network;
    to_.program.energy_deviation = kEnergyFigures;
  }

  void point() {
    auto& program = to_.program;
    program.runs = to_.runs.data();
    program.run_count = to_.runs.size();
    program.levels = placed_.levels.size();
    program.units = to_.varies.size();
    program.varies = to_.varies.data();
    program.instances = to_.instances.data();
    program.sums = to_.constant.size();
    program.constant = to_.constant.data();
    program.bytes = to_.bytes.data();
    program.covariance = to_.covariance.data();
    program.covariances = to_.covariance.size();
  }

  const Source& source_;
  Compiled& to_;
  Placed placed_;
  std::vector<CallCost> costs_;
  Traffic traffic_;
  std::vector<double> rates_;  // by slot
  std::vector<bool> varied_;   // by slot
  double cycle_ = 0;           // of platform and runtime
  double exposed_ = 0;
  std::map<std::size_t, std::size_t> classes_;  // error class -> sum
  std::map<Kind, Alike> kinds_;
};

}  // namespace

void compile(const Source& source, Compiled& to) { Compiler(source, to).run(); }

}  // namespace roofbeam::columns
