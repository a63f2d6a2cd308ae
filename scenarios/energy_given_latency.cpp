#include "scenarios/energy_given_latency.hpp"

#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace roofbeam {
namespace {

constexpr std::size_t kFewestNetworks = 3;

using Submission = std::vector<const Forecast*>;

std::vector<Submission> submissions(const std::vector<Forecast>& rows) {
  std::map<std::tuple<std::string, std::string, std::string>, Submission> found;
  for (const Forecast& row : rows) {
    const Measurement& run = row.measurement;
    if (!run.energy || !run.latency) continue;
    if (std::isnan(row.prediction.energy.total().si())) continue;
    found[{run.source, run.device, row.prediction.runtime}].push_back(&row);
  }
  std::vector<Submission> list;
  for (auto& [key, submission] : found) {
    std::set<std::string> networks;
    for (const Forecast* row : submission) networks.insert(row->measurement.network);
    if (networks.size() >= kFewestNetworks) list.push_back(std::move(submission));
  }
  return list;
}

double modelled(const Forecast& row) {
  return energy_of_run(row.prediction, *row.measurement.latency).si();
}

double power(const Forecast& row) {
  return (*row.measurement.energy / *row.measurement.latency).si();
}

struct Others {
  std::vector<double> factors;  // log(measured / modelled energy)
  std::vector<double> powers;
};

Others others_than(const Forecast& left_out, const Submission& submission) {
  Others others;
  for (const Forecast* row : submission) {
    if (row->measurement.network == left_out.measurement.network) continue;
    others.factors.push_back(std::log(row->measurement.energy->si() / modelled(*row)));
    others.powers.push_back(power(*row));
  }
  return others;
}

}  // namespace

Joules energy_of_run(const Prediction& prediction, Seconds measured) {
  const EnergyParts& energy = prediction.energy;
  return energy.operations + energy.traffic + energy.power * (measured / prediction.latency);
}

EnergyGivenLatency energy_given_latency(const std::vector<Forecast>& rows) {
  std::vector<Pair> model;
  std::vector<Pair> constant_power;
  for (const Submission& submission : submissions(rows)) {
    for (const Forecast* row : submission) {
      const Others others = others_than(*row, submission);
      const double measured = row->measurement.energy->si();
      const double deviation = row->prediction.energy_error.deviation;
      model.push_back({modelled(*row) * std::exp(median(others.factors)), measured, deviation});
      constant_power.push_back(
          {mean(others.powers) * row->measurement.latency->si(), measured, deviation});
    }
  }
  return {error_statistics(model), error_statistics(constant_power)};
}

}  // namespace roofbeam
