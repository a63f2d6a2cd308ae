#include "models/calibration.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace roofbeam {
namespace {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr auto kTerms = static_cast<Eigen::Index>(kErrorTerms);

// Residuals of a device that are this many deviations out count half as much (Huber, "Robust
// Estimation of a Location Parameter", Annals of Mathematical Statistics 35(1), 1964).
constexpr double kOutlier = 1.5;
constexpr int kRounds = 8;

std::size_t error_class(const LayerPrediction& layer) {
  return static_cast<std::size_t>(layer.algorithm);
}

// 1 for the common error, then the classes' shares.
Vector terms(const std::vector<double>& shares) {
  Vector row(kTerms);
  row(0) = 1;
  for (std::size_t i = 0; i < shares.size(); ++i) row(static_cast<Eigen::Index>(i + 1)) = shares[i];
  return row;
}

Vector mean_of(const Calibration& calibration) {
  return Eigen::Map<const Vector>(calibration.mean.data(), kTerms);
}

Matrix covariance_of(const Calibration& calibration) {
  return Eigen::Map<const RowMajor>(calibration.covariance.data(), kTerms, kTerms);
}

void store(Calibration& calibration, const Vector& mean, const Matrix& covariance) {
  Eigen::Map<Vector>(calibration.mean.data(), kTerms) = mean;
  Eigen::Map<RowMajor>(calibration.covariance.data(), kTerms, kTerms) = covariance;
}

double seconds(const Prediction& prediction) {
  double sum = 0;
  for (const auto& layer : prediction.layers) sum += layer.latency.si();
  return sum;
}

// What the observations say, linearised where `at` has taken the calibration.
struct Evidence {
  Matrix rows;       // of terms
  Vector residuals;  // log(measured / predicted), plus rows x mean: what the terms should explain
};

Evidence evidence(const Calibration& at, const std::vector<Observation>& observations) {
  const auto count = static_cast<Eigen::Index>(observations.size());
  Evidence found{Matrix(count, kTerms), Vector(count)};
  for (Eigen::Index i = 0; i < count; ++i) {
    const auto& observation = observations[static_cast<std::size_t>(i)];
    Prediction scaled = observation.prediction;
    scale_layers(at, scaled);
    found.rows.row(i) = terms(class_shares(scaled)).transpose();
    found.residuals(i) =
        std::log(observation.measured.si() / seconds(scaled)) + found.rows.row(i).dot(mean_of(at));
  }
  return found;
}

Vector huber_weights(const Vector& residuals, double deviation) {
  return residuals.unaryExpr([&](double residual) {
    const double out = std::abs(residual) / (kOutlier * deviation);
    return out <= 1 ? 1.0 : 1 / out;
  });
}

// The normal posterior of a linear model with known variances.
void update(Calibration& calibration, const Calibration& prior, const Evidence& found,
            const Vector& weights) {
  const Vector start = mean_of(prior);
  const Matrix spread = covariance_of(prior);
  const Matrix cross = spread * found.rows.transpose();
  Matrix noise = found.rows * cross;
  noise.diagonal() += (prior.network * prior.network / weights.array()).matrix();
  const Eigen::LDLT<Matrix> solver(noise);
  const Vector mean = start + cross * solver.solve(found.residuals - found.rows * start);
  const Matrix covariance = spread - cross * solver.solve(cross.transpose());
  store(calibration, mean, (covariance + covariance.transpose()) / 2);
}

}  // namespace

double Calibration::factor(std::size_t error_class) const {
  return std::exp(mean[0] + mean[1 + error_class]);
}

Calibration uncalibrated(const ErrorModel& errors) {
  Calibration prior;
  prior.mean.assign(kErrorTerms, 0);
  prior.covariance.assign(kErrorTerms * kErrorTerms, 0);
  prior.covariance[0] = errors.common * errors.common;
  for (std::size_t i = 0; i < kErrorClasses; ++i) {
    prior.covariance[(i + 1) * (kErrorTerms + 1)] = errors.classes[i] * errors.classes[i];
  }
  prior.network = errors.network;
  prior.call = errors.call;
  return prior;
}

Calibration calibrate(const Calibration& prior, const std::vector<Observation>& observations) {
  Calibration calibration = prior;
  calibration.measurements = prior.measurements + static_cast<int>(observations.size());
  if (observations.empty()) return calibration;
  Vector weights = Vector::Ones(static_cast<Eigen::Index>(observations.size()));
  for (int round = 0; round < kRounds; ++round) {
    const Evidence found = evidence(calibration, observations);
    update(calibration, prior, found, weights);
    weights = huber_weights(found.residuals - found.rows * mean_of(calibration), prior.network);
  }
  return calibration;
}

void scale_layers(const Calibration& calibration, Prediction& prediction) {
  prediction.calibrated_on = calibration.measurements;
  const double overhead = calibration.factor(kOverheadClass);
  for (auto& layer : prediction.layers) {
    const double body = calibration.factor(error_class(layer));
    const Seconds scaled = (layer.latency - layer.overhead) * body + layer.overhead * overhead;
    if (layer.latency > Seconds{}) layer.energy.power *= scaled / layer.latency;
    layer.latency = scaled;
    layer.overhead *= overhead;
    layer.compute *= body;
    for (auto& level : layer.levels) level.time *= body;
  }
}

std::vector<double> class_shares(const Prediction& prediction) {
  std::vector<double> shares(kErrorClasses);
  const double whole = seconds(prediction);
  if (whole <= 0) return shares;
  for (const auto& layer : prediction.layers) {
    shares[error_class(layer)] += (layer.latency - layer.overhead).si() / whole;
    shares[kOverheadClass] += layer.overhead.si() / whole;
  }
  return shares;
}

void state_errors(const Calibration& calibration, Prediction& prediction) {
  const Matrix covariance = covariance_of(calibration);
  const auto deviation = [&](const Vector& row, double own) {
    return std::sqrt(std::max(0.0, row.dot(covariance * row)) + own * own);
  };
  const auto energy_error = [](LogError latency, const EnergyParts& energy) {
    const double share = energy.total() > Joules{} ? energy.power / energy.total() : 0;
    return LogError{std::hypot(share * latency.deviation, kEnergyFigures)};
  };
  for (auto& layer : prediction.layers) {
    std::vector<double> shares(kErrorClasses);
    const double overhead = layer.latency > Seconds{} ? layer.overhead / layer.latency : 0;
    shares[error_class(layer)] = 1 - overhead;
    shares[kOverheadClass] += overhead;
    layer.latency_error = {deviation(terms(shares), calibration.call)};
    layer.energy_error = energy_error(layer.latency_error, layer.energy);
  }
  prediction.latency_error = {deviation(terms(class_shares(prediction)), calibration.network)};
  prediction.energy_error = energy_error(prediction.latency_error, prediction.energy);
}

}  // namespace roofbeam
