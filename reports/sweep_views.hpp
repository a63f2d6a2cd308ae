// A table of cases as people and programs read it.
#pragma once

#include <string>
#include <vector>

#include "reports/document.hpp"
#include "scenarios/case_table.hpp"

namespace roofbeam {

struct SweepShown {
  std::size_t width = kReportWidth;  // columns of tables are left out where there is less room
  std::size_t top = 20;              // cases at most
};

// What became of the cases, then the frontier; where no case meets the requirements, those that
// miss them least. Axes that stand at one value only are named once.
[[nodiscard]] Document sweep_document(const CaseTable& table, const SweepShown& shown);

// One line a case: its index, the values of the axes, every metric in SI units, deviations, what it
// misses. Cells of unknown numbers and of axes that do not act are empty.
[[nodiscard]] std::string sweep_csv(const CaseTable& table);

// docs/json_schema.md has the keys: one object a case; or one array a column, which is smaller.
[[nodiscard]] std::string sweep_json(const CaseTable& table);
[[nodiscard]] std::string sweep_columns(const CaseTable& table);

// Axes, how many cases there are, and the first of them (a table without figures).
[[nodiscard]] Document dry_run_document(const CaseTable& table, std::size_t width);

}  // namespace roofbeam
