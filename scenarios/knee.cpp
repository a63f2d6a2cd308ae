#include "scenarios/knee.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "scenarios/hypervolume.hpp"

namespace roofbeam {
namespace {

using Shares = std::vector<double>;  // of the ranges: 0 is the best, 1 the worst

struct Candidate {
  std::size_t point;
  Shares shares;
};

bool finite(const Frontier& frontier, std::size_t point) {
  return std::all_of(
      frontier.values.begin(), frontier.values.end(),
      [&](const std::vector<double>& column) { return std::isfinite(column[point]); });
}

std::vector<Candidate> candidates_of(const Frontier& frontier, std::span<const Sense> senses) {
  const FrontierRange range = range_of(frontier, senses);
  std::vector<Candidate> candidates;
  for (std::size_t point = 0; point < frontier.size(); ++point) {
    if (!finite(frontier, point)) continue;
    Candidate candidate{point, {}};
    for (std::size_t c = 0; c < senses.size(); ++c) {
      if (range.best[c] == range.worst[c]) continue;
      candidate.shares.push_back((frontier.values[c][point] - range.best[c]) /
                                 (range.worst[c] - range.best[c]));
    }
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

double sum(const Shares& shares) { return std::accumulate(shares.begin(), shares.end(), 0.0); }
double length(const Shares& shares) {
  return std::sqrt(std::inner_product(shares.begin(), shares.end(), shares.begin(), 0.0));
}

// The best in one objective; of several the best in all others together.
const Shares& anchor(const std::vector<Candidate>& candidates, std::size_t objective) {
  return std::min_element(candidates.begin(), candidates.end(),
                          [&](const Candidate& a, const Candidate& b) {
                            const double of_a = a.shares[objective];
                            const double of_b = b.shares[objective];
                            return of_a != of_b ? of_a < of_b : sum(a.shares) < sum(b.shares);
                          })
      ->shares;
}

// Solves rows x = 1 by elimination; nothing if the rows depend on one another.
std::optional<Shares> solve_for_ones(std::vector<Shares> rows) {
  constexpr double kSingular = 1e-9;
  const std::size_t n = rows.size();
  for (Shares& row : rows) row.push_back(1);
  for (std::size_t k = 0; k < n; ++k) {
    const auto pivot = std::max_element(
        rows.begin() + static_cast<std::ptrdiff_t>(k), rows.end(),
        [&](const Shares& a, const Shares& b) { return std::abs(a[k]) < std::abs(b[k]); });
    if (std::abs((*pivot)[k]) < kSingular) return std::nullopt;
    std::swap(*pivot, rows[k]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = rows[i][k] / rows[k][k];
      for (std::size_t j = k; j <= n; ++j) rows[i][j] -= factor * rows[k][j];
    }
  }
  Shares x(n);
  for (std::size_t k = 0; k < n; ++k) x[k] = rows[k][n] / rows[k][k];
  return x;
}

// A plane normal . shares = 1 that rises in no direction that is better.
std::optional<Shares> plane_through_anchors(const std::vector<Candidate>& candidates) {
  std::vector<Shares> anchors;
  for (std::size_t c = 0; c < candidates.front().shares.size(); ++c) {
    anchors.push_back(anchor(candidates, c));
  }
  auto normal = solve_for_ones(std::move(anchors));
  if (!normal || std::any_of(normal->begin(), normal->end(), [](double n) { return n < 0; })) {
    return std::nullopt;
  }
  return normal;
}

std::optional<Knee> bulge(const std::vector<Candidate>& candidates) {
  constexpr double kFlat = 1e-9;  // a bulge smaller than this is rounding
  const auto normal = plane_through_anchors(candidates);
  if (!normal) return std::nullopt;
  Knee knee;
  for (const Candidate& candidate : candidates) {
    const double height =
        std::inner_product(normal->begin(), normal->end(), candidate.shares.begin(), 0.0);
    const double distance = (1 - height) / length(*normal);
    if (distance > knee.distance + kFlat) knee = {candidate.point, KneeRule::bulge, distance};
  }
  if (knee.distance <= 0) return std::nullopt;
  return knee;
}

Knee nearest_to_ideal(const std::vector<Candidate>& candidates) {
  const auto nearest = std::min_element(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return length(a.shares) < length(b.shares); });
  return {nearest->point, KneeRule::nearest, length(nearest->shares)};
}

}  // namespace

std::optional<Knee> knee_of(const Frontier& frontier, std::span<const Sense> senses) {
  const std::vector<Candidate> candidates = candidates_of(frontier, senses);
  if (candidates.size() < 2 || candidates.front().shares.empty()) return std::nullopt;
  if (const auto knee = bulge(candidates)) return knee;
  return nearest_to_ideal(candidates);
}

std::optional<Knee> knee_of(const CaseTable& table) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.on_frontier[row] != 0) rows.push_back(row);
  }
  Frontier frontier;
  frontier.indices.assign(rows.begin(), rows.end());
  std::vector<Sense> senses;
  for (const Objective& objective : table.objectives) {
    senses.push_back(objective.sense);
    auto& column = frontier.values.emplace_back();
    for (const std::size_t row : rows) column.push_back(table.column(objective.metric)[row]);
  }
  auto knee = knee_of(frontier, senses);
  if (knee) knee->point = rows[knee->point];
  return knee;
}

}  // namespace roofbeam
