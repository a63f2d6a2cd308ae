// Fits a runtime profile's figures to measured rows: regularised least squares in the logarithm.
//
// Residuals of one device share an error (its clock, its throttling), so rows are weighed by the
// covariance  s^2 I + b^2 11'  of a device's rows (a mixed model: Laird and Ware, Biometrics 38(4),
// 1982): what differs between the networks of a device counts more than what all of them share.
// Steps are Gauss-Newton, rows far from their device's middle count less, and every figure is
// pulled towards where it started.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/accuracy/rows.hpp"

namespace roofbeam::accuracy {

// One figure of a profile that is fitted, in the logarithm.
struct Figure {
  std::string name;    // "kernels.5.efficiency"
  double start = 1;    // the same for all kernels, so that no earlier fit shows through
  double prior = 0.7;  // standard deviation of its logarithm around the start
  double cost = 1;     // 1 if more of it takes longer in proportion, -1 if it takes less, else 0
  std::function<double&(Runtime&)> of;
  std::function<bool(const Row&)> matters;  // whether a row depends on it
  std::optional<Precision> precision;       // that it is for alone
};

// Efficiencies, passes and cycles of the kernels that the rows use, vector and dispatch costs; with
// rows of several threads also fork and the serial share.
[[nodiscard]] std::vector<Figure> figures_of(const Runtime& runtime, const std::vector<Row>& rows);

// Latencies of rows, in the logarithm.
[[nodiscard]] std::vector<double> log_forecasts(const std::vector<Row>& rows,
                                                const Runtime& runtime);

struct ProfileFit {
  std::vector<Figure> figures;
  std::vector<double> start;                // logarithms
  std::vector<double> logs;                 // fitted
  std::vector<double> forecast;             // logarithms of seconds, by row
  std::vector<std::vector<double>> slopes;  // of rows (first) by figures
};

[[nodiscard]] Runtime with(const Runtime& runtime, const std::vector<Figure>& figures,
                           const std::vector<double>& logs);

[[nodiscard]] ProfileFit fit(const Runtime& runtime, const std::vector<Row>& rows,
                             std::vector<Figure> figures, int rounds);

// The fit without the rows that `left_out` names, one step from the whole one.
[[nodiscard]] std::vector<double> fit_without(const ProfileFit& whole, const std::vector<Row>& rows,
                                              const std::function<bool(const Row&)>& left_out);

}  // namespace roofbeam::accuracy
