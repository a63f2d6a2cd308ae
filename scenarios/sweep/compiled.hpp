// A scenario compiled for sweeping: cases that differ in rates only are a group, lowered and
// compiled once, and scored as columns.
//
// Cases have two numbers: the index (expansion.hpp), which people see, and the position, in which
// the cases of a group stand together: position = group x inner cases + inner case. Both go through
// the same cases in another order, the file's for the digits of outer and of inner axes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/columns.hpp"
#include "scenarios/case_reader.hpp"
#include "scenarios/expansion.hpp"
#include "scenarios/shared_cache.hpp"
#include "scenarios/sweep/axis_effects.hpp"

namespace roofbeam {

// What all cases of a group have in common.
struct CaseGroup {
  Digits digits;           // effective; of inner axes 0, or kNoDigit where they do not act
  bool skipped = false;    // repeated, or excluded whatever the inner axes say
  std::string impossible;  // why not; empty: possible
  Metrics metrics;         // latency, energy, power and throughput are those of the base
  LogError latency_error;  // likewise
  LogError energy_error;
  bool fits = true;
  std::string fits_reason;
  int batch = 1;
  Facts facts;                       // before the rules
  std::optional<ColumnModel> model;  // absent where no inner axis changes a number
  std::shared_ptr<const InnerChanges> inner;
};

class CompiledScenario {
 public:
  // Both must outlive it.
  CompiledScenario(const Scenario& scenario, const CaseReader& reader);

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] const Expansion& expansion() const { return expansion_; }
  [[nodiscard]] const AxisEffects& axes() const { return effects_; }
  [[nodiscard]] std::int64_t inner_cases() const { return inner_cases_; }
  [[nodiscard]] std::int64_t positions() const { return expansion_.size(); }

  // Compiled, or out of the cache. Any number of threads may ask.
  [[nodiscard]] std::shared_ptr<const CaseGroup> group(std::int64_t number) const;
  [[nodiscard]] std::int64_t group_of(const Digits& digits) const;

  // Weight of an axis in the index.
  [[nodiscard]] std::int64_t weight(std::size_t axis) const { return weights_[axis]; }

  // Whether a rule asks for inner axes, so that it is asked case by case.
  [[nodiscard]] bool asks_inner(const Condition& condition) const;

 private:
  using Pointers = std::vector<const void*>;

  [[nodiscard]] CaseGroup compile(std::int64_t number) const;
  void forecast(CaseGroup& group) const;
  [[nodiscard]] Digits outer_digits(std::int64_t number) const;
  [[nodiscard]] std::shared_ptr<const Workload> workload(const CaseChoice& choice,
                                                         const Engine& engine,
                                                         const Runtime& runtime) const;

  const Scenario& scenario_;
  const CaseReader& reader_;
  Expansion expansion_;
  AxisEffects effects_;
  std::int64_t inner_cases_ = 1;
  std::vector<std::int64_t> weights_;
  mutable SharedCache<std::int64_t, CaseGroup> groups_{32};
  mutable SharedCache<std::vector<std::size_t>, InnerChanges> inner_{64};
  mutable SharedCache<Pointers, Network> networks_{64};
  mutable SharedCache<Pointers, Workload> workloads_{256};
};

}  // namespace roofbeam
