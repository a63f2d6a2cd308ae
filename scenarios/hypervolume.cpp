#include "scenarios/hypervolume.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>

#include "scenarios/pareto/undominated.hpp"

namespace roofbeam {
namespace {

// How far a point is better than the reference, in each objective: all positive.
using Gains = std::vector<double>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double volume_of(const Gains& gains, std::size_t objectives) {
  double volume = 1;
  for (std::size_t c = 0; c < objectives; ++c) volume *= gains[c];
  return volume;
}

// The area that points cover, which grows as they are added: a staircase of width over height.
class Staircase {
 public:
  void add(double width, double height) {
    auto next = steps_.lower_bound(width);
    double covered = next == steps_.end() ? 0 : next->second;  // height already covered up to width
    if (covered >= height) return;
    const double top = height;
    double right = width;
    while (next != steps_.begin()) {
      const auto step = std::prev(next);
      area_ += (right - step->first) * (top - covered);
      right = step->first;
      covered = step->second;
      if (covered >= top) break;
      next = steps_.erase(step);
    }
    if (covered < top) area_ += right * (top - covered);
    steps_[width] = height;
  }
  [[nodiscard]] double area() const { return area_; }

 private:
  std::map<double, double> steps_;  // width -> height: as one grows, the other falls
  double area_ = 0;
};

// The points' volume in the first `objectives`; the order of the points may change.
double covered(std::vector<Gains>& points, std::size_t objectives);

double covered_in_two(const std::vector<Gains>& points) {
  Staircase staircase;
  for (const Gains& point : points) staircase.add(point[0], point[1]);
  return staircase.area();
}

// From the largest third gain downwards: each slab is as thick as to the next one.
double covered_in_three(const std::vector<Gains>& points) {
  Staircase staircase;
  double volume = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    staircase.add(points[i][0], points[i][1]);
    const double below = i + 1 < points.size() ? points[i + 1][2] : 0;
    volume += staircase.area() * (points[i][2] - below);
  }
  return volume;
}

// Drops points that another one covers in the first `objectives`.
void drop_covered(std::vector<Gains>& points, std::size_t objectives) {
  const auto count = static_cast<std::ptrdiff_t>(objectives);
  const auto before = [count](const Gains& a, const Gains& b) {
    return std::lexicographical_compare(b.begin(), b.begin() + count, a.begin(), a.begin() + count);
  };
  const auto same = [count](const Gains& a, const Gains& b) {
    return std::equal(a.begin(), a.begin() + count, b.begin());
  };
  std::sort(points.begin(), points.end(), before);
  points.erase(std::unique(points.begin(), points.end(), same), points.end());
  pareto::CostColumns costs(objectives, std::vector<double>(points.size()));
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t c = 0; c < objectives; ++c) costs[c][i] = -points[i][c];
  }
  std::vector<Gains> left;
  for (const pareto::Rank row : pareto::undominated(costs)) left.push_back(std::move(points[row]));
  points = std::move(left);
}

// What each point covers that those after it do not. They come in order of their last gain, the
// smallest first: behind a point all reach at least as far there, so that its slab has one
// dimension less.
double covered_in_more(const std::vector<Gains>& points, std::size_t objectives) {
  const std::size_t last = objectives - 1;
  double volume = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::vector<Gains> limited(points.begin() + static_cast<std::ptrdiff_t>(i) + 1, points.end());
    for (Gains& other : limited) {
      for (std::size_t c = 0; c < last; ++c) other[c] = std::min(other[c], points[i][c]);
    }
    if (last > 3) drop_covered(limited, last);
    const double alone = volume_of(points[i], last) - covered(limited, last);
    volume += points[i][last] * std::max(alone, 0.0);
  }
  return volume;
}

double covered(std::vector<Gains>& points, std::size_t objectives) {
  if (points.empty()) return 0;
  const std::size_t last = objectives - 1;
  if (objectives == 1) {
    return std::max_element(points.begin(), points.end())->front();
  }
  if (objectives == 2) return covered_in_two(points);
  const bool from_largest = objectives == 3;
  std::sort(points.begin(), points.end(), [&](const Gains& a, const Gains& b) {
    return from_largest ? a[last] > b[last] : a[last] < b[last];
  });
  return objectives == 3 ? covered_in_three(points) : covered_in_more(points, objectives);
}

bool smaller_is_better(Sense sense) { return sense == Sense::smaller; }

}  // namespace

double hypervolume(const Frontier& frontier, std::span<const Sense> senses,
                   std::span<const double> reference) {
  assert(senses.size() == frontier.values.size() && reference.size() == senses.size());
  std::vector<Gains> points;
  for (std::size_t i = 0; i < frontier.size(); ++i) {
    Gains gains;
    for (std::size_t c = 0; c < senses.size(); ++c) {
      const double better = reference[c] - frontier.values[c][i];
      gains.push_back(smaller_is_better(senses[c]) ? better : -better);
    }
    if (!std::all_of(gains.begin(), gains.end(), [](double gain) { return gain > 0; })) continue;
    if (std::find(gains.begin(), gains.end(), kInfinity) != gains.end()) return kInfinity;
    points.push_back(std::move(gains));
  }
  return covered(points, senses.size());
}

double hypervolume_steps(const Frontier& frontier) {
  const auto objectives = static_cast<double>(frontier.values.size());
  return std::pow(static_cast<double>(frontier.size()), std::max(1.0, objectives - 2));
}

FrontierRange range_of(const Frontier& frontier, std::span<const Sense> senses) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  FrontierRange range;
  for (std::size_t c = 0; c < senses.size(); ++c) {
    double least = nan;
    double most = nan;
    for (const double value : frontier.values[c]) {
      if (std::isinf(value)) continue;
      least = std::fmin(least, value);
      most = std::fmax(most, value);
    }
    range.best.push_back(smaller_is_better(senses[c]) ? least : most);
    range.worst.push_back(smaller_is_better(senses[c]) ? most : least);
  }
  return range;
}

}  // namespace roofbeam
