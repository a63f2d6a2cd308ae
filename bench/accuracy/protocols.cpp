#include "bench/accuracy/protocols.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "bench/accuracy/error_fit.hpp"
#include "models/calibration.hpp"
#include "scenarios/calibrating.hpp"
#include "scenarios/scaling.hpp"

namespace roofbeam::accuracy {
namespace {

constexpr int kDraws = 10;  // of three networks, for each device
constexpr int kPairs = 12;  // machines B for each machine A
constexpr std::size_t kKnown = 3;
constexpr std::size_t kLeastDevices = 8;  // to fit errors to

// A row's forecast under the profile that did not see its device.
struct Unseen {
  const Row* row = nullptr;
  Prediction prediction;
};
using ByDevice = std::map<std::string, std::vector<Unseen>>;

ByDevice forecast_unseen(const Runtime& runtime, const std::vector<Row>& rows,
                         const ProfileFit& fit) {
  ByDevice devices;
  for (const Row& row : rows) devices[row.device].push_back({&row, {}});
  for (auto& [device, list] : devices) {
    const std::string name = device;
    const auto logs = fit_without(fit, rows, [&](const Row& row) { return row.device == name; });
    const Runtime without = with(runtime, fit.figures, logs);
    for (Unseen& unseen : list) unseen.prediction = forecast(*unseen.row, without);
  }
  return devices;
}

std::vector<Residual> residuals(const ByDevice& devices, const std::string& without) {
  std::vector<Residual> all;
  for (const auto& [device, list] : devices) {
    if (device == without) continue;
    for (const Unseen& unseen : list) {
      all.push_back({device, std::log(unseen.row->measured / unseen.prediction.latency.si()),
                     class_shares(unseen.prediction)});
    }
  }
  return all;
}

Pair judged(const Unseen& unseen, const Calibration& calibration) {
  const Prediction prediction = recalibrated(unseen.prediction, calibration);
  return {prediction.latency.si(), unseen.row->measured, prediction.latency_error.deviation};
}

Observation observed(const Unseen& unseen) {
  return {unseen.prediction, Seconds::from_si(unseen.row->measured)};
}

bool names(const std::set<std::string>& networks, const Unseen& unseen) {
  return networks.count(unseen.row->network) != 0;
}

std::vector<std::string> networks_of(const std::vector<Unseen>& list) {
  std::set<std::string> networks;
  for (const Unseen& unseen : list) networks.insert(unseen.row->network);
  return {networks.begin(), networks.end()};
}

std::set<std::string> draw(const std::vector<std::string>& networks, std::size_t count,
                           std::mt19937& random) {
  std::set<std::string> drawn;
  while (drawn.size() < std::min(count, networks.size())) {
    drawn.insert(networks[random() % networks.size()]);
  }
  return drawn;
}

Calibration learn(const std::vector<Unseen>& list, const Calibration& prior, auto known) {
  std::vector<Observation> observations;
  for (const Unseen& unseen : list) {
    if (known(unseen)) observations.push_back(observed(unseen));
  }
  return calibrate(prior, observations);
}

void judge_device(const std::string& device, const std::vector<Unseen>& list,
                  const ErrorModel& errors, std::size_t count, std::mt19937& random,
                  Judgement& judgement) {
  const Calibration prior = uncalibrated(errors);
  const auto networks = networks_of(list);
  Judged unseen{device, {}};
  Judged three{device, {}};
  Judged others{device, {}};
  for (const Unseen& row : list) unseen.pairs.push_back(judged(row, prior));
  for (int i = 0; i < kDraws; ++i) {
    const auto known = draw(networks, count, random);
    const auto calibration =
        learn(list, prior, [&](const Unseen& row) { return names(known, row); });
    for (const Unseen& row : list) {
      if (!names(known, row)) three.pairs.push_back(judged(row, calibration));
    }
  }
  for (const std::string& network : networks) {
    const auto calibration =
        learn(list, prior, [&](const Unseen& row) { return row.row->network != network; });
    for (const Unseen& row : list) {
      if (row.row->network == network) others.pairs.push_back(judged(row, calibration));
    }
  }
  judgement.unseen.devices.push_back(std::move(unseen));
  judgement.three.devices.push_back(std::move(three));
  judgement.others.devices.push_back(std::move(others));
}

}  // namespace

Summary summarise(const Protocol& protocol) {
  Summary summary;
  summary.devices = protocol.devices.size();
  std::vector<double> errors;
  std::vector<double> ranks;
  std::vector<Pair> all;
  for (const Judged& device : protocol.devices) {
    const auto statistics = error_statistics(device.pairs);
    errors.push_back(statistics.mape);
    ranks.push_back(statistics.spearman);
    all.insert(all.end(), device.pairs.begin(), device.pairs.end());
  }
  const auto statistics = error_statistics(all);
  summary.rows = statistics.rows;
  summary.median = median(errors);
  summary.mean = mean(errors);
  summary.rank_median = median(ranks);
  summary.rank_worst = ranks.empty() ? 0 : *std::min_element(ranks.begin(), ranks.end());
  summary.within_10 = statistics.within_10;
  summary.within_20 = statistics.within_20;
  summary.coverage_80 = statistics.coverage_80;
  summary.coverage_95 = statistics.coverage_95;
  return summary;
}

Judgement judge(const Runtime& runtime, const std::vector<Row>& rows, const ProfileFit& fit,
                std::size_t known) {
  const ByDevice devices = forecast_unseen(runtime, rows, fit);
  const bool enough = devices.size() >= kLeastDevices;
  const auto errors_without = [&](const std::string& device) {
    return enough ? fit_errors(residuals(devices, device)) : runtime.errors;
  };
  Judgement judgement;
  judgement.errors = errors_without("");
  std::mt19937 random(1);
  for (const auto& [device, list] : devices) {
    judge_device(device, list, errors_without(device), known, random, judgement);
  }
  return judgement;
}

ScaleJudgement judge_scaling(const Runtime& runtime, const std::vector<Row>& rows,
                             const ProfileFit& fit, const ErrorModel& errors) {
  ByDevice devices = forecast_unseen(runtime, rows, fit);
  for (auto& [name, list] : devices) {
    for (Unseen& unseen : list) unseen.prediction.errors = errors;
  }
  std::vector<std::string> names_of_devices;
  for (const auto& [name, list] : devices) names_of_devices.push_back(name);
  std::mt19937 random(2);
  ScaleJudgement judgement;
  for (const std::string& a : names_of_devices) {
    for (int i = 0; i < kPairs; ++i) {
      const std::string& b = names_of_devices[random() % names_of_devices.size()];
      if (a == b) continue;
      std::vector<ScalingRow> both;
      for (const Unseen& from : devices[a]) {
        const auto& list = devices[b];
        const auto to = std::find_if(list.begin(), list.end(), [&](const Unseen& unseen) {
          return unseen.row->network == from.row->network;
        });
        if (to == list.end()) continue;
        ScalingRow row;
        row.from.prediction = from.prediction;
        row.from.measurement.network = from.row->network;
        row.from.measurement.latency = Seconds::from_si(from.row->measured);
        row.to = to->prediction;
        row.measured = row.from.measurement;
        row.measured->latency = Seconds::from_si(to->row->measured);
        both.push_back(std::move(row));
      }
      if (both.size() < 8) continue;
      for (std::size_t known = 0; known < kKnown;) {
        auto& row = both[random() % both.size()];
        if (!row.known) row.known = true, ++known;
      }
      const Scaling scaling = scale(std::move(both));
      Judged model{a + " to " + b, {}};
      Judged ratio = model;
      for (const ScaledRow& row : scaling.rows) {
        if (row.row.known) continue;
        const double measured = row.row.measured->latency->si();
        model.pairs.push_back(
            {row.forecast.latency.si(), measured, row.forecast.latency_error.deviation});
        ratio.pairs.push_back({row.by_ratio->si(), measured, 0});
      }
      judgement.model.devices.push_back(std::move(model));
      judgement.ratio.devices.push_back(std::move(ratio));
    }
  }
  return judgement;
}

}  // namespace roofbeam::accuracy
