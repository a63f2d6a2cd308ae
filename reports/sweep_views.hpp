// A table of cases as people and programs read it.
#pragma once

#include <string>
#include <vector>

#include "reports/table.hpp"
#include "scenarios/case_table.hpp"

namespace roofbeam {

struct SweepTableOptions {
  std::size_t width = kReportWidth;
  std::size_t top = 20;  // cases shown at most
};

// What became of the cases, then the frontier; where no case meets the requirements, those that
// miss them least. Axes that stand at one value only are named once.
[[nodiscard]] std::string sweep_table(const CaseTable& table, const SweepTableOptions& options);

// One line a case: its index, the values of the axes, every metric in SI units, deviations, what it
// misses. Cells of unknown numbers and of axes that do not act are empty.
[[nodiscard]] std::string sweep_csv(const CaseTable& table);

// docs/json_schema.md has the keys: one object a case; or one array a column, which is smaller.
[[nodiscard]] std::string sweep_json(const CaseTable& table);
[[nodiscard]] std::string sweep_columns(const CaseTable& table);

// Axes, how many cases there are, and the first of them (a table without figures).
[[nodiscard]] std::string dry_run_table(const CaseTable& table, std::size_t width);

}  // namespace roofbeam
