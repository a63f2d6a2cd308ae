// Validation, calibration and scaling as documents, as JSON and as CSV.
#pragma once

#include <string>
#include <vector>

#include "reports/document.hpp"
#include "scenarios/calibrating.hpp"
#include "scenarios/scaling.hpp"
#include "scenarios/validation.hpp"

namespace roofbeam {

// Errors in all and by group, every row if they are few, so many outliers, what was left out.
[[nodiscard]] Document validation_document(const Validation& validation, std::size_t outliers = 10);
// Schema roofbeam.validate/1: `summary`, `by_device`, `by_runtime`, `by_precision`, `by_kernel`,
// `outliers`, `rows`, `left_out`.
[[nodiscard]] std::string validation_json(const Validation& validation);
// One line a row.
[[nodiscard]] std::string validation_csv(const Validation& validation);

[[nodiscard]] Table calibration_table(const std::vector<CalibrationReport>& reports);

[[nodiscard]] Document scaling_document(const Scaling& scaling);
[[nodiscard]] std::string scaling_json(const Scaling& scaling);

}  // namespace roofbeam
