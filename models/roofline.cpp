#include "models/roofline.hpp"

#include <algorithm>

#include "models/rates.hpp"

namespace roofbeam {
namespace {

// What shaders load from caches is in their efficiency.
double seconds_at(const LevelRoof& roof, double bytes, const Runtime& runtime) {
  if (!runtime.shaders) return bytes / roof.bandwidth;
  return roof.cache ? 0 : bytes / (runtime.shaders->bandwidth * roof.bandwidth);
}

double compute_seconds(const CallCost& cost, double cycle, const Engine& engine,
                       const Runtime& runtime) {
  const double rate = engine.macs_per_cycle[cost.arithmetic].value_or(0);
  const double multiplies = cost.multiplies > 0 ? cost.multiplies / rate : 0;
  return cycle * (multiplies + cost.vectors / runtime.vector_efficiency + cost.cycles);
}

double dispatch_seconds(const Workload& workload, const Engine& engine, const Runtime& runtime) {
  const rates::Dispatch cost{runtime.dispatch.value.si(), engine.launch.value.si(),
                             runtime.dispatch_cycles, runtime.fork.value.si(), runtime.fork_cycles};
  return rates::dispatch(cost, forks(workload, engine) ? 1 : 0, engine.clock.value.si());
}

// Times at the levels, and the longest of the nearest and of the other levels.
double add_levels(CallTime& time, const std::vector<double>& bytes,
                  const std::vector<LevelRoof>& roofs, const Runtime& runtime) {
  double loads = 0;
  for (std::size_t level = 0; level < roofs.size(); ++level) {
    const double seconds = seconds_at(roofs[level], bytes[level], runtime);
    time.level_s.push_back(seconds);
    double& longest = roofs[level].nearest ? loads : time.memory_s;
    longest = std::max(longest, seconds);
  }
  return loads;
}

}  // namespace

std::vector<CallTime> time_calls(const Workload& workload, const Traffic& traffic,
                                 const std::vector<LevelRoof>& roofs, const Engine& engine,
                                 const Runtime& runtime) {
  const auto costs = cost_calls(workload, engine, runtime);
  const double cycle = rates::cycle(engine.clock.value.si(), engine.issue, runtime.pairing);
  const double dispatch = dispatch_seconds(workload, engine, runtime);
  const double exposed = 1 - engine.overlap;
  std::vector<CallTime> times(workload.calls.size());
  for (std::size_t call = 0; call < times.size(); ++call) {
    auto& time = times[call];
    time.tile_use = costs[call].tile_use;
    time.cores_used = costs[call].cores_used;
    time.compute_s = compute_seconds(costs[call], cycle, engine, runtime);
    const double loads = add_levels(time, traffic[call], roofs, runtime);
    const auto starts = starts_of(workload.calls[call], call == 0);
    time.overhead_s = starts.dispatches * dispatch + starts.submits * engine.submit.value.si();
    const double kernel = rates::overlapped(time.compute_s, loads, exposed);
    time.latency_s = rates::overlapped(kernel, time.memory_s, exposed) + time.overhead_s;
  }
  return times;
}

}  // namespace roofbeam
