// Scan: inputs are states, then what is scanned. Version 8 has a batch before everything and
// lengths as its first input.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/operators/flow/carried.hpp"

namespace roofbeam {
namespace {

using Trips = ControlFlow::Trips;

struct ScanPlan {
  std::size_t first = 0;  // own input that is the first state
  std::size_t states = 0;
  std::size_t scanned = 0;
  std::size_t outer = 0;  // batch dimensions: 1 in version 8
  std::int64_t batch = 1;
  Trips trips = {1, false};
};

std::int64_t axis_of(const std::vector<std::int64_t>& axes, std::size_t i) {
  return i < axes.size() ? axes[i] : 0;
}

// What one run of the body sees: without the batch and without the scanned axis.
MaybeType slice_of(const Site& site, ScanPlan& plan, std::size_t i) {
  auto type = site.input_type(plan.first + plan.states + i);
  if (!type || type->container != Container::tensor) return std::nullopt;
  if (type->shape.size() <= plan.outer) site.fail("what it scans must have a dimension to scan");
  type->shape.erase(type->shape.begin(),
                    type->shape.begin() + static_cast<std::ptrdiff_t>(plan.outer));
  const auto rank = static_cast<std::int64_t>(type->shape.size());
  auto axis = axis_of(site.attributes("scan_input_axes"), i);
  if (axis < -rank || axis >= rank) site.fail(fmt::format("there is no axis {} to scan", axis));
  if (axis < 0) axis += rank;
  const auto length = type->shape[static_cast<std::size_t>(axis)];
  if (plan.trips.certain && plan.trips.count != length) {
    site.fail(
        fmt::format("it scans {} slices of one input and {} of another", plan.trips.count, length));
  }
  plan.trips = {length, true};
  type->shape.erase(type->shape.begin() + axis);
  return type;
}

MaybeType state_of(const Site& site, ScanPlan& plan, std::size_t i) {
  auto type = site.input_type(plan.first + i);
  if (!type || plan.outer == 0) return type;
  if (type->shape.empty()) site.fail("a state must have a batch dimension");
  plan.batch = type->shape.front();
  type->shape.erase(type->shape.begin());
  return type;
}

ScanPlan plan_of(const Site& site) {
  ScanPlan plan;
  const auto scanned = site.attribute("num_scan_inputs", 0);
  plan.outer = site.layer().opset < 9 ? 1 : 0;
  plan.first = plan.outer;
  const auto available =
      static_cast<std::int64_t>(site.own_inputs()) - static_cast<std::int64_t>(plan.first);
  if (scanned < 1 || scanned > available) {
    site.fail(fmt::format("num_scan_inputs is {}; it must be 1 to {}", scanned, available));
  }
  plan.scanned = static_cast<std::size_t>(scanned);
  plan.states = static_cast<std::size_t>(available - scanned);
  return plan;
}

MaybeType with_batch(MaybeType type, const ScanPlan& plan) {
  if (type && plan.outer != 0) type->shape.insert(type->shape.begin(), plan.batch);
  return type;
}

}  // namespace

std::optional<Splice> follow_scan(const Site& site, ControlFlow& control_flow) {
  const auto& subgraph = site.subgraph("body");
  auto plan = plan_of(site);
  Types states;
  Types slices;
  for (std::size_t i = 0; i < plan.states; ++i) states.push_back(state_of(site, plan, i));
  for (std::size_t i = 0; i < plan.scanned; ++i) slices.push_back(slice_of(site, plan, i));
  if (const auto given = control_flow.given_trips(site.full_name())) plan.trips = {*given, true};
  if (!plan.trips.certain) site.assume("what it scans has no known shape; one run is counted");

  const Carrying loop{site, subgraph, control_flow, {}, slices, 0, plan.states};
  auto evolution = evolve(loop, states, plan.trips.count);
  auto splice = splice_of(site, subgraph, std::move(evolution.body));
  if (__builtin_mul_overflow(plan.trips.count, plan.batch, &splice.repeat)) {
    site.fail("it runs more than 2^63 - 1 times");
  }
  connect_carried(site, splice, 0, plan.first, evolution.in);
  for (std::size_t i = 0; i < plan.scanned; ++i) {
    splice.inputs[plan.states + i] = {site.input(plan.first + plan.states + i), false};
  }
  const auto axes = site.attributes("scan_output_axes");
  for (std::size_t i = 0; i < site.layer().outputs.size(); ++i) {
    if (i >= splice.outputs.size()) site.fail("it has more outputs than its body");
    if (i < plan.states && plan.outer == 0) {
      settle_checked(site, i, evolution.last[i]);
      splice.outputs[i] = site.output(i);
    } else if (i < plan.states) {
      settle_checked(site, i, with_batch(evolution.last[i], plan));
      splice.collected.push_back(i);
    } else {
      const auto each = output_type(splice.body, i);
      const auto all = stacked(each, plan.trips, axis_of(axes, i - plan.states));
      settle_checked(site, i, with_batch(all, plan));
      splice.collected.push_back(i);
    }
  }
  site.layer().state = collector_state(site, 0);
  return splice;
}

}  // namespace roofbeam
