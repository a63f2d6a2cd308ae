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

double cost_of(double value, double sign) { return sign * value + 0.0; }  // -0 becomes 0

std::vector<double> costs_in_order(const std::vector<double>& values, double sign,
                                   const std::vector<Rank>& order) {
  std::vector<double> costs(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) costs[i] = cost_of(values[order[i]], sign);
  return costs;
}

// Orders by the further costs and the index what is equal in the first.
void order_equal_runs(const Frontier& points, std::span<const double> signs,
                      const std::vector<double>& first, std::vector<Rank>& order) {
  const auto before = [&](Rank a, Rank b) {
    for (std::size_t c = 1; c < signs.size(); ++c) {
      const double of_a = signs[c] * points.values[c][a];
      const double of_b = signs[c] * points.values[c][b];
      if (of_a != of_b) return of_a < of_b;
    }
    return points.indices[a] < points.indices[b];
  };
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && first[end] == first[begin]) ++end;
    if (end - begin > 1) {
      const auto from = order.begin();
      std::sort(from + static_cast<std::ptrdiff_t>(begin), from + static_cast<std::ptrdiff_t>(end),
                before);
    }
    begin = end;
  }
}

// Makes equal rows one: of those in order, the first of each run stays, with the ties of all.
void unite_equal(Frontier& points, CostColumns& costs, std::vector<Rank>& order) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (kept > 0 && std::all_of(costs.begin(), costs.end(), [&](const std::vector<double>& cost) {
          return cost[kept - 1] == cost[i];
        })) {
      points.ties[order[kept - 1]] += points.ties[order[i]];
      continue;
    }
    for (std::vector<double>& cost : costs) cost[kept] = cost[i];
    order[kept++] = order[i];
  }
  order.resize(kept);
  for (std::vector<double>& cost : costs) cost.resize(kept);
}

template <class T>
void keep(std::vector<T>& values, const std::vector<Rank>& rows) {
  std::vector<T> kept(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) kept[i] = values[rows[i]];
  values = std::move(kept);
}

// Leaves the points that no other beats, in order, equal ones united.
void reduce(Frontier& points, std::span<const double> signs) {
  if (points.size() == 0) return;
  std::vector<Rank> rows = pareto::sorted_order(points.values[0], signs[0]);
  CostColumns costs{costs_in_order(points.values[0], signs[0], rows)};
  order_equal_runs(points, signs, costs[0], rows);
  for (std::size_t c = 1; c < signs.size(); ++c) {
    costs.push_back(costs_in_order(points.values[c], signs[c], rows));
  }
  unite_equal(points, costs, rows);
  const std::vector<Rank> undominated = pareto::undominated(costs);
  costs.clear();  // their memory serves what follows
  for (std::size_t i = 0; i < undominated.size(); ++i) rows[i] = rows[undominated[i]];
  rows.resize(undominated.size());
  keep(points.indices, rows);
  keep(points.ties, rows);
  for (std::vector<double>& column : points.values) keep(column, rows);
}

bool has_nan(ObjectiveColumns columns, std::size_t row) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](std::span<const double> column) { return std::isnan(column[row]); });
}

}  // namespace

class FrontierKeeper::State {
 public:
  explicit State(std::vector<Sense> senses) : signs_(signs_of(senses)), sample_{signs_.size(), {}} {
    points_.values.resize(signs_.size());
  }

  // `index_of` tells the index of a row.
  template <class IndexOf>
  void add(ObjectiveColumns columns, const IndexOf& index_of) {
    assert(columns.size() == signs_.size());
    const std::size_t cases = columns.front().size();
    points_.cases += cases;
    take_sample(columns);
    if (points_.cases >= next_choice_) choose_strong_points();
    if (strong_.size() == 0) reserve(std::min(points_.size() + cases, kPending + kPiece));
    std::vector<std::span<const double>> piece(columns.size());
    for (std::size_t begin = 0; begin < cases; begin += kPiece) {
      const std::size_t size = std::min(kPiece, cases - begin);
      for (std::size_t c = 0; c < columns.size(); ++c) piece[c] = columns[c].subspan(begin, size);
      gather(piece, strong_.survivors(piece, signs_),
             [&](std::size_t row) { return index_of(begin + row); });
      if (points_.size() >= std::max(kPending, 2 * reduced_)) reduce_points();
    }
  }

  void merge(const Frontier& other) {
    assert(other.values.size() == signs_.size());
    points_.cases += other.cases;
    points_.left_out += other.left_out;
    const auto append = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(points_.indices, other.indices);
    append(points_.ties, other.ties);
    for (std::size_t c = 0; c < signs_.size(); ++c) append(points_.values[c], other.values[c]);
  }

  Frontier& result() {
    if (points_.size() != reduced_) reduce_points();
    return points_;
  }

 private:
  // As far as is known: growing by doubling touches twice the memory.
  void reserve(std::size_t points) {
    if (points <= 2 * points_.indices.capacity()) return;
    points_.indices.reserve(points);
    points_.ties.reserve(points);
    for (std::vector<double>& column : points_.values) column.reserve(points);
  }

  template <class IndexOf>
  void gather(ObjectiveColumns columns, std::vector<Rank> rows, const IndexOf& index_of) {
    points_.left_out += std::erase_if(rows, [&](Rank row) { return has_nan(columns, row); });
    for (const Rank row : rows) points_.indices.push_back(index_of(row));
    points_.ties.resize(points_.indices.size(), 1);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      std::vector<double>& values = points_.values[c];
      for (const Rank row : rows) values.push_back(columns[c][row]);
    }
  }

  void reduce_points() {
    reduce(points_, signs_);
    reduced_ = points_.size();
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
    next_choice_ = points_.cases + std::min(points_.cases, kMostBetweenChoices);
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
  Frontier points_;          // the first `reduced_` undominated among themselves, and all since
  std::size_t reduced_ = 0;  // 0 until the first reduction
  CostRows sample_;
  std::size_t next_sample_ = 0;
  std::uint64_t next_choice_ = 0;  // number of cases at which strong points are chosen anew
  StrongPoints strong_;
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
