// What to choose, as a document and as JSON.
#pragma once

#include <string>
#include <vector>

#include "reports/document.hpp"
#include "scenarios/recommendation.hpp"

namespace roofbeam {

struct RecommendDocumentOptions {
  std::size_t missed = 5;  // cases out of the running that are shown
};

// The answer first, then how the runners-up compare, why the others are out, and how it was judged.
[[nodiscard]] Document recommend_document(const CaseTable& table,
                                          const std::vector<Recommendation>& found,
                                          const RecommendDocumentOptions& options = {});

// Schema roofbeam.recommend/1: every infeasible case with all that it misses.
[[nodiscard]] std::string recommend_json(const CaseTable& table,
                                         const std::vector<Recommendation>& found);

// "slim on phone, precision int8": the values of the axes in which cases differ.
[[nodiscard]] std::string case_name(const CaseTable& table, std::size_t row);

// "latency 41.0 ms > 33 ms, 24 % over", one clause a requirement that a case misses; the reason
// where it does not fit.
[[nodiscard]] std::vector<std::string> reasons_out(const CaseTable& table, std::size_t row);

}  // namespace roofbeam
