#include "scenarios/pareto/strong_points.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>

namespace roofbeam::pareto {
namespace {

constexpr std::size_t kMostPoints = 48;
constexpr std::size_t kFirst = 4;          // held against all cases, the rest against what is left
constexpr std::size_t kProbe = 128;        // rows that tell whether there are strong points at all
constexpr std::size_t kLanes = 512;        // cases at a time
constexpr double kWorthwhile = 1.0 / 256;  // share of the sample that a point must drop alone

bool beats(std::span<const double> a, std::span<const double> b) {
  bool better = false;
  for (std::size_t c = 0; c < a.size(); ++c) {
    if (!(a[c] <= b[c])) return false;  // nor if one is NaN
    better |= a[c] < b[c];
  }
  return better;
}

// Rows that none of the first `rows` beats.
std::vector<std::size_t> undominated_of_first(const CostRows& sample, std::size_t rows) {
  std::vector<std::size_t> found;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto beats_row = [&](std::size_t other) { return beats(sample[other], sample[row]); };
    if (std::any_of(found.begin(), found.end(), beats_row)) continue;
    std::erase_if(found, [&](std::size_t other) { return beats(sample[row], sample[other]); });
    found.push_back(row);
  }
  return found;
}

// Takes what drops most of the rows that are left, again and again.
CostRows strongest(const CostRows& sample, std::vector<std::size_t> candidates) {
  CostRows chosen{sample.columns, {}};
  std::vector<std::size_t> left(sample.size());
  std::iota(left.begin(), left.end(), std::size_t{0});
  const double worthwhile = kWorthwhile * static_cast<double>(sample.size());
  while (chosen.size() < kMostPoints && !candidates.empty()) {
    const auto drops = [&](std::size_t candidate) {
      return std::count_if(left.begin(), left.end(),
                           [&](std::size_t row) { return beats(sample[candidate], sample[row]); });
    };
    std::vector<std::ptrdiff_t> counts(candidates.size());
    std::transform(candidates.begin(), candidates.end(), counts.begin(), drops);
    const auto most = std::max_element(counts.begin(), counts.end());
    if (static_cast<double>(*most) < worthwhile) break;
    const std::size_t best = candidates[static_cast<std::size_t>(most - counts.begin())];
    chosen.values.insert(chosen.values.end(), sample[best].begin(), sample[best].end());
    std::erase_if(left, [&](std::size_t row) { return beats(sample[best], sample[row]); });
    std::erase(candidates, best);
  }
  return chosen;
}

// Loops over cases that compilers vectorise: masks are as wide as the numbers they are about.
class Lanes {
 public:
  Lanes(std::span<const std::span<const double>> columns, std::span<const double> signs,
        std::size_t begin, std::size_t size)
      : size_(size), costs_{columns.size(), std::vector<double>(columns.size() * kLanes)} {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const double* const from = columns[c].data() + begin;
      double* const to = costs_.values.data() + c * kLanes;
      for (std::size_t i = 0; i < size; ++i) to[i] = signs[c] * from[i];
    }
    beaten_.fill(0);
  }

  void hold_against(std::span<const double> point) {
    std::array<std::int64_t, kLanes> at_least;
    std::array<std::int64_t, kLanes> worse;
    at_least.fill(1);
    worse.fill(0);
    for (std::size_t c = 0; c < point.size(); ++c) {
      const double* const cost = costs_.values.data() + c * kLanes;
      const double bar = point[c];
      for (std::size_t i = 0; i < kLanes; ++i) {
        at_least[i] &= static_cast<std::int64_t>(bar <= cost[i]);
        worse[i] |= static_cast<std::int64_t>(bar < cost[i]);
      }
    }
    for (std::size_t i = 0; i < kLanes; ++i) beaten_[i] |= at_least[i] & worse[i];
  }

  template <class F>
  void for_each_left(const F& f) const {
    std::vector<double> row(costs_.columns);
    for (std::size_t i = 0; i < size_; ++i) {
      if (beaten_[i] != 0) continue;
      for (std::size_t c = 0; c < row.size(); ++c) row[c] = costs_.values[c * kLanes + i];
      f(i, row);
    }
  }

 private:
  std::size_t size_;
  CostRows costs_;  // a column after another, kLanes each
  std::array<std::int64_t, kLanes> beaten_;
};

}  // namespace

StrongPoints::StrongPoints(const CostRows& sample) {
  const std::size_t probe = std::min(sample.size(), kProbe);
  if (undominated_of_first(sample, probe).size() * 4 > probe * 3) return;
  points_ = strongest(sample, undominated_of_first(sample, sample.size()));
}

std::vector<Rank> StrongPoints::survivors(std::span<const std::span<const double>> columns,
                                          std::span<const double> signs) const {
  const std::size_t cases = columns.front().size();
  assert(cases < std::size_t{1} << 32);
  std::vector<Rank> left;
  if (points_.size() == 0) {
    left.resize(cases);
    std::iota(left.begin(), left.end(), Rank{0});
    return left;
  }
  for (std::size_t begin = 0; begin < cases; begin += kLanes) {
    Lanes lanes(columns, signs, begin, std::min(kLanes, cases - begin));
    for (std::size_t p = 0; p < std::min(kFirst, points_.size()); ++p) {
      lanes.hold_against(points_[p]);
    }
    lanes.for_each_left([&](std::size_t i, std::span<const double> row) {
      for (std::size_t p = kFirst; p < points_.size(); ++p) {
        if (beats(points_[p], row)) return;
      }
      left.push_back(static_cast<Rank>(begin + i));
    });
  }
  return left;
}

}  // namespace roofbeam::pareto
