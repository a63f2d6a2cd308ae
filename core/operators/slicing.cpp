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
  bool known = true;  // else starts or ends are the farthest that there may be
};

// How many axes are cut, each at most once.
std::size_t cut_axes(const LayerView& view, std::size_t i) {
  const auto count = elements(view, view.shape(i));
  const auto rank = std::ssize(view.shape(0));
  if (count > rank) view.fail(fmt::format("{} positions for {} dimensions", count, rank));
  return static_cast<std::size_t>(count);
}

// Inputs that the network computes from data cut off nothing.
Integers positions(const LayerView& view, std::size_t i, std::string_view what, bool start,
                   const Integers& steps, bool& known) {
  if (!is_integer(view.input(i).element) || view.integers(i) != nullptr) {
    return view.constant_integers(i, what);
  }
  known = false;
  Integers farthest(cut_axes(view, i));
  for (std::size_t axis = 0; axis < farthest.size(); ++axis) {
    const bool forward = axis >= steps.size() || steps[axis] > 0;
    farthest[axis] = start == forward ? std::numeric_limits<std::int64_t>::min()
                                      : std::numeric_limits<std::int64_t>::max();
  }
  return farthest;
}

SliceArguments arguments_from_inputs(const LayerView& view) {
  SliceArguments found;
  if (view.has_input(3)) found.axes = view.constant_integers(3, "the axes");
  if (view.has_input(4)) found.steps = view.constant_integers(4, "the steps");
  found.starts = positions(view, 1, "the starts", true, found.steps, found.known);
  found.ends = positions(view, 2, "the ends", false, found.steps, found.known);
  return found;
}

SliceArguments arguments_of(const LayerView& view) {
  SliceArguments found = view.opset() < 10 ? SliceArguments{view.integers("starts"),
                                                            view.integers("ends"),
                                                            view.integers("axes"),
                                                            {}}
                                           : arguments_from_inputs(view);
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
  if (!arguments.known) return {at_most(std::move(type))};
  type.values = sliced_values(view, type.shape, cuts);
  return {type};
}

}  // namespace roofbeam
