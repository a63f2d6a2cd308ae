#include "models/energy.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace roofbeam {
namespace {

// Precisions whose energy may stand in, from the precision itself to ever wider ones.
std::vector<Precision> stand_ins(Precision precision) {
  using enum Precision;
  switch (precision) {
    case int4:
      return {int4, int8, int16, fp16, fp32};
    case int8:
      return {int8, int16, fp16, fp32};
    case int16:
      return {int16, fp16, fp32};
    case fp16:
      return {fp16, bf16, fp32};
    case bf16:
      return {bf16, fp16, fp32};
    case fp32:
      return {fp32};
  }
  return {};
}

JoulesPerMac operation_energy(const Engine& engine, Precision precision,
                              std::vector<std::string>& assumptions) {
  const auto stated = energy_precision(engine, precision);
  if (!engine.energy_known()) return {};
  if (!stated) {
    assumptions.push_back(
        fmt::format("engine '{}' states no energy for a multiply-add: it is taken to be part of "
                    "the active power",
                    engine.name));
    return {};
  }
  if (*stated != precision) {
    assumptions.push_back(
        fmt::format("engine '{}' states no energy for a multiply-add at {}: that at {} is used",
                    engine.name, to_text(precision), to_text(*stated)));
  }
  return *engine.mac_energy[*stated];
}

}  // namespace

std::optional<Precision> energy_precision(const Engine& engine, Precision precision) {
  for (const auto candidate : stand_ins(precision)) {
    if (engine.mac_energy[candidate]) return candidate;
  }
  return std::nullopt;
}

double operations_of(const KernelCall& call) {
  return call.macs * call.mac_factor +
         std::accumulate(call.vector_ops.begin(), call.vector_ops.end(), 0.0);
}

EnergyRates energy_rates(const Platform& platform, const Engine& engine, const Workload& workload,
                         std::vector<std::string>& assumptions) {
  EnergyRates rates;
  for (const auto& call : workload.calls) {
    if (rates.operations.count(call.precision) != 0) continue;
    rates.operations[call.precision] = operation_energy(engine, call.precision, assumptions);
  }
  for (const auto* level : platform.levels(engine)) rates.levels.push_back(level->energy);
  rates.idle = platform.idle;
  rates.active = engine.active.value + engine.core_active.value * workload.threads;
  return rates;
}

EnergyParts call_energy(const KernelCall& call, const std::vector<double>& bytes, Seconds time,
                        const EnergyRates& rates) {
  EnergyParts energy;
  if (std::isnan(rates.active.si())) {
    const Joules unknown = Joules::from_si(rates.active.si());
    return {unknown, unknown, unknown};
  }
  energy.operations = Macs::from_si(operations_of(call)) * rates.operations.at(call.precision);
  for (std::size_t level = 0; level < bytes.size(); ++level) {
    energy.traffic += Bytes::from_si(bytes[level]) * rates.levels[level];
  }
  energy.power = (rates.idle + rates.active) * time;
  return energy;
}

double throttle(const EnergyParts& energy, Seconds time, Watts idle, Watts budget) {
  if (time <= Seconds{} || !(energy.total() > budget * time)) return 1;
  if (budget <= idle) return std::numeric_limits<double>::infinity();
  const Joules above_idle = energy.total() - idle * time;
  return above_idle / (budget - idle) / time;
}

}  // namespace roofbeam
