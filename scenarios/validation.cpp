#include "scenarios/validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/calibration.hpp"

namespace roofbeam {
namespace {

// A row off by more than this is an outlier, however wide its interval.
const double kFar = std::log(1.5);
constexpr double kTwoSided95 = 1.959963984540054;

// Rows by a name, in order of first appearance.
template <class NameOf>
std::vector<ErrorGroup> grouped(const std::vector<Forecast>& rows, NameOf name_of) {
  std::vector<ErrorGroup> groups;
  std::map<std::string, std::vector<Pair>> pairs;
  for (const Forecast& row : rows) {
    if (!row.measurement.latency) continue;
    const std::string name = name_of(row.prediction);
    auto& list = pairs[name];
    if (list.empty()) groups.push_back({name, {}});
    list.push_back(latency_pair(row));
  }
  for (ErrorGroup& group : groups) group.latency = error_statistics(pairs[group.name]);
  return groups;
}

std::size_t leading_class(const Prediction& prediction) {
  const auto shares = class_shares(prediction);
  return static_cast<std::size_t>(std::max_element(shares.begin(), shares.end()) - shares.begin());
}

std::string how_much(double factor) {
  return factor >= 1 ? fmt::format("take {:.2f} times as long as forecast", factor)
                     : fmt::format("are {:.2f} times faster than forecast", 1 / factor);
}

// The device as a whole, if it explains half of the row's error; else the work that leads.
class Reasons {
 public:
  explicit Reasons(const std::vector<Forecast>& rows) {
    std::map<std::string, std::vector<double>> errors;
    for (const Forecast& row : rows) {
      if (!row.measurement.latency) continue;
      errors[device_name(row.prediction)].push_back(-latency_pair(row).log_error());
    }
    for (auto& [device, list] : errors) devices_[device] = {median(list), list.size()};
  }

  [[nodiscard]] std::string of(const Forecast& row) const {
    const double error = -latency_pair(row).log_error();
    const auto& [typical, count] = devices_.at(device_name(row.prediction));
    if (count >= 3 && std::abs(typical) > std::abs(error) / 2 && typical * error > 0) {
      return fmt::format("the device as a whole: {} rows {} in the median", count,
                         how_much(std::exp(typical)));
    }
    const std::size_t leading = leading_class(row.prediction);
    return fmt::format("{:.0f} % of the forecast is {}, bound by {}",
                       100 * class_shares(row.prediction)[leading], error_class_name(leading),
                       row.prediction.bound);
  }

 private:
  struct Typical {
    double error = 0;
    std::size_t count = 0;
  };
  std::map<std::string, Typical> devices_;
};

std::vector<Outlier> find_outliers(const std::vector<Forecast>& rows) {
  const Reasons reasons(rows);
  std::vector<Outlier> outliers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].measurement.latency) continue;
    const Pair pair = latency_pair(rows[i]);
    const double error = std::abs(pair.log_error());
    if (error <= kFar && error <= kTwoSided95 * pair.deviation) continue;
    outliers.push_back({i, pair.measured / pair.predicted, reasons.of(rows[i])});
  }
  std::stable_sort(outliers.begin(), outliers.end(), [](const Outlier& a, const Outlier& b) {
    return std::abs(std::log(a.ratio)) > std::abs(std::log(b.ratio));
  });
  return outliers;
}

}  // namespace

std::string device_name(const Prediction& prediction) {
  return fmt::format("{}/{}", prediction.platform, prediction.engine);
}

std::string leading_kernel(const Prediction& prediction) {
  return std::string(error_class_name(leading_class(prediction)));
}

Pair latency_pair(const Forecast& row) {
  return {row.prediction.latency.si(), row.measurement.latency->si(),
          row.prediction.latency_error.deviation};
}

Validation validate(Forecasts forecasts) {
  Validation all;
  all.left_out = std::move(forecasts.left_out);
  all.rows = std::move(forecasts.rows);
  std::vector<Pair> latency;
  std::vector<Pair> energy;
  for (const Forecast& row : all.rows) {
    if (row.measurement.latency) latency.push_back(latency_pair(row));
    if (row.measurement.energy && !std::isnan(row.prediction.energy.total().si())) {
      energy.push_back({row.prediction.energy.total().si(), row.measurement.energy->si(),
                        row.prediction.energy_error.deviation});
    }
  }
  all.latency = error_statistics(latency);
  if (!energy.empty()) all.energy = error_statistics(energy);
  all.by_device = grouped(all.rows, device_name);
  all.by_runtime = grouped(all.rows, [](const Prediction& p) { return p.runtime; });
  all.by_precision =
      grouped(all.rows, [](const Prediction& p) { return std::string(to_text(p.precision)); });
  all.by_kernel = grouped(all.rows, leading_kernel);
  all.outliers = find_outliers(all.rows);
  return all;
}

}  // namespace roofbeam
