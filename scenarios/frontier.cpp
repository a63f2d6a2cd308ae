#include "scenarios/frontier.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

#include "scenarios/pareto/ranks.hpp"
#include "scenarios/pareto/strong_points.hpp"
#include "scenarios/pareto/undominated.hpp"

namespace roofbeam {
namespace {

using pareto::CostColumns;
using pareto::CostRows;
using pareto::Rank;
using pareto::StrongPoints;

constexpr std::size_t kPiece = std::size_t{1} << 16;     // cases held against strong points
constexpr std::size_t kPending = std::size_t{1} << 20;   // cases gathered before they are reduced
constexpr std::size_t kSample = 1024;                    // cases that strong points are chosen of
constexpr std::size_t kLeastSample = 64;                 // fewer tell too little
constexpr std::uint64_t kMostBetweenChoices = 1U << 22;  // cases until strong points are renewed

std::vector<double> signs_of(std::span<const Sense> senses) {
  std::vector<double> signs;
  for (const Sense sense : senses) signs.push_back(sense == Sense::smaller ? 1 : -1);
  return signs;
}

// Rows of a table that stand for cases, with what stands beside them.
struct Points {
  std::vector<std::uint64_t> indices;
  std::vector<std::uint64_t> ties;
  CostColumns values;  // as given; times the signs they are costs
};

CostColumns costs_of(const Points& points, std::span<const double> signs) {
  CostColumns costs = points.values;
  for (std::size_t c = 0; c < costs.size(); ++c) {
    for (double& value : costs[c]) value = signs[c] * value + 0.0;  // -0 becomes 0
  }
  return costs;
}

// Positions in lexicographic order of the costs, then by index.
std::vector<Rank> lexicographic(const CostColumns& costs,
                                const std::vector<std::uint64_t>& indices) {
  std::vector<Rank> order = pareto::sorted_order(costs.front());
  const std::vector<double>& first = costs.front();
  const auto before = [&](Rank a, Rank b) {
    for (std::size_t c = 1; c < costs.size(); ++c) {
      if (costs[c][a] != costs[c][b]) return costs[c][a] < costs[c][b];
    }
    return indices[a] < indices[b];
  };
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end =
        std::find_if(begin + 1, order.end(), [&](Rank row) { return first[row] != first[*begin]; });
    if (end - begin > 1) std::sort(begin, end, before);
    begin = end;
  }
  return order;
}

bool equal_rows(const CostColumns& costs, Rank a, Rank b) {
  return std::all_of(costs.begin(), costs.end(),
                     [&](const std::vector<double>& cost) { return cost[a] == cost[b]; });
}

// Makes equal rows one: of those in order, the first of each run stays, with the ties of all.
void unite_equal(Points& points, const CostColumns& costs, std::vector<Rank>& order) {
  std::size_t kept = 0;
  for (const Rank row : order) {
    if (kept > 0 && equal_rows(costs, order[kept - 1], row)) {
      points.ties[order[kept - 1]] += points.ties[row];
    } else {
      order[kept++] = row;
    }
  }
  order.resize(kept);
}

template <class T>
std::vector<T> gathered(const std::vector<T>& from, const std::vector<Rank>& rows) {
  std::vector<T> to(rows.size());
  std::transform(rows.begin(), rows.end(), to.begin(), [&](Rank row) { return from[row]; });
  return to;
}

// The points that no other beats, in order, equal ones united.
Points reduced(Points points, std::span<const double> signs) {
  if (points.indices.empty()) return points;
  CostColumns costs = costs_of(points, signs);
  std::vector<Rank> order = lexicographic(costs, points.indices);
  unite_equal(points, costs, order);
  for (std::vector<double>& cost : costs) cost = gathered(cost, order);
  const std::vector<Rank> rows = gathered(order, pareto::undominated(costs));
  Points left{gathered(points.indices, rows), gathered(points.ties, rows), {}};
  for (const auto& column : points.values) left.values.push_back(gathered(column, rows));
  return left;
}

bool has_nan(ObjectiveColumns columns, std::size_t row) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](std::span<const double> column) { return std::isnan(column[row]); });
}

}  // namespace

class FrontierKeeper::State {
 public:
  explicit State(std::vector<Sense> senses)
      : signs_(signs_of(senses)), points_{{}, {}, CostColumns(signs_.size())} {
    sample_.columns = signs_.size();
  }

  // `index_of` tells the index of a row.
  template <class IndexOf>
  void add(ObjectiveColumns columns, const IndexOf& index_of) {
    assert(columns.size() == signs_.size());
    const std::size_t cases = columns.front().size();
    frontier_.cases += cases;
    take_sample(columns);
    if (frontier_.cases >= next_choice_) choose_strong_points();
    std::vector<std::span<const double>> piece(columns.size());
    for (std::size_t begin = 0; begin < cases; begin += kPiece) {
      const std::size_t size = std::min(kPiece, cases - begin);
      for (std::size_t c = 0; c < columns.size(); ++c) piece[c] = columns[c].subspan(begin, size);
      for (const Rank row : strong_.survivors(piece, signs_)) {
        gather(columns, begin + row, index_of(begin + row));
      }
      if (points_.indices.size() >= std::max(kPending, 2 * reduced_)) reduce();
    }
  }

  void merge(const Frontier& other) {
    assert(other.values.size() == signs_.size());
    frontier_.cases += other.cases;
    frontier_.left_out += other.left_out;
    const auto append = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(points_.indices, other.indices);
    append(points_.ties, other.ties);
    for (std::size_t c = 0; c < signs_.size(); ++c) append(points_.values[c], other.values[c]);
  }

  const Frontier& result() {
    if (points_.indices.size() != reduced_) reduce();
    frontier_.indices = points_.indices;
    frontier_.ties = points_.ties;
    frontier_.values = points_.values;
    return frontier_;
  }

 private:
  void gather(ObjectiveColumns columns, std::size_t row, std::uint64_t index) {
    if (has_nan(columns, row)) {
      ++frontier_.left_out;
      return;
    }
    points_.indices.push_back(index);
    points_.ties.push_back(1);
    for (std::size_t c = 0; c < columns.size(); ++c) points_.values[c].push_back(columns[c][row]);
  }

  void reduce() {
    points_ = reduced(std::move(points_), signs_);
    reduced_ = points_.indices.size();
  }

  // The last kSample of some cases of every block, spread by the golden ratio, so that no period of
  // the cases is hit.
  void take_sample(ObjectiveColumns columns) {
    constexpr double kGolden = 0.6180339887498949;
    const std::size_t cases = columns.front().size();
    const std::size_t taken = std::min(kSample, (cases + 15) / 16);
    for (std::size_t i = 0; i < taken; ++i) {
      const double turn = static_cast<double>(i) * kGolden;
      const auto row =
          static_cast<std::size_t>((turn - std::floor(turn)) * static_cast<double>(cases));
      if (has_nan(columns, row)) continue;
      if (sample_.size() < kSample) sample_.values.resize(sample_.values.size() + signs_.size());
      for (std::size_t c = 0; c < signs_.size(); ++c) {
        sample_.values[next_sample_ * signs_.size() + c] = signs_[c] * columns[c][row];
      }
      next_sample_ = (next_sample_ + 1) % kSample;
    }
  }

  // Of the sample, and of what was strong or undominated before.
  void choose_strong_points() {
    if (sample_.size() < kLeastSample) return;
    next_choice_ = frontier_.cases + std::min(frontier_.cases, kMostBetweenChoices);
    CostRows candidates = sample_;
    const std::size_t step = std::max<std::size_t>(1, reduced_ / kSample);
    for (std::size_t row = 0; row < reduced_; row += step) {
      for (std::size_t c = 0; c < signs_.size(); ++c) {
        candidates.values.push_back(signs_[c] * points_.values[c][row]);
      }
    }
    strong_ = StrongPoints(candidates);
  }

  std::vector<double> signs_;
  Points points_;            // the first `reduced_` undominated among themselves, and all since
  std::size_t reduced_ = 0;  // 0 until the first reduction
  CostRows sample_;
  std::size_t next_sample_ = 0;
  std::uint64_t next_choice_ = 0;  // number of cases at which strong points are chosen anew
  StrongPoints strong_;
  Frontier frontier_;
};

FrontierKeeper::FrontierKeeper(std::vector<Sense> senses)
    : state_(std::make_unique<State>(std::move(senses))) {}
FrontierKeeper::~FrontierKeeper() = default;
FrontierKeeper::FrontierKeeper(FrontierKeeper&&) noexcept = default;
FrontierKeeper& FrontierKeeper::operator=(FrontierKeeper&&) noexcept = default;

void FrontierKeeper::add(std::uint64_t first, ObjectiveColumns columns) {
  state_->add(columns, [first](std::size_t row) { return first + row; });
}
void FrontierKeeper::add(std::span<const std::uint64_t> indices, ObjectiveColumns columns) {
  assert(indices.size() == columns.front().size());
  state_->add(columns, [indices](std::size_t row) { return indices[row]; });
}
void FrontierKeeper::merge(const Frontier& other) { state_->merge(other); }
const Frontier& FrontierKeeper::result() { return state_->result(); }

Frontier frontier(ObjectiveColumns columns, std::span<const Sense> senses) {
  FrontierKeeper keeper({senses.begin(), senses.end()});
  keeper.add(0, columns);
  return keeper.result();
}

std::vector<Dominator> dominators(const Frontier& frontier, std::span<const Sense> senses,
                                  std::span<const double> values) {
  const std::vector<double> signs = signs_of(senses);
  std::vector<Dominator> found;
  for (std::size_t point = 0; point < frontier.size(); ++point) {
    Dominator dominator{frontier.indices[point], {}};
    bool no_worse = true;
    bool better = false;
    for (std::size_t c = 0; c < signs.size(); ++c) {
      const double theirs = signs[c] * frontier.values[c][point];
      const double own = signs[c] * values[c];
      no_worse = no_worse && theirs <= own;  // false for NaN
      better = better || theirs < own;
      dominator.better_by.push_back(theirs == own ? 0 : own - theirs);
    }
    if (no_worse && better) found.push_back(std::move(dominator));
  }
  return found;
}

}  // namespace roofbeam
