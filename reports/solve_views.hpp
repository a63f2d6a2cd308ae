// The answer to an inverse question as a document, as JSON and as CSV.
#pragma once

#include <string>

#include "reports/document.hpp"
#include "scenarios/solving.hpp"

namespace roofbeam {

// The answer in sentences, then so many values of the scan, and those that the sentences name.
[[nodiscard]] Document solve_document(const Solution& solution, std::size_t rows = 7);
// Schema roofbeam.solve/1.
[[nodiscard]] std::string solve_json(const Solution& solution);
// One line a value of the scan.
[[nodiscard]] std::string solve_csv(const Solution& solution);

}  // namespace roofbeam
