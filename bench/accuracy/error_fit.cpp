#include "bench/accuracy/error_fit.hpp"

#include <Eigen/Dense>
#include <cmath>
#include <map>

namespace roofbeam::accuracy {
namespace {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

constexpr Eigen::Index kTerms = 1 + static_cast<Eigen::Index>(kErrorClasses);
constexpr int kRounds = 30;
constexpr double kLeast = 0.05 * 0.05;  // of a class that the rows say little of
constexpr double kOutlier = 0.25;       // residuals beyond this count less

struct Device {
  Matrix terms;  // a row a residual: 1 and the shares
  Vector residuals;
};

std::vector<Device> by_device(const std::vector<Residual>& residuals) {
  std::map<std::string, std::vector<const Residual*>> lists;
  for (const Residual& residual : residuals) lists[residual.device].push_back(&residual);
  std::vector<Device> devices;
  for (const auto& [name, list] : lists) {
    const auto size = static_cast<Eigen::Index>(list.size());
    Device device{Matrix(size, kTerms), Vector(size)};
    for (Eigen::Index i = 0; i < size; ++i) {
      const Residual& residual = *list[static_cast<std::size_t>(i)];
      device.terms(i, 0) = 1;
      for (Eigen::Index term = 1; term < kTerms; ++term) {
        device.terms(i, term) = residual.shares[static_cast<std::size_t>(term - 1)];
      }
      device.residuals(i) = residual.log_ratio;
    }
    devices.push_back(std::move(device));
  }
  return devices;
}

}  // namespace

ErrorModel fit_errors(const std::vector<Residual>& residuals) {
  const auto devices = by_device(residuals);
  Vector variance = Vector::Constant(kTerms, 0.05);
  double network = 0.01;
  for (int round = 0; round < kRounds; ++round) {
    Vector squares = Vector::Zero(kTerms);
    double left = 0;
    for (const Device& device : devices) {
      Matrix precision = device.terms.transpose() * device.terms / network;
      precision.diagonal() += variance.cwiseInverse();
      const Matrix spread = precision.inverse();
      const Vector mean = spread * device.terms.transpose() * device.residuals / network;
      squares += mean.cwiseAbs2() + spread.diagonal();
      const Vector rest = device.residuals - device.terms * mean;
      for (Eigen::Index i = 0; i < rest.size(); ++i) {
        left += rest(i) * rest(i) / std::hypot(1.0, rest(i) / kOutlier) +
                device.terms.row(i).dot(spread * device.terms.row(i).transpose());
      }
    }
    variance = (squares / static_cast<double>(devices.size())).cwiseMax(kLeast);
    network = left / static_cast<double>(residuals.size());
  }
  ErrorModel errors;
  errors.common = std::sqrt(variance(0));
  for (std::size_t i = 0; i < kErrorClasses; ++i) {
    errors.classes[i] = std::sqrt(variance(static_cast<Eigen::Index>(i + 1)));
  }
  errors.network = std::sqrt(network);
  return errors;
}

}  // namespace roofbeam::accuracy
