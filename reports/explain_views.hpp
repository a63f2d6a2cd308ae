// An explanation as a document, as JSON and as CSV.
#pragma once

#include <string>

#include "reports/document.hpp"
#include "scenarios/explanation.hpp"

namespace roofbeam {

// Resources, so many layers that take the most time, so many numbers that matter most.
[[nodiscard]] Document explain_document(const Explanation& explanation, std::size_t top = 12);
// Schema roofbeam.explain/1.
[[nodiscard]] std::string explain_json(const Explanation& explanation);
// One line a number.
[[nodiscard]] std::string explain_csv(const Explanation& explanation);

}  // namespace roofbeam
