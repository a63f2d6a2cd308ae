#include "scenarios/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace roofbeam {
namespace {

// Quantiles of the standard normal for intervals that hold 80 % and 95 %.
constexpr double kTwoSided80 = 1.2815515655446004;
constexpr double kTwoSided95 = 1.959963984540054;

// 1.1 / 1 is 10 %, although 1.1 - 1 is a little more than 0.1.
constexpr double kRounding = 1e-12;

template <class Of>
std::vector<double> each(const std::vector<Pair>& pairs, Of of) {
  std::vector<double> values;
  values.reserve(pairs.size());
  for (const Pair& pair : pairs) values.push_back(of(pair));
  return values;
}

double share(const std::vector<Pair>& pairs, auto holds) {
  const auto count = std::count_if(pairs.begin(), pairs.end(), holds);
  return static_cast<double>(count) / static_cast<double>(pairs.size());
}

// Ranks from 1; equal values share the mean of theirs.
std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) ++last;
    for (std::size_t i = first; i <= last; ++i) {
      rank[order[i]] = static_cast<double>(first + last) / 2 + 1;
    }
    first = last + 1;
  }
  return rank;
}

}  // namespace

double Pair::error() const { return std::abs(predicted - measured) / measured; }
double Pair::log_error() const { return std::log(predicted / measured); }

double mean(const std::vector<double>& values) {
  if (values.empty()) return 0;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double spearman(const std::vector<Pair>& pairs) {
  const auto x = ranks(each(pairs, [](const Pair& p) { return p.predicted; }));
  const auto y = ranks(each(pairs, [](const Pair& p) { return p.measured; }));
  const double centre = mean(x);
  double xy = 0;
  double xx = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - centre) * (y[i] - centre);
    xx += (x[i] - centre) * (x[i] - centre);
    yy += (y[i] - centre) * (y[i] - centre);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 1;
}

ErrorStatistics error_statistics(const std::vector<Pair>& pairs) {
  ErrorStatistics all;
  all.rows = pairs.size();
  if (pairs.empty()) return all;
  const auto errors = each(pairs, [](const Pair& p) { return p.error(); });
  all.mape = mean(errors);
  all.median_ape = median(errors);
  all.bias = mean(each(pairs, [](const Pair& p) { return p.log_error(); }));
  all.within_10 = share(pairs, [](const Pair& p) { return p.error() <= 0.1 + kRounding; });
  all.within_20 = share(pairs, [](const Pair& p) { return p.error() <= 0.2 + kRounding; });
  all.spearman = spearman(pairs);
  const auto covered = [&](double quantile) {
    return share(pairs,
                 [&](const Pair& p) { return std::abs(p.log_error()) <= quantile * p.deviation; });
  };
  all.coverage_80 = covered(kTwoSided80);
  all.coverage_95 = covered(kTwoSided95);
  return all;
}

}  // namespace roofbeam
