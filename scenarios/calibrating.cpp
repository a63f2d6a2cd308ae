#include "scenarios/calibrating.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/input_error.hpp"
#include "models/predict.hpp"
#include "platforms/runtime.hpp"
#include "scenarios/validation.hpp"

namespace roofbeam {
namespace {

using Target = std::tuple<std::string, std::string, std::string>;  // platform, engine, runtime

Target target_of(const Prediction& p) { return {p.platform, p.engine, p.runtime}; }

std::vector<Observation> observations(const std::vector<const Forecast*>& rows,
                                      const std::string& without) {
  std::vector<Observation> list;
  for (const Forecast* row : rows) {
    if (row->prediction.network == without) continue;
    list.push_back({row->prediction, *row->measurement.latency});
  }
  return list;
}

// Each network forecast by what the others say.
ErrorStatistics leave_network_out(const Calibration& prior,
                                  const std::vector<const Forecast*>& rows,
                                  const std::set<std::string>& networks) {
  std::vector<Pair> pairs;
  for (const std::string& network : networks) {
    const Calibration others = calibrate(prior, observations(rows, network));
    for (const Forecast* row : rows) {
      if (row->prediction.network != network) continue;
      pairs.push_back(latency_pair({row->measurement, recalibrated(row->prediction, others)}));
    }
  }
  return error_statistics(pairs);
}

CalibrationReport report_on(const std::vector<const Forecast*>& rows) {
  const Prediction& first = rows.front()->prediction;
  Calibration prior = uncalibrated(first.errors);
  std::tie(prior.platform, prior.engine, prior.runtime) = target_of(first);
  std::set<std::string> networks;
  std::vector<Pair> before;
  for (const Forecast* row : rows) {
    networks.insert(row->prediction.network);
    before.push_back(latency_pair(*row));
  }
  CalibrationReport report;
  report.networks = static_cast<int>(networks.size());
  report.calibration = calibrate(prior, observations(rows, ""));
  report.before = error_statistics(before);
  if (networks.size() > 1) report.after = leave_network_out(prior, rows, networks);
  return report;
}

}  // namespace

std::vector<CalibrationReport> calibrate_all(const std::vector<Forecast>& rows) {
  std::vector<Target> order;
  std::map<Target, std::vector<const Forecast*>> by_target;
  for (const Forecast& row : rows) {
    if (!row.measurement.latency || row.prediction.latency <= Seconds{}) continue;
    auto& list = by_target[target_of(row.prediction)];
    if (list.empty()) order.push_back(target_of(row.prediction));
    list.push_back(&row);
  }
  if (order.empty()) {
    throw InputError("there is nothing to calibrate on: no row with a latency could be forecast");
  }
  std::vector<CalibrationReport> reports;
  for (const Target& target : order) reports.push_back(report_on(by_target[target]));
  return reports;
}

Prediction recalibrated(const Prediction& uncalibrated, const Calibration& calibration) {
  Prediction prediction = uncalibrated;
  scale_layers(calibration, prediction);
  add_totals(prediction);
  state_errors(calibration, prediction);
  return prediction;
}

}  // namespace roofbeam
