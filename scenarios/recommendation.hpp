// Which case to choose: of those that meet all requirements the best by a preference, with what
// comes next, why the others are out, and how sure that is.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/case_table.hpp"
#include "scenarios/preference.hpp"

namespace roofbeam {

// A feasible case, as the preference has it.
struct RankedCase {
  std::size_t row = 0;
  double score = 0;            // weighted: 0 is best in everything, 1 worst in everything
  std::vector<double> shares;  // weighted: one a term, from 0 (best of the feasible) to 1 (worst)
  double meets = 1;            // probability that it really meets all requirements
  double winner_leads = 1;     // probability that the winner really is better than this one
};

// A case that misses a requirement or does not fit.
struct MissedCase {
  std::size_t row = 0;
  double largest = 0;  // share of its bound by which it misses the requirement that it misses most
  double sum = 0;      // of all requirements; both infinite where a metric is not known
  bool unfit = false;
  double meets = 0;  // probability that it really meets all requirements; 0 if it does not fit
};

struct Recommendation {
  std::string group;  // "cortex-m7" of the axis asked for; empty: all cases
  Preference preference;
  std::int64_t cases = 0;          // that were looked at
  std::int64_t feasible = 0;       // of them, whether ranked or not
  std::int64_t unknown = 0;        // feasible, but a metric of the preference is not known
  std::vector<RankedCase> ranked;  // the best first, as many as asked for
  std::vector<MissedCase> missed;  // the nearest miss first; those that do not fit come last

  [[nodiscard]] std::optional<std::size_t> winner() const {
    return ranked.empty() ? std::nullopt : std::optional(ranked.front().row);
  }
};

struct RecommendOptions {
  std::string each;     // an axis: a recommendation for each of its values
  std::size_t top = 5;  // how many are ranked
};

// Weighted: a metric is taken as the share of its range over the feasible cases of the group, in
// logarithms (so that twice as fast counts alike anywhere) unless it is a share itself or not
// positive; the score is the weighted mean, the smallest wins. Ordered: of the feasible cases those
// within the tolerance of the best in the first metric stay, of these those within it in the
// second, and so on; then the first by the metrics without tolerance wins, at last the lower index,
// and what comes next is found likewise among the rest.
//
// How sure a lead is follows from the cases' deviations (sureness.hpp): of weighted scores, in all
// metrics that err together; of ordered ones, in the first metric in which the two differ by more
// than the tolerance. Throws InputError: an axis that is not there, a preferred metric that is
// known of no case.
[[nodiscard]] std::vector<Recommendation> recommend(const CaseTable& table,
                                                    const Preference& preference,
                                                    const RecommendOptions& options = {});

// Adds requirements to a table: every row is held against them.
void require(CaseTable& table, const std::vector<Requirement>& requirements);

}  // namespace roofbeam
