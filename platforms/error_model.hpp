// How wrong a runtime profile's latencies are, as validation on devices that it was not fitted to
// found it. Errors are standard deviations of log(measured / predicted).
//
// Errors of one profile are correlated: a device that runs one matrix product slower than the
// profile says runs all of them slower. So an error has parts that all calls share, parts that all
// calls of one class share, and what is left over for each network and each call.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace roofbeam {

// Classes of calls that err alike: the algorithms, in the order of Algorithm, and the overhead of
// dispatch, fork and launch.
inline constexpr std::size_t kErrorClasses = 11;
inline constexpr std::size_t kOverheadClass = kErrorClasses - 1;

struct ErrorModel {
  double common = 0.4;                          // of all calls together
  std::array<double, kErrorClasses> classes{};  // of all calls of a class
  double network = 0.15;                        // of one network's total
  double call = 0.3;                            // of one call

  static ErrorModel unstated() {
    ErrorModel errors;
    errors.classes.fill(0.25);
    return errors;
  }
};

// "gemm", ..., "overhead"
[[nodiscard]] std::string_view error_class_name(std::size_t index);

}  // namespace roofbeam
