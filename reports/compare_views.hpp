// Two forecasts side by side as a document, as JSON and as CSV.
#pragma once

#include <string>
#include <vector>

#include "reports/document.hpp"
#include "scenarios/comparison.hpp"

namespace roofbeam {

struct ComparisonReport {
  std::vector<Comparison> comparisons;
  std::vector<std::string> failures;  // why --fail-on fails
};

// Totals, the difference by part and by layer, so many layers that differ most.
[[nodiscard]] Document compare_document(const ComparisonReport& report, std::size_t top = 10);
// Schema roofbeam.compare/1.
[[nodiscard]] std::string compare_json(const ComparisonReport& report);
// One line a layer.
[[nodiscard]] std::string compare_csv(const ComparisonReport& report);

}  // namespace roofbeam
