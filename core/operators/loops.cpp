// Loop, Scan and SequenceMap.
//
// What a loop carries from one run of its body to the next may change its shape (a sequence that
// grows, a key-value cache). The body is inferred on what comes in first and on what the first run
// makes. If both have the same shape, every run is alike. If the shape changes by the same amount
// both times, the last shape follows, and the run in the middle stands for all, which is exact for
// work that is linear in the shape.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/input_error.hpp"
#include "core/operators/body.hpp"

namespace roofbeam {
namespace {

using Types = std::vector<MaybeType>;
using Trips = ControlFlow::Trips;

constexpr std::int64_t kEndless = 0x7fffffff;  // exporters write huge limits for "while"
constexpr std::int64_t kMostItems = 4096;

// ---- what is carried

// a, b and c, the shapes before, after one and after two runs, as the shape after `runs`.
std::optional<std::int64_t> extrapolated(std::int64_t a, std::int64_t b, std::int64_t c,
                                         std::int64_t runs) {
  std::int64_t growth = 0;
  std::int64_t result = 0;
  if (b - a != c - b || __builtin_mul_overflow(b - a, runs, &growth) ||
      __builtin_add_overflow(a, growth, &result)) {
    return std::nullopt;
  }
  return std::max<std::int64_t>(result, 0);
}

std::optional<Shape> extrapolated(const Shape& a, const Shape& b, const Shape& c,
                                  std::int64_t runs) {
  if (a.size() != b.size() || b.size() != c.size()) return std::nullopt;
  Shape result;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto dim = extrapolated(a[i], b[i], c[i], runs);
    if (!dim) return std::nullopt;
    result.push_back(*dim);
  }
  return result;
}

MaybeType extrapolated(const MaybeType& a, const MaybeType& b, const MaybeType& c,
                       std::int64_t runs) {
  if (runs == 0) return a;
  if (same_type(b, c)) return b;
  if (!a || !b || !c) return std::nullopt;
  auto shape = extrapolated(a->shape, b->shape, c->shape, runs);
  if (!shape) return std::nullopt;
  auto result = *c;
  result.shape = *std::move(shape);
  if (result.container == Container::tensor) return result;
  if (result.container != Container::sequence || c->items.empty() || result.shape[0] > kMostItems) {
    return std::nullopt;
  }
  result.items.resize(static_cast<std::size_t>(result.shape[0]), c->items.back());
  return result;
}

// A loop's body with what it carries: where that stands among its inputs and outputs, and what
// stands before and after it among the inputs.
struct Carrying {
  const Site& site;
  const Subgraph& subgraph;
  ControlFlow& control_flow;
  Types before;  // formal inputs ahead of the carried ones
  Types after;   // and behind them
  std::size_t first_output = 0;
  std::size_t count = 0;

  [[nodiscard]] Network run(const Types& carried) const {
    Types formal = before;
    for (auto type : carried) {
      if (type) type->values.reset();
      formal.push_back(std::move(type));
    }
    formal.insert(formal.end(), after.begin(), after.end());
    return run_body(site, subgraph, formal, first_output + count, control_flow);
  }
  [[nodiscard]] Types result(const Network& body) const {
    Types types;
    for (std::size_t i = 0; i < count; ++i) types.push_back(output_type(body, first_output + i));
    for (auto& type : types) {
      if (type) type->values.reset();
    }
    return types;
  }
};

// A body that stands for all runs, with what goes in and what the last run leaves.
struct Evolution {
  Network body;
  Types in;
  Types last;
};

bool all_same(const Types& a, const Types& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return same_type(x, y); });
}

Types extrapolated(const Types& a, const Types& b, const Types& c, std::int64_t runs) {
  Types types;
  for (std::size_t i = 0; i < a.size(); ++i) {
    types.push_back(extrapolated(a[i], b[i], c[i], runs));
  }
  return types;
}

Evolution evolve(const Carrying& loop, const Types& in, std::int64_t trips) {
  auto first = loop.run(in);
  const auto out = loop.result(first);
  if (trips == 0) return {std::move(first), in, in};
  if (trips == 1 || all_same(in, out)) return {std::move(first), in, out};

  auto second = loop.run(out);
  const auto next = loop.result(second);
  Evolution evolution{std::move(second), out, extrapolated(in, out, next, trips)};
  const auto middle = extrapolated(in, out, next, (trips - 1) / 2);
  const bool linear = std::ranges::all_of(middle, [](const auto& type) { return bool(type); });
  if (all_same(out, next) || !linear) return evolution;
  try {
    evolution.body = loop.run(middle);
    evolution.in = middle;
    loop.site.assume(
        "what it carries changes its shape from run to run; the middle run is counted");
  } catch (const InputError&) {
    loop.site.assume("what it carries changes its shape from run to run; the second is counted");
  }
  return evolution;
}

// Inputs of the body that are carried: the tensor before the loop, or a later state of it.
void connect_carried(const Site& site, Splice& splice, std::size_t first_input,
                     std::size_t first_own, const Types& in) {
  for (std::size_t i = 0; i < in.size(); ++i) {
    const auto tensor = site.input(first_own + i);
    if (tensor == kNoTensor) continue;
    splice.inputs[first_input + i] = {tensor, same_type(in[i], site.input_type(first_own + i))};
  }
}

// What one run makes, for all runs, stacked along an axis.
MaybeType stacked(const MaybeType& each, const Trips& trips, std::int64_t axis) {
  if (!each || each->container != Container::tensor) return std::nullopt;
  auto type = *each;
  type.values.reset();
  const auto rank = static_cast<std::int64_t>(type.shape.size()) + 1;
  const auto place = std::clamp<std::int64_t>(axis < 0 ? axis + rank : axis, 0, rank - 1);
  type.shape.insert(type.shape.begin() + place, trips.count);
  type.upper_bound = type.upper_bound || !trips.certain;
  return type;
}

// Every type that a loop makes must be one that a tensor may have.
void settle_checked(const Site& site, std::size_t output, MaybeType type, bool guessed = false) {
  std::int64_t size = 128;
  const auto too_large = [&](std::int64_t dim) {
    return __builtin_mul_overflow(size, std::max<std::int64_t>(dim, 1), &size);
  };
  if (type && std::ranges::any_of(type->shape, too_large)) {
    site.fail(
        fmt::format("its output would have more than 2^63 - 1 bits ({})", to_text(type->shape)));
  }
  settle(site, output, std::move(type), guessed);
}

LayerState collector_state(const Site& site, std::size_t first) {
  for (std::size_t i = first; i < site.layer().outputs.size(); ++i) {
    const auto id = site.output(i);
    if (id != kNoTensor && !site.network.tensor(id).shape) return LayerState::not_shaped;
  }
  return LayerState::modelled;
}

// ---- Loop: inputs are the limit, the condition, what is carried; a body takes the number of the
// run, the condition and what is carried, and makes the condition, what is carried and what is
// stacked.

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
      if (all && guessed) all->upper_bound = false;  // a guess is no bound
      settle_checked(site, i, std::move(all), guessed);
      splice.collected.push_back(i + 1);
    }
  }
  site.layer().state = collector_state(site, carried);
  return splice;
}

// ---- Scan: inputs are states, then what is scanned. Version 8 has a batch before everything and
// lengths as its first input.

namespace {

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

// ---- SequenceMap: the body takes an item of each sequence, and other tensors as they are.

namespace {

constexpr std::size_t kMostBodies = 16;  // items of different types that are followed one by one

std::size_t longest_input(const Site& site) {
  const auto type = site.input_type(0);
  return type ? type->items.size() : 0;
}

MaybeType item_of(const Site& site, std::size_t input, std::size_t i) {
  const auto type = site.input_type(input);
  if (!type || type->container != Container::sequence) return type;
  return i < type->items.size() ? MaybeType(type->items[i]) : std::nullopt;
}

}  // namespace

std::optional<Splice> follow_map(const Site& site, ControlFlow& control_flow) {
  const auto& subgraph = site.subgraph("body");
  const auto count = longest_input(site);
  const auto outputs = site.layer().outputs.size();
  const auto run = [&](std::size_t i) {
    Types formal;
    for (std::size_t input = 0; input < site.own_inputs(); ++input) {
      formal.push_back(item_of(site, input, i));
    }
    for (auto& type : formal) {
      if (type) type->values.reset();
    }
    return run_body(site, subgraph, formal, outputs, control_flow);
  };
  auto body = run(0);
  std::vector<std::vector<TensorType>> made(outputs);
  bool known = site.input_type(0).has_value();
  for (std::size_t i = 0; i < count; ++i) {
    const auto each = i > 0 && i < kMostBodies ? run(i) : body.copy();
    for (std::size_t output = 0; output < outputs; ++output) {
      const auto type = output_type(each, output);
      known = known && type;
      if (known) made[output].push_back(*type);
    }
    if (cost_of(each) > cost_of(body)) body = each.copy();
  }
  auto splice = splice_of(site, subgraph, std::move(body));
  splice.repeat = static_cast<std::int64_t>(count);
  for (std::size_t input = 0; input < site.own_inputs(); ++input) {
    const auto type = site.input_type(input);
    const bool whole = type && type->container != Container::sequence;
    splice.inputs[input] = {site.input(input), whole};
  }
  for (std::size_t output = 0; output < outputs; ++output) {
    splice.collected.push_back(output);
    if (!known) continue;
    TensorType sequence;
    sequence.shape = {static_cast<std::int64_t>(count)};
    sequence.container = Container::sequence;
    if (!made[output].empty()) sequence.element = made[output].front().element;
    sequence.items = std::move(made[output]);
    settle(site, output, std::move(sequence));
  }
  site.layer().state = collector_state(site, 0);
  return splice;
}

}  // namespace roofbeam
