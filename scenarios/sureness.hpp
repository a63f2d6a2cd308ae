// How sure a choice among forecasts is, given that they err, and that they err together.
//
// A forecast's error is normal in the logarithm, with the deviation that the case states for
// latency (and throughput) and for energy (and power); facts such as accuracy and size do not err.
// Two cases' errors are correlated, because most of an error is the device's, not the network's:
//
//   correlation = kDeviceShare x device + (1 - kDeviceShare) x network, at most kMostCorrelation
//
// with device 1 on the same platform and runtime, kSharedError (scaling.hpp) with the same runtime
// on another platform, else 0; and network 1 for the same network, else 0. A table without one of
// these axes has one platform, one network; a runtime that it does not tell is the platform's own.
// What all cases are likely to miss by does therefore not blur which of them is best.
#pragma once

#include "scenarios/case_table.hpp"
#include "scenarios/preference.hpp"

namespace roofbeam {

// Of an error's variance the part that all networks on one device share: with the errors that the
// profiles of ONNX Runtime, ncnn and CMSIS-NN state, 0.83 to 0.90.
inline constexpr double kDeviceShare = 0.85;
// Even of one network on one device: a setting moves work between what bounds it.
inline constexpr double kMostCorrelation = 0.95;

[[nodiscard]] double error_correlation(const CaseTable& table, std::size_t a, std::size_t b);

// Probability that a case really meets all requirements that it meets by its forecast: of those on
// latency and throughput the least likely one, of those on energy and power likewise, both
// multiplied. That is a lower bound, because slow cases rather take more energy than less (Slepian,
// Bell System Technical Journal 41(2), 1962). 1 where nothing is uncertain.
[[nodiscard]] double probability_of_meeting(const CaseTable& table, std::size_t row);

// Probability that `a` really is better than `b` where the two differ in a sum of logarithms by
// `lead` (positive where a is forecast better), of which errors contribute with the deviations and
// the correlation stated. One half where nothing tells them apart.
[[nodiscard]] double probability_of_lead(double lead, double deviation_a, double deviation_b,
                                         double correlation);

}  // namespace roofbeam
