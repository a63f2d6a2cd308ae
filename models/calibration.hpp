// What is believed of a profile's errors, before and after measurements on a device.
//
//   log(measured / predicted) = common + sum over classes of share x class error + network
//
// with a share the part of the predicted latency that calls of a class take. The terms are normal
// with the standard deviations that the profile states (ErrorModel); measurements update them by
// Bayes' rule, which is least squares in the logarithm pulled towards the profile's values (ridge
// regression: Hoerl and Kennard, Technometrics 12(1), 1970). So three measurements help, thirty do
// not overfit, and a class that no measurement speaks of keeps its prior width.
#pragma once

#include <string>
#include <vector>

#include "models/prediction.hpp"
#include "platforms/error_model.hpp"

namespace roofbeam {

// The common error and the classes'.
inline constexpr std::size_t kErrorTerms = 1 + kErrorClasses;

// Of energies, besides what follows from the latency's error: figures of power and of energy per
// byte are of a class of chips, seldom of the one at hand.
inline constexpr double kEnergyFigures = 0.3;

struct Calibration {
  std::string runtime;  // what it was fitted for; an empty name stands for all
  std::string platform;
  std::string engine;
  int measurements = 0;
  std::vector<double> mean;        // kErrorTerms logarithms of factors on time
  std::vector<double> covariance;  // kErrorTerms squared, by rows
  double network = 0;              // standard deviations that no calibration takes away
  double call = 0;

  // Factor on the time of calls of a class, or of the overhead.
  [[nodiscard]] double factor(std::size_t error_class) const;
};

// The profile as it stands: all factors 1.
[[nodiscard]] Calibration uncalibrated(const ErrorModel& errors);

// A network's predicted and measured latency.
struct Observation {
  Prediction prediction;  // uncalibrated
  Seconds measured;
};

// The prior updated by observations. A network whose residual stays large counts less (Huber's
// weights), so that one throttled run does not spoil the rest.
[[nodiscard]] Calibration calibrate(const Calibration& prior,
                                    const std::vector<Observation>& observations);

// Scales the layers of an uncalibrated prediction; its totals are made of them afterwards.
void scale_layers(const Calibration& calibration, Prediction& prediction);

// States how sure layers and totals are, when the totals are made.
void state_errors(const Calibration& calibration, Prediction& prediction);

// Shares of the predicted latency by error class; they sum to 1.
[[nodiscard]] std::vector<double> class_shares(const Prediction& prediction);

}  // namespace roofbeam
