// Validation, calibration and scaling as text for a terminal, as JSON and as CSV.
#pragma once

#include <string>
#include <vector>

#include "reports/table.hpp"
#include "scenarios/calibrating.hpp"
#include "scenarios/scaling.hpp"
#include "scenarios/validation.hpp"

namespace roofbeam {

struct ValidationTableOptions {
  std::size_t width = kReportWidth;
  std::size_t outliers = 10;  // how many to show
};

[[nodiscard]] std::string validation_table(const Validation& validation,
                                           const ValidationTableOptions& options = {});
// Schema roofbeam.validate/1: `summary`, `by_device`, `by_runtime`, `by_precision`, `by_kernel`,
// `outliers`, `rows`, `left_out`.
[[nodiscard]] std::string validation_json(const Validation& validation);
// One line a row.
[[nodiscard]] std::string validation_csv(const Validation& validation);

[[nodiscard]] std::string calibration_table(const std::vector<CalibrationReport>& reports,
                                            std::size_t width = kReportWidth);

[[nodiscard]] std::string scaling_table(const Scaling& scaling, std::size_t width = kReportWidth);
[[nodiscard]] std::string scaling_json(const Scaling& scaling);

}  // namespace roofbeam
