// Fits how a profile errs: variances of the common error, of each class and of networks, by
// expectation maximisation (Dempster, Laird and Rubin, JRSS B 39(1), 1977) on residuals of devices
// that the profile's fit did not see.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "models/prediction.hpp"
#include "platforms/error_model.hpp"

namespace roofbeam::accuracy {

// One row's residual and what its forecast is made of.
struct Residual {
  std::string device;
  double log_ratio = 0;        // log(measured / forecast)
  std::vector<double> shares;  // of the forecast, by class
};

[[nodiscard]] ErrorModel fit_errors(const std::vector<Residual>& residuals);

}  // namespace roofbeam::accuracy
