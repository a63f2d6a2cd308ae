#include "scenarios/statistics.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

namespace roofbeam {
namespace {

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// Without the last bits, in which 1.1 is more than 10 % above 1.
double share_within(const std::vector<double>& errors, double limit) {
  constexpr double kRounding = 1e-12;
  const auto within =
      std::ranges::count_if(errors, [&](double error) { return error <= limit + kRounding; });
  return static_cast<double>(within) / static_cast<double>(errors.size());
}

// From 1; equals share the mean of the ranks that they take.
std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> result(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double shared = static_cast<double>(begin + 1 + end) / 2;
    for (; begin < end; ++begin) result[order[begin]] = shared;
  }
  return result;
}

std::optional<double> pearson(const std::vector<double>& x, const std::vector<double>& y) {
  const double mean_x = mean(x);
  const double mean_y = mean(y);
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  if (xx == 0 || yy == 0) return std::nullopt;
  return xy / std::sqrt(xx * yy);
}

}  // namespace

double absolute_error(const PredictedMeasured& pair) {
  assert(pair.predicted > 0 && pair.measured > 0);
  return std::abs(pair.predicted - pair.measured) / pair.measured;
}

std::optional<ErrorStatistics> error_statistics(std::span<const PredictedMeasured> pairs) {
  if (pairs.empty()) return std::nullopt;
  std::vector<double> errors;
  std::vector<double> logs;
  for (const auto& pair : pairs) {
    errors.push_back(absolute_error(pair));
    logs.push_back(std::log(pair.predicted / pair.measured));
  }
  return ErrorStatistics{pairs.size(),
                         mean(errors),
                         median(errors),
                         mean(logs),
                         share_within(errors, 0.1),
                         share_within(errors, 0.2)};
}

std::optional<double> spearman(std::span<const PredictedMeasured> pairs) {
  if (pairs.size() < 2) return std::nullopt;
  std::vector<double> predicted;
  std::vector<double> measured;
  for (const auto& pair : pairs) {
    predicted.push_back(pair.predicted);
    measured.push_back(pair.measured);
  }
  return pearson(ranks(predicted), ranks(measured));
}

}  // namespace roofbeam
