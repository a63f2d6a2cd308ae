#include "core/operators/slicing.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;

struct SliceArguments {
  Integers starts;
  Integers ends;
  Integers axes;
  Integers steps;
};

SliceArguments arguments_of(const LayerView& view) {
  SliceArguments found;
  if (view.opset() < 10) {
    found = {view.integers("starts"), view.integers("ends"), view.integers("axes"), {}};
  } else {
    found.starts = view.constant_integers(1, "the starts");
    found.ends = view.constant_integers(2, "the ends");
    if (view.has_input(3)) found.axes = view.constant_integers(3, "the axes");
    if (view.has_input(4)) found.steps = view.constant_integers(4, "the steps");
  }
  if (found.axes.empty()) {
    found.axes.resize(found.starts.size());
    std::iota(found.axes.begin(), found.axes.end(), 0);
  }
  if (found.steps.empty()) found.steps.assign(found.starts.size(), 1);
  const auto count = found.starts.size();
  if (found.ends.size() != count || found.axes.size() != count || found.steps.size() != count) {
    view.fail(fmt::format("{} starts, {} ends, {} axes and {} steps do not match", count,
                          found.ends.size(), found.axes.size(), found.steps.size()));
  }
  return found;
}

// What one axis of the input gives: where it begins, how far apart, how many.
struct Cut {
  std::int64_t begin = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;
};

std::int64_t clamped(std::int64_t position, std::int64_t extent, std::int64_t low,
                     std::int64_t high) {
  if (position < 0) position += extent;  // extent is below 2^62: it cannot overflow
  return std::clamp(position, low, high);
}

Cut cut_of(const LayerView& view, std::int64_t extent, std::int64_t start, std::int64_t end,
           std::int64_t step) {
  if (step == 0) view.fail("a step must not be 0");
  if (step == std::numeric_limits<std::int64_t>::min()) ++step;  // as far as any step goes
  const bool forward = step > 0;
  const auto from = forward ? clamped(start, extent, 0, extent)
                            : clamped(start, extent, 0, std::max<std::int64_t>(extent - 1, 0));
  const auto to = forward ? clamped(end, extent, 0, extent) : clamped(end, extent, -1, extent);
  const auto distance = forward ? to - from : from - to;
  const auto stride = forward ? step : -step;
  if (distance <= 0 || extent == 0) return {0, step, 0};
  return {from, step, distance / stride + (distance % stride != 0 ? 1 : 0)};
}

std::optional<Values> sliced_values(const LayerView& view, const Shape& result,
                                    const std::vector<Cut>& cuts) {
  const auto* values = values_of(view, 0);
  if (values == nullptr) return std::nullopt;
  auto steps = row_major_steps(view.shape(0));
  std::int64_t origin = 0;
  for (std::size_t axis = 0; axis < steps.size(); ++axis) {
    if (result[axis] == 0) continue;
    origin += cuts[axis].begin * steps[axis];
    // One element needs no step, and its step may be too large to multiply.
    steps[axis] = result[axis] > 1 ? steps[axis] * cuts[axis].step : 0;
  }
  const auto chosen = places(result, steps, origin);
  return chosen ? std::optional(select(*values, *chosen)) : std::nullopt;
}

}  // namespace

std::vector<TensorType> slice_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto arguments = arguments_of(view);
  std::vector<Cut> cuts;
  for (const auto extent : type.shape) cuts.push_back({0, 1, extent});
  for (std::size_t i = 0; i < arguments.starts.size(); ++i) {
    const auto axis = view.axis(arguments.axes[i], type.shape.size());
    cuts[axis] = cut_of(view, view.shape(0)[axis], arguments.starts[i], arguments.ends[i],
                        arguments.steps[i]);
    type.shape[axis] = cuts[axis].count;
  }
  type.values = sliced_values(view, type.shape, cuts);
  return {type};
}

}  // namespace roofbeam
