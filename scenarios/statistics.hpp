// How far forecasts are from measurements.
#pragma once

#include <cstddef>
#include <vector>

namespace roofbeam {

// One forecast and what was measured, both positive, with the deviation that the forecast states of
// its logarithm.
struct Pair {
  double predicted = 0;
  double measured = 0;
  double deviation = 0;

  [[nodiscard]] double error() const;      // |predicted - measured| / measured
  [[nodiscard]] double log_error() const;  // log(predicted / measured)
};

// Shares are 0..1. All are zero when there are no rows.
struct ErrorStatistics {
  std::size_t rows = 0;
  double mape = 0;        // mean of |predicted - measured| / measured
  double median_ape = 0;  // of two middle ones the mean
  double bias = 0;        // mean of log(predicted / measured): below 0 is too fast
  double within_10 = 0;   // share of rows with an error of at most 10 %
  double within_20 = 0;
  double spearman = 0;     // rank correlation; 1 for fewer than two rows
  double coverage_80 = 0;  // share of rows whose 80 % interval holds the measured value
  double coverage_95 = 0;
};
[[nodiscard]] ErrorStatistics error_statistics(const std::vector<Pair>& pairs);

// Spearman's rho with mid-ranks for ties (Spearman, American Journal of Psychology 15(1), 1904);
// 1 if one side is constant or there are fewer than two values.
[[nodiscard]] double spearman(const std::vector<Pair>& pairs);

[[nodiscard]] double mean(const std::vector<double>& values);  // 0 of none
[[nodiscard]] double median(std::vector<double> values);       // 0 of none

}  // namespace roofbeam
