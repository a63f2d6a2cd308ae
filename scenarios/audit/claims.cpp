#include "scenarios/audit/claims.hpp"

#include <algorithm>

namespace roofbeam::audit {
namespace {

template <class Item>
const Item* named(const std::vector<Item>& items, const std::string& name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const NetworkClaim* Claims::network(const std::string& called) const {
  return named(networks, called);
}

const MachineClaim* Claims::machine(const std::string& called) const {
  return named(machines, called);
}

const std::optional<Stated>& metric_of(const MeasuredClaim& row, const std::string& metric) {
  static const std::optional<Stated> none;
  if (metric == "latency") return row.latency;
  if (metric == "energy") return row.energy;
  if (metric == "power") return row.power;
  if (metric == "throughput") return row.throughput;
  if (metric == "memory") return row.memory;
  if (metric == "size") return row.size;
  if (metric == "accuracy") return row.accuracy;
  return none;
}

}  // namespace roofbeam::audit
