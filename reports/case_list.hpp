// Cases of a sweep as a table: what they are set to and what comes of it.
#pragma once

#include "reports/sweep_views.hpp"

namespace roofbeam {

// The frontier, the best in the first objective first: the best of each objective, the knee and
// how many cases each stands for are marked. Of more than `top` the knee is shown all the same.
void add_frontier(Document& document, const CaseTable& table, const SweepShown& shown);

// Cases that miss requirements, the nearest first, with what they miss and by how much.
void add_nearest(Document& document, const CaseTable& table, const SweepShown& shown);

}  // namespace roofbeam
