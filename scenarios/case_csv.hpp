// A table of cases that a sweep or anybody else wrote as CSV.
//
// Columns of metrics are named as the sweep does ("latency_s", SI units) or by the metric's word
// ("latency", where cells may have a unit: "3.5 ms"). "latency_deviation" and "energy_deviation"
// are standard deviations of logarithms, 0 where they are missing; "fits" is true or false, true
// where it is missing, and "fits_reason" says why; "missed REQUIREMENT" by what share a requirement
// is missed; "case" is the index, else rows count from 1. What the sweep says of feasibility and
// its frontier is not read: it follows. All other columns are axes.
#pragma once

#include <string>

#include "scenarios/case_table.hpp"

namespace roofbeam {

// Throws InputError with up to ten complaints: a file that cannot be read, no column of a metric, a
// column twice, a cell that is not what its column holds.
[[nodiscard]] CaseTable read_case_csv(const std::string& path);

}  // namespace roofbeam
