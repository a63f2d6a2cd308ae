// Views: another shape over the same elements.
#include <fmt/core.h>

#include <algorithm>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;

// The input's elements, in order, under another shape.
TensorType viewed(const LayerView& view, Shape shape) {
  const auto& input = view.input(0);
  return {input.element, std::move(shape), input.values};
}

// ---- Reshape

// Replaces 0 by the input's dimension in the same place, unless allowzero says it means zero.
void copy_zero_dimensions(const LayerView& view, Shape& target) {
  if (view.integer("allowzero", 0) != 0) return;
  const auto& source = view.shape(0);
  for (std::size_t axis = 0; axis < target.size(); ++axis) {
    if (target[axis] != 0) continue;
    if (axis >= source.size()) {
      view.fail(fmt::format("the new shape copies dimension {}, but the input ({}) has only {}",
                            axis, to_text(source), source.size()));
    }
    target[axis] = source[axis];
  }
}

// Replaces the one -1 by what is left over.
void solve_missing_dimension(const LayerView& view, Shape& target) {
  const auto missing = std::ranges::find(target, -1);
  if (missing == target.end()) return;
  if (std::count(target.begin(), target.end(), -1) > 1) {
    view.fail(fmt::format("the new shape ({}) has more than one -1", to_text(target)));
  }
  *missing = 1;
  const auto known = elements(view, target);
  const auto all = elements(view, view.shape(0));
  if (known == 0 || all % known != 0) {
    view.fail(fmt::format("{} elements ({}) do not divide by the {} of the new shape", all,
                          to_text(view.shape(0)), known));
  }
  *missing = all / known;
}

Integers reshape_target(const LayerView& view) {
  if (view.opset() < 5 && !view.has_input(1)) return view.integers("shape");
  return view.constant_integers(1, "the new shape");
}

std::vector<TensorType> reshape_shape(const LayerView& view) {
  Shape target = reshape_target(view);
  const auto wrong = std::ranges::find_if(target, [](std::int64_t dim) { return dim < -1; });
  if (wrong != target.end()) view.fail(fmt::format("the new shape has the dimension {}", *wrong));
  copy_zero_dimensions(view, target);
  solve_missing_dimension(view, target);
  if (elements(view, target) != elements(view, view.shape(0))) {
    view.fail(fmt::format("{} cannot be reshaped to {}: {} elements are not {}",
                          describe_input(view, 0), to_text(target), elements(view, view.shape(0)),
                          elements(view, target)));
  }
  return {viewed(view, std::move(target))};
}

std::vector<TensorType> flatten_shape(const LayerView& view) {
  const auto& shape = view.shape(0);
  const auto rank = static_cast<std::int64_t>(shape.size());
  auto axis = view.integer("axis", 1);
  if (axis < -rank || axis > rank) {
    view.fail(fmt::format("axis {} is outside the input ({})", axis, to_text(shape)));
  }
  if (axis < 0) axis += rank;
  const std::span<const std::int64_t> dims(shape);
  const auto split = static_cast<std::size_t>(axis);
  return {viewed(view, {elements(view, dims.first(split)), elements(view, dims.subspan(split))})};
}

// ---- Squeeze and Unsqueeze: axes are an attribute until opset 12, input 1 after that

std::vector<bool> marked(const LayerView& view, const Integers& axes, std::size_t rank) {
  std::vector<bool> marks(rank);
  for (const auto stated : axes) {
    const auto axis = view.axis(stated, rank);
    if (marks[axis]) view.fail(fmt::format("axis {} is named twice", axis));
    marks[axis] = true;
  }
  return marks;
}

// Without axes all dimensions of 1 go; axes that are there but name none drop nothing.
std::vector<TensorType> squeeze_shape(const LayerView& view) {
  const auto& shape = view.shape(0);
  const bool all = !view.has_input(1) && !view.has("axes");
  const auto axes = stated_axes(view);
  const auto gone = marked(view, axes, shape.size());
  Shape result;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (gone[axis] && shape[axis] != 1) {
      view.fail(fmt::format("dimension {} of {} is not 1", axis, describe_input(view, 0)));
    }
    const bool drop = all ? shape[axis] == 1 : gone[axis];
    if (!drop) result.push_back(shape[axis]);
  }
  return {viewed(view, std::move(result))};
}

std::vector<TensorType> unsqueeze_shape(const LayerView& view) {
  const auto& shape = view.shape(0);
  if (!view.has_input(1) && !view.has("axes")) view.fail("it needs axes");
  const auto axes = stated_axes(view);
  const auto added = marked(view, axes, shape.size() + axes.size());
  Shape result;
  auto next = shape.begin();
  for (const bool is_new : added) result.push_back(is_new ? 1 : *next++);
  return {viewed(view, std::move(result))};
}

constexpr std::string_view kFree = "Free: the same elements under another shape.";
constexpr std::uint32_t kData = 0b1;

constexpr Operator row(std::string_view name, ShapeRule shape) {
  return {.name = name,
          .shape = shape,
          .work = nullptr,
          .sentence = kFree,
          .cost = Cost::view,
          .parameter_inputs = kData};
}

constexpr Operator kRows[] = {
    row("Flatten", flatten_shape),
    row("Reshape", reshape_shape),
    row("Squeeze", squeeze_shape),
    row("Unsqueeze", unsqueeze_shape),
};

}  // namespace

std::span<const Operator> reshaping_rows() { return kRows; }

}  // namespace roofbeam
