// From a scenario and its cases' figures to the rows of a case table.
#pragma once

#include "models/prediction.hpp"
#include "scenarios/case_table.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {

// What one case came to.
struct CaseResult {
  Metrics metrics;
  LogError latency_error;
  LogError energy_error;
  bool fits = true;
  std::string fits_reason;
};
[[nodiscard]] CaseResult result_of(const Prediction& prediction, const Facts& facts);

// A table without rows: the scenario's axes, objectives and requirements.
[[nodiscard]] CaseTable empty_table(const Scenario& scenario);

// One more row. `digits` are effective ones: kNoDigit where an axis does not act.
void add_row(CaseTable& table, const Scenario& scenario, std::int64_t index, const Digits& digits,
             const CaseResult& result);

// By what share each requirement is missed; 0 where it does not hold or is met.
[[nodiscard]] double missed_by(const ConditionalRequirement& requirement, const Digits& digits,
                               const Metrics& metrics);

// Marks the rows that no other feasible row beats (scenarios/frontier.hpp); of rows that are equal
// in every objective the first stands for all, and `twins` counts the others.
void mark_frontier(CaseTable& table);

// Adds the rows' part of the counts: forecast, unfit, feasible, unknown, failed.
void count_rows(CaseTable& table);

// Forecasts every case that is not skipped, one after another, the long way. What the sweep is
// tested against, and quick enough for some thousands of cases.
class CaseReader;
[[nodiscard]] CaseTable table_by_predict(const Scenario& scenario, const CaseReader& reader);

}  // namespace roofbeam
