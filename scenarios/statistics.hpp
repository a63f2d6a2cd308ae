// How far forecasts are from measurements. The functions take pairs of positive numbers.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace roofbeam {

struct PredictedMeasured {
  double predicted = 0;
  double measured = 0;
};

// |predicted - measured| / measured.
[[nodiscard]] double absolute_error(const PredictedMeasured& pair);

struct ErrorStatistics {
  std::size_t rows = 0;
  double mape = 0;        // mean of the absolute errors; 0.15 is 15 %
  double median_ape = 0;  // their median; of an even number, the mean of the two in the middle
  // Mean of ln(predicted / measured): above 0 where forecasts are too slow. exp(-bias) is the
  // factor that takes it away.
  double log_bias = 0;
  double within_10 = 0;  // share of rows with an absolute error of at most 10 %
  double within_20 = 0;
};

// nullopt of no rows.
[[nodiscard]] std::optional<ErrorStatistics> error_statistics(
    std::span<const PredictedMeasured> pairs);

// Spearman's rank correlation: Pearson's correlation of the ranks, where equals share the mean of
// their ranks. nullopt of fewer than two pairs, or if all of one side are equal.
[[nodiscard]] std::optional<double> spearman(std::span<const PredictedMeasured> pairs);

}  // namespace roofbeam
