// Cases of a sweep as lines of text: what they are set to and what comes of it.
#pragma once

#include <string>

#include "reports/sweep_views.hpp"

namespace roofbeam {

// The frontier, the best in the first objective first: the best of each objective, the knee and
// how many cases each stands for are marked. Of more than `top` the knee is shown all the same.
[[nodiscard]] std::string frontier_list(const CaseTable& table, const SweepTableOptions& options);

// Cases that miss requirements, the nearest first, with what they miss and by how much.
[[nodiscard]] std::string nearest_list(const CaseTable& table, const SweepTableOptions& options);

}  // namespace roofbeam
