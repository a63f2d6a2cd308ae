// The answer to an inverse question as text for a terminal, as JSON and as CSV.
#pragma once

#include <string>

#include "reports/table.hpp"
#include "scenarios/solving.hpp"

namespace roofbeam {

struct SolveTableOptions {
  std::size_t width = kReportWidth;
  std::size_t rows = 7;  // of the scan that are shown
};

[[nodiscard]] std::string solve_table(const Solution& solution,
                                      const SolveTableOptions& options = {});
// Schema roofbeam.solve/1.
[[nodiscard]] std::string solve_json(const Solution& solution);
// One line a value of the scan.
[[nodiscard]] std::string solve_csv(const Solution& solution);

}  // namespace roofbeam
