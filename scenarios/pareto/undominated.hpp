// Which rows of numbers no other row beats.
//
// One column decides by its smallest, two by a scan. Three and more are divided and conquered
// (Kung, Luccio and Preparata, Journal of the ACM 22(4), 1975; Bentley, Communications of the ACM
// 23(4), 1980): the undominated rows of the first half, those of the second, and of the latter what
// no row of the former beats. The first column is settled by the halves; each further one by
// halving its range, until two are left, which one merge in the order of the last but one and a
// running minimum of the last settle. As in Jensen (IEEE Transactions on Evolutionary Computation
// 7(5), 2003) and Fortin, Grenier and Parizeau (GECCO 2013) ties need no care, because equal rows
// are one and the lexicographic order breaks the rest. O(n log n) for three columns, O(n log^(d-2)
// n) for d.
//
// Beyond kMostDivided columns dividing gains nothing on sets that fit into memory; then every row
// is compared with the undominated ones before it.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/pareto/ranks.hpp"

namespace roofbeam::pareto {

inline constexpr std::size_t kMostDivided = 9;

using CostColumns = std::vector<std::vector<double>>;  // the smaller the better

// Positions, ascending, of the rows that no other row beats: is at most as large as in every
// column. REQUIRES: at least one column, all of the same length below 2^32; no NaN; rows in
// lexicographic order, no two equal.
[[nodiscard]] std::vector<Rank> undominated(const CostColumns& columns);

// The same by comparing with every undominated row before: O(rows x result). For many columns, and
// to compare with.
[[nodiscard]] std::vector<Rank> undominated_by_comparing(const CostColumns& columns);

}  // namespace roofbeam::pareto
