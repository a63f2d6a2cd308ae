// Loop: inputs are the limit, the condition and what is carried. A body takes the number of the
// run, the condition and what is carried, and makes the condition, what is carried and what is
// stacked.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/operators/flow/carried.hpp"

namespace roofbeam {
namespace {

using Trips = ControlFlow::Trips;

constexpr std::int64_t kEndless = 0x7fffffff;  // exporters write huge limits for "while"
constexpr std::size_t kLimit = 0;
constexpr std::size_t kCondition = 1;
constexpr std::size_t kFirstOwn = 2;

std::optional<std::int64_t> known_integer(const Site& site, std::size_t i) {
  const auto id = site.input(i);
  if (id == kNoTensor || !site.network.tensor(id).values) return std::nullopt;
  const auto* values = site.network.tensor(id).values->integers();
  if (values == nullptr || values->size() != 1) return std::nullopt;
  return values->front();
}

// How many runs a shape that the file states for a stacked output tells of.
std::optional<std::int64_t> stated_trips(const Site& site, std::size_t carried) {
  for (std::size_t i = carried; i < site.layer().outputs.size(); ++i) {
    const auto id = site.output(i);
    if (id == kNoTensor) continue;
    const auto& shape = site.network.tensor(id).shape;
    if (shape && !shape->empty()) return shape->front();
  }
  return std::nullopt;
}

Trips loop_trips(const Site& site, std::size_t carried, ControlFlow& control_flow) {
  if (const auto given = control_flow.given_trips(site.full_name())) return {*given, true};
  if (known_integer(site, kCondition) == 0) return {0, true};
  const auto limit = known_integer(site, kLimit);
  if (limit && *limit < kEndless) return {std::max<std::int64_t>(*limit, 0), true};
  if (const auto stated = stated_trips(site, carried)) return {*stated, true};
  site.assume(
      fmt::format("how often it runs depends on data; one run is counted, --trips {}=N "
                  "counts N",
                  site.full_name()));
  return {1, false};
}

// Whether the body never says stop: its condition is constant true, or the one that it got.
bool never_stops(const Network& body) {
  auto id = body.outputs().front();
  while (true) {
    const auto& tensor = body.tensor(id);
    const auto* values = tensor.values ? tensor.values->integers() : nullptr;
    if (values != nullptr) return values->size() == 1 && values->front() != 0;
    if (id == body.inputs()[1]) return true;
    if (!tensor.producer || body.layer(*tensor.producer).op != "Identity") return false;
    id = body.layer(*tensor.producer).inputs.front();
  }
}

}  // namespace

std::optional<Splice> follow_loop(const Site& site, ControlFlow& control_flow) {
  const auto& subgraph = site.subgraph("body");
  if (site.own_inputs() < kFirstOwn || subgraph.formal_inputs() < kFirstOwn) {
    site.fail("it and its body need a limit and a condition as their first two inputs");
  }
  const auto carried = site.own_inputs() - kFirstOwn;
  Types in;
  for (std::size_t i = 0; i < carried; ++i) in.push_back(site.input_type(kFirstOwn + i));
  auto trips = loop_trips(site, carried, control_flow);
  const bool guessed = !trips.certain;

  const Carrying loop{
      site,         subgraph,
      control_flow, {TensorType{ElementType::i64, {}}, TensorType{ElementType::boolean, {}}},
      {},           1,
      carried};
  auto evolution = evolve(loop, in, trips.count);
  if (!guessed && trips.count > 1 && !never_stops(evolution.body)) {
    trips.certain = false;
    site.assume(fmt::format("data may stop it early; all of its {} runs are counted", trips.count));
  }
  for (std::size_t i = 0; i < carried; ++i) settle_checked(site, i, evolution.last[i], guessed);

  const auto body_outputs = evolution.body.outputs().size();
  auto splice = splice_of(site, subgraph, std::move(evolution.body));
  splice.repeat = trips.count;
  connect_carried(site, splice, kFirstOwn, kFirstOwn, evolution.in);
  for (std::size_t i = 0; i < site.layer().outputs.size(); ++i) {
    if (i + 1 >= body_outputs) site.fail("it has more outputs than its body");
    if (i < carried) {
      splice.outputs[i + 1] = site.output(i);
    } else {
      auto all = stacked(output_type(splice.body, i + 1), trips, 0);
      settle_checked(site, i, std::move(all), guessed);
      splice.collected.push_back(i + 1);
    }
  }
  site.layer().state = collector_state(site, carried);
  return splice;
}

}  // namespace roofbeam
