// Energy of kernel calls, in three parts, and the power budget.
#pragma once

#include <map>
#include <optional>

#include "models/prediction.hpp"
#include "models/traffic.hpp"
#include "models/workload.hpp"
#include "platforms/platform.hpp"

namespace roofbeam {

// What an engine spends, found once for all calls.
struct EnergyRates {
  // One multiply-add, or one vector operation on one element, at each precision that calls have.
  std::map<Precision, JoulesPerMac> operations;
  std::vector<JoulesPerByte> levels;
  Watts idle;
  Watts active;  // engine + cores in use, above idle
};

// The precision whose energy stands for that of a multiply-add at `precision`: itself, or the next
// wider one that the descriptor states; nothing if it states none.
[[nodiscard]] std::optional<Precision> energy_precision(const Engine& engine, Precision precision);

// Multiply-adds that are done, and vector operations on one element.
[[nodiscard]] double operations_of(const KernelCall& call);

// The operation's energy is that of the precision, or of the next wider one that the descriptor
// states; `assumptions` says so.
[[nodiscard]] EnergyRates energy_rates(const Platform& platform, const Engine& engine,
                                       const Workload& workload,
                                       std::vector<std::string>& assumptions);

//   operations = (macs x mac_factor + vector operations) x energy per operation
//   traffic    = sum over levels of bytes x energy per byte
//   power      = (idle + active) x time
// after Horowitz, "Computing's energy problem", ISSCC 2014, for the first two; on CPUs and
// microcontrollers fetching and issuing instructions costs 10 to 1000 times the arithmetic, which
// the measured active power holds. No part is a number where the engine's energy is unknown.
[[nodiscard]] EnergyParts call_energy(const KernelCall& call, const std::vector<double>& bytes,
                                      Seconds time, const EnergyRates& rates);

// How much longer work of this energy must take, resting in idle, so that its average power stays
// in the budget: 1 if it does already.
//   (busy energy above idle + idle x t) / t = budget
// Infinity if idling alone breaks the budget; 1 if the energy is unknown.
[[nodiscard]] double throttle(const EnergyParts& energy, Seconds time, Watts idle, Watts budget);

}  // namespace roofbeam
