// Charts of a table of cases.
#pragma once

#include <vector>

#include "reports/plots/plot.hpp"
#include "scenarios/case_table.hpp"

namespace roofbeam {

// Every case by two metrics, those on the frontier of these two with a line, numbers and whiskers
// of 80 %; the numbers are explained beside the chart. Infeasible cases are faint. Throws
// InputError where no case has both metrics.
[[nodiscard]] Plot pareto_plot(const CaseTable& table, const Objective& x, const Objective& y);

// Chosen cases by several metrics, each on its own axis, the better the further out. Every axis
// states its range, that of the chosen cases; an axis on which all are equal is full. Throws
// InputError: fewer than three metrics that all of them have, no rows or more than seven.
[[nodiscard]] Plot radar_plot(const CaseTable& table, const std::vector<std::size_t>& rows,
                              const std::vector<Metric>& metrics);

// "slim, int8": the texts of the axes that vary.
[[nodiscard]] std::string case_name(const CaseTable& table, std::size_t row);

}  // namespace roofbeam
