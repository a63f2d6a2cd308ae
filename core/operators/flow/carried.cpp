#include "core/operators/flow/carried.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/input_error.hpp"

namespace roofbeam {
namespace {

constexpr std::int64_t kMostItems = 4096;

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

Network run(const Carrying& loop, const Types& carried) {
  Types formal = loop.before;
  for (auto type : carried) {
    if (type) type->values.reset();
    formal.push_back(std::move(type));
  }
  formal.insert(formal.end(), loop.after.begin(), loop.after.end());
  return run_body(loop.site, loop.subgraph, formal, loop.first_output + loop.count,
                  loop.control_flow);
}

Types result_of(const Carrying& loop, const Network& body) {
  Types types;
  for (std::size_t i = 0; i < loop.count; ++i) {
    types.push_back(output_type(body, loop.first_output + i));
    if (types.back()) types.back()->values.reset();
  }
  return types;
}

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

}  // namespace

Evolution evolve(const Carrying& loop, const Types& in, std::int64_t trips) {
  auto first = run(loop, in);
  const auto out = result_of(loop, first);
  if (trips == 0) return {std::move(first), in, in};
  if (trips == 1 || all_same(in, out)) return {std::move(first), in, out};

  auto second = run(loop, out);
  const auto next = result_of(loop, second);
  Evolution evolution{std::move(second), out, extrapolated(in, out, next, trips)};
  const auto middle = extrapolated(in, out, next, (trips - 1) / 2);
  const bool linear = std::ranges::all_of(middle, [](const auto& type) { return bool(type); });
  if (all_same(out, next) || !linear) return evolution;
  try {
    evolution.body = run(loop, middle);
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
MaybeType stacked(const MaybeType& each, const ControlFlow::Trips& trips, std::int64_t axis) {
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
void settle_checked(const Site& site, std::size_t output, MaybeType type, bool guessed) {
  if (type && guessed) type->upper_bound = false;
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

}  // namespace roofbeam
