// Energy of a run whose latency is known, and how far off that is when a device is measured on
// other networks.
#pragma once

#include <vector>

#include "core/quantity/quantity.hpp"
#include "models/prediction.hpp"
#include "scenarios/forecaster.hpp"
#include "scenarios/statistics.hpp"

namespace roofbeam {

// The forecast's operations and bytes, and its power for as long as the run really took.
[[nodiscard]] Joules energy_of_run(const Prediction& prediction, Seconds measured);

// Both sides know the latency of a run and the energies of the other networks of its submission:
// rows of the same source, device and profile.
struct EnergyGivenLatency {
  ErrorStatistics model;           // energy_of_run, times the median factor of the other networks
  ErrorStatistics constant_power;  // mean power of the other networks x latency
};

// Of all rows that state energy and latency and whose submission has at least three networks.
[[nodiscard]] EnergyGivenLatency energy_given_latency(const std::vector<Forecast>& rows);

}  // namespace roofbeam
