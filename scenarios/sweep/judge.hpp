// Judges blocks of cases: counts, requirements, frontier, near misses.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/sweep.hpp"
#include "scenarios/sweep/block.hpp"

namespace roofbeam {

class Judge {
 public:
  Judge(const CompiledScenario& compiled, bool keep_all);

  // Positions [first, last).
  void range(std::int64_t first, std::int64_t last);
  // Everything since the last time.
  [[nodiscard]] SweepPart take();

 private:
  void judge(const CaseGroup& group);
  void check_requirements(const CaseGroup& group);
  void count_unknown();
  void keep_feasible();
  void keep_nearest();

  const CompiledScenario& compiled_;
  bool keep_all_;
  BlockNeeds needs_;
  Block block_;
  SweepPart part_;
  FrontierKeeper keeper_;
  std::vector<std::uint8_t> feasible_;
  std::vector<std::uint8_t> holds_;
  std::vector<double> missed_;  // by how much each case misses the requirement that it misses most
  std::vector<std::uint64_t> indices_;
  std::vector<std::vector<double>> objectives_;
};

[[nodiscard]] std::vector<Sense> senses_of(const Scenario& scenario);

}  // namespace roofbeam
