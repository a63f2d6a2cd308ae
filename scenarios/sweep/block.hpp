// Some thousands of cases of one group, scored together.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scenarios/case_table.hpp"
#include "scenarios/sweep/compiled.hpp"

namespace roofbeam {

inline constexpr std::size_t kBlock = 4096;

// What is needed of each case.
struct BlockNeeds {
  std::array<bool, kMetrics> metrics{};
  bool deviations = false;

  static BlockNeeds all();
  // The objectives' and requirements' metrics.
  static BlockNeeds of(const Scenario& scenario);
};

class Block {
 public:
  explicit Block(const CompiledScenario& compiled);

  // The inner cases [first, last) of a group that are not skipped; at most kBlock.
  void take(const CaseGroup& group, std::int64_t first, std::int64_t last);
  // Single cases, by their digits.
  void clear();
  void add(const CaseGroup& group, const Digits& digits);

  void score(const CaseGroup& group, const BlockNeeds& needs);

  [[nodiscard]] std::size_t size() const { return index_.size(); }
  [[nodiscard]] const std::vector<std::int64_t>& index() const { return index_; }
  [[nodiscard]] const std::vector<double>& metric(Metric metric) const {
    return metrics_[static_cast<std::size_t>(metric)];
  }
  // Effective digits of a case.
  [[nodiscard]] Digits digits(const CaseGroup& group, std::size_t row) const;

  // Whether a condition holds for each case; asked of all at once.
  void holding(const CaseGroup& group, const Condition& condition,
               std::vector<std::uint8_t>& holds) const;
  // One row of a table.
  void append_to(CaseTable& table, const CaseGroup& group, std::size_t row) const;

 private:
  void fill_columns(const CaseGroup& group);
  void fill_facts(const CaseGroup& group, const BlockNeeds& needs);
  void drop_excluded(const CaseGroup& group);

  const CompiledScenario& compiled_;
  std::vector<std::int64_t> index_;
  std::vector<std::vector<std::uint32_t>> inner_;  // [inner axis][row]: digit
  std::vector<std::vector<double>> columns_;       // of the numbers that inner axes change
  std::array<std::vector<double>, kMetrics> metrics_;
  std::vector<double> latency_deviation_;
  std::vector<double> energy_deviation_;
};

}  // namespace roofbeam
