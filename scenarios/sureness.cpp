#include "scenarios/sureness.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/scaling.hpp"
#include "scenarios/solving.hpp"

namespace roofbeam {
namespace {

enum class Sameness : std::uint8_t { same, different, untold };

Sameness sameness(const CaseTable& table, std::string_view name, std::size_t a, std::size_t b) {
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    if (table.axes[axis].name != name) continue;
    return table.values[axis][a] == table.values[axis][b] ? Sameness::same : Sameness::different;
  }
  return Sameness::untold;
}

double device_share(const CaseTable& table, std::size_t a, std::size_t b) {
  const Sameness runtime = sameness(table, "runtime", a, b);
  if (runtime == Sameness::different) return 0;
  if (sameness(table, "platform", a, b) != Sameness::different) return 1;
  return runtime == Sameness::same ? kSharedError : 0;
}

// Where a requirement does not hold for a case it counts as met, whatever the value is.
bool concerns(const Requirement& requirement, double value) { return requirement.met_by(value); }

}  // namespace

double error_correlation(const CaseTable& table, std::size_t a, std::size_t b) {
  if (a == b) return 1;
  const double device = device_share(table, a, b);
  const double network = sameness(table, "network", a, b) != Sameness::different ? 1 : 0;
  return std::min(kMostCorrelation, kDeviceShare * device + (1 - kDeviceShare) * network);
}

double probability_of_meeting(const CaseTable& table, std::size_t row) {
  const LogError latency{table.latency_deviation[row]};
  const LogError energy{table.energy_deviation[row]};
  double by_latency = 1;
  double by_energy = 1;
  for (std::size_t r = 0; r < table.requirements.size(); ++r) {
    const Requirement& requirement = table.requirements[r];
    const double value = table.column(requirement.metric)[row];
    if (table.missed[r][row] == 0 && !concerns(requirement, value)) continue;
    const double probable =
        probability(requirement, value, error_of(requirement.metric, latency, energy));
    const bool of_energy =
        requirement.metric == Metric::energy || requirement.metric == Metric::power;
    double& least = of_energy ? by_energy : by_latency;
    least = std::min(least, probable);
  }
  return by_latency * by_energy;
}

double probability_of_lead(double lead, double deviation_a, double deviation_b,
                           double correlation) {
  const double variance = deviation_a * deviation_a + deviation_b * deviation_b -
                          2 * correlation * deviation_a * deviation_b;
  if (!(variance > 0)) return lead > 0 ? 1 : lead < 0 ? 0 : 0.5;
  return 0.5 * std::erfc(-lead / std::sqrt(2 * variance));
}

}  // namespace roofbeam
