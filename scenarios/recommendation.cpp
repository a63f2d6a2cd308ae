#include "scenarios/recommendation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "scenarios/sureness.hpp"

namespace roofbeam {
namespace {

using Rows = std::vector<std::size_t>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double oriented(const Objective& objective, double value) {
  return objective.sense == Sense::smaller ? value : -value;
}

// How a metric's values become shares of its range over the feasible cases.
class Scale {
 public:
  Scale(const CaseTable& table, const Rows& rows, const Objective& objective)
      : column_(table.column(objective.metric)), sense_(objective.sense) {
    const auto positive = [&](std::size_t row) { return column_[row] > 0; };
    logarithmic_ =
        objective.metric != Metric::accuracy && std::all_of(rows.begin(), rows.end(), positive);
    for (const std::size_t row : rows) {
      best_ = std::min(best_, cost(row));
      worst_ = std::max(worst_, cost(row));
    }
  }

  // 0 is the best, 1 the worst; 0 where all are equal.
  [[nodiscard]] double share(std::size_t row) const {
    return range() > 0 ? (cost(row) - best_) / range() : 0;
  }
  // How far the share moves when the value's logarithm does by one.
  [[nodiscard]] double slope(std::size_t row) const {
    if (!(range() > 0)) return 0;
    return (logarithmic_ ? 1 : std::abs(column_[row])) / range();
  }

 private:
  [[nodiscard]] double range() const { return worst_ - best_; }
  [[nodiscard]] double cost(std::size_t row) const {
    const double value = logarithmic_ ? std::log(column_[row]) : column_[row];
    return sense_ == Sense::smaller ? value : -value;
  }

  const std::vector<double>& column_;
  Sense sense_;
  bool logarithmic_ = false;
  double best_ = kInfinity;
  double worst_ = -kInfinity;
};

double deviation_of(const CaseTable& table, Metric metric, std::size_t row) {
  return error_of(metric, {table.latency_deviation[row]}, {table.energy_deviation[row]}).deviation;
}

class Weighing {
 public:
  Weighing(const CaseTable& table, const Rows& rows, const Preference& preference)
      : table_(table), preference_(preference) {
    for (const auto& term : preference.terms) {
      scales_.emplace_back(table, rows, term.objective);
      weights_ += term.weight;
    }
  }

  [[nodiscard]] std::vector<RankedCase> best_of(Rows rows, std::size_t most) const {
    std::vector<std::pair<double, std::size_t>> scores;
    scores.reserve(rows.size());
    for (const std::size_t row : rows) scores.emplace_back(score(row), row);
    const auto count = static_cast<std::ptrdiff_t>(std::min(most, scores.size()));
    std::partial_sort(scores.begin(), scores.begin() + count, scores.end());
    std::vector<RankedCase> ranked;
    for (auto place = scores.begin(); place != scores.begin() + count; ++place) {
      RankedCase one{place->second, place->first, {}, 1, 1};
      for (const Scale& scale : scales_) one.shares.push_back(scale.share(one.row));
      ranked.push_back(std::move(one));
    }
    return ranked;
  }

  [[nodiscard]] double winner_leads(std::size_t winner, std::size_t row) const {
    return probability_of_lead(score(row) - score(winner), deviation(winner), deviation(row),
                               error_correlation(table_, winner, row));
  }

 private:
  [[nodiscard]] double score(std::size_t row) const {
    double sum = 0;
    for (std::size_t t = 0; t < scales_.size(); ++t) {
      sum += preference_.terms[t].weight * scales_[t].share(row);
    }
    return sum / weights_;
  }
  // Of the score; a case's metrics err together.
  [[nodiscard]] double deviation(std::size_t row) const {
    double sum = 0;
    for (std::size_t t = 0; t < scales_.size(); ++t) {
      const auto& term = preference_.terms[t];
      sum += term.weight * scales_[t].slope(row) * deviation_of(table_, term.objective.metric, row);
    }
    return sum / weights_;
  }

  const CaseTable& table_;
  const Preference& preference_;
  std::vector<Scale> scales_;
  double weights_ = 0;
};

class Ordering {
 public:
  Ordering(const CaseTable& table, const Preference& preference)
      : table_(table), preference_(preference) {}

  [[nodiscard]] std::vector<RankedCase> best_of(Rows rows, std::size_t most) const {
    std::vector<RankedCase> ranked;
    while (!rows.empty() && ranked.size() < most) {
      const std::size_t row = best(rows);
      ranked.push_back({row, 0, {}, 1, 1});
      std::erase(rows, row);
    }
    return ranked;
  }

  [[nodiscard]] double winner_leads(std::size_t winner, std::size_t row) const {
    for (const auto& term : preference_.terms) {
      const double of_winner = value(term, winner);
      const double of_row = value(term, row);
      const double least = std::min(std::abs(of_winner), std::abs(of_row));
      if (std::abs(of_row - of_winner) <= preference_.tolerance * least) continue;
      const double of_both = of_row / of_winner;
      const double lead = of_both > 0 ? std::log(of_both) : kInfinity;
      const Metric metric = term.objective.metric;
      return probability_of_lead(
          oriented(term.objective, lead), deviation_of(table_, metric, winner),
          deviation_of(table_, metric, row), error_correlation(table_, winner, row));
    }
    return 0.5;
  }

 private:
  [[nodiscard]] double value(const Preference::Term& term, std::size_t row) const {
    return table_.column(term.objective.metric)[row];
  }
  [[nodiscard]] double cost(const Preference::Term& term, std::size_t row) const {
    return oriented(term.objective, value(term, row));
  }

  // Rows within the tolerance of the best, metric after metric.
  [[nodiscard]] std::size_t best(Rows rows) const {
    for (const auto& term : preference_.terms) {
      double least = kInfinity;
      for (const std::size_t row : rows) least = std::min(least, cost(term, row));
      const double bar = least + preference_.tolerance * std::abs(least);
      std::erase_if(rows, [&](std::size_t row) { return cost(term, row) > bar; });
    }
    return *std::min_element(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      for (const auto& term : preference_.terms) {
        if (cost(term, a) != cost(term, b)) return cost(term, a) < cost(term, b);
      }
      return a < b;
    });
  }

  const CaseTable& table_;
  const Preference& preference_;
};

template <class Way>
std::vector<RankedCase> ranked_by(const Way& way, const CaseTable& table, const Rows& rows,
                                  std::size_t most) {
  std::vector<RankedCase> ranked = way.best_of(rows, most);
  for (RankedCase& one : ranked) {
    one.meets = probability_of_meeting(table, one.row);
    if (one.row != ranked.front().row) {
      one.winner_leads = way.winner_leads(ranked.front().row, one.row);
    }
  }
  return ranked;
}

MissedCase missed_case(const CaseTable& table, std::size_t row) {
  MissedCase missed{row, 0, 0, table.must_fit && table.fits[row] == 0, 0};
  for (const auto& column : table.missed) {
    const double by = std::isnan(column[row]) ? kInfinity : column[row];
    missed.largest = std::max(missed.largest, by);
    missed.sum += by;
  }
  if (!missed.unfit && !std::isinf(missed.largest)) {
    missed.meets = probability_of_meeting(table, row);
  }
  return missed;
}

bool nearer(const MissedCase& a, const MissedCase& b) {
  if (a.unfit != b.unfit) return b.unfit;
  if (a.largest != b.largest) return a.largest < b.largest;
  return a.sum != b.sum ? a.sum < b.sum : a.row < b.row;
}

bool known(const CaseTable& table, const Preference& preference, std::size_t row) {
  return std::none_of(preference.terms.begin(), preference.terms.end(), [&](const auto& term) {
    return std::isnan(table.column(term.objective.metric)[row]);
  });
}

Recommendation recommend_among(const CaseTable& table, const Rows& rows,
                               const Preference& preference, std::size_t most) {
  Recommendation found;
  found.preference = preference;
  found.cases = static_cast<std::int64_t>(rows.size());
  Rows feasible;
  for (const std::size_t row : rows) {
    if (!table.feasible(row)) {
      found.missed.push_back(missed_case(table, row));
    } else if (known(table, preference, row)) {
      feasible.push_back(row);
    } else {
      ++found.unknown;
    }
  }
  found.feasible = found.unknown + static_cast<std::int64_t>(feasible.size());
  std::sort(found.missed.begin(), found.missed.end(), nearer);
  found.ranked = preference.kind == Preference::Kind::weighted
                     ? ranked_by(Weighing(table, feasible, preference), table, feasible, most)
                     : ranked_by(Ordering(table, preference), table, feasible, most);
  return found;
}

std::size_t axis_named(const CaseTable& table, const std::string& name) {
  std::vector<std::string> names;
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    if (table.axes[axis].name == name) return axis;
    names.push_back(table.axes[axis].name);
  }
  const auto near = nearest(name, names);
  throw InputError(fmt::format("there is no axis '{}' to recommend for each value of; {}", name,
                               near ? fmt::format("did you mean '{}'?", *near)
                                    : "the scenario's axes are those that its cases differ in"));
}

void check_known(const CaseTable& table, const Preference& preference) {
  for (const auto& term : preference.terms) {
    const Metric metric = term.objective.metric;
    const auto& column = table.column(metric);
    const bool none =
        std::all_of(column.begin(), column.end(), [](double value) { return std::isnan(value); });
    if (!none || column.empty()) continue;
    throw InputError(fmt::format(
        "{} cannot count: it is known of no case{}", to_text(metric),
        metric == Metric::accuracy ? "; give it with the networks ('accuracy: 71.8 %')" : ""));
  }
}

}  // namespace

std::vector<Recommendation> recommend(const CaseTable& table, const Preference& preference,
                                      const RecommendOptions& options) {
  check_known(table, preference);
  if (options.each.empty()) {
    Rows rows(table.rows());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return {recommend_among(table, rows, preference, options.top)};
  }
  const std::size_t axis = axis_named(table, options.each);
  std::vector<Rows> groups(table.axes[axis].values.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::int32_t value = table.values[axis][row];
    if (value != CaseTable::kNone) groups[static_cast<std::size_t>(value)].push_back(row);
  }
  std::vector<Recommendation> found;
  for (std::size_t value = 0; value < groups.size(); ++value) {
    if (groups[value].empty()) continue;
    found.push_back(recommend_among(table, groups[value], preference, options.top));
    found.back().group = table.axes[axis].values[value];
  }
  return found;
}

void require(CaseTable& table, const std::vector<Requirement>& requirements) {
  for (const Requirement& requirement : requirements) {
    std::vector<double> missed;
    missed.reserve(table.rows());
    for (const double value : table.column(requirement.metric)) {
      missed.push_back(requirement.missed_by(value));
    }
    table.requirements.push_back(requirement);
    table.missed.push_back(std::move(missed));
  }
}

}  // namespace roofbeam
