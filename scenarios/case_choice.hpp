// What the values of all axes together choose: pure bookkeeping, no file is read.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"

namespace roofbeam {

// Later changes stand above earlier ones: those of the scenario, of the platform, of the runtime,
// of `vary` in the file's order, of the stages.
struct CaseChoice {
  std::size_t network = 0;   // of Scenario::networks: the stage's, or the one it starts from
  std::size_t platform = 0;  // of Scenario::platforms
  std::optional<std::size_t> runtime;  // of Scenario::runtimes; else the platform's or its engine's
  std::vector<const Change*> of_network;
  std::vector<const Change*> of_platform;
  std::vector<const Change*> of_runtime;
  std::vector<const Change*> of_run;
};

// REQUIRES: a digit for every axis. The choice points into the scenario.
[[nodiscard]] CaseChoice choose(const Scenario& scenario, const Digits& digits);

// Accuracy and size of a case: those of its network, unless a change makes it compute something
// else; then those of its stages; then those of the `given` rules that hold, the last one last.
// `keeps(network, change)` says whether they survive a change (keeps_facts).
[[nodiscard]] Facts facts_of(const Scenario& scenario, const Digits& digits,
                             const std::function<bool(std::size_t, const Change&)>& keeps);
// The same in two steps, for many cases that differ in what the second one asks alone.
[[nodiscard]] Facts facts_before_rules(
    const Scenario& scenario, const Digits& digits,
    const std::function<bool(std::size_t, const Change&)>& keeps);
void apply_rules(std::span<const GivenFacts> rules, const Digits& digits, Facts& facts);

}  // namespace roofbeam
