// Operators that pick, mark or reorder elements. How many NonZero, Unique, Compress and
// NonMaxSuppression pick depends on data: their shapes are upper bounds.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;

double inputs(const LayerView& view) { return static_cast<double>(elements(view, view.shape(0))); }

// ---- NonZero

constexpr std::int64_t kMostFollowed = 64;  // dimensions of a tensor whose indices are followed

// Row-major places of the known elements that are not zero.
Integers places_of_nonzero(const Values& values) {
  Integers found;
  std::visit(
      [&](const auto& elements) {
        for (std::size_t i = 0; i < elements.size(); ++i) {
          if (elements[i] != 0) found.push_back(static_cast<std::int64_t>(i));
        }
      },
      values.elements);
  return found;
}

// One row of indices per dimension.
TensorType indices_of(const Integers& places, const Shape& shape) {
  const auto steps = row_major_steps(shape);
  Integers indices;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    for (const auto place : places) indices.push_back(place / steps[axis] % shape[axis]);
  }
  return {ElementType::i64, {std::ssize(shape), std::ssize(places)}, if_small(std::move(indices))};
}

std::vector<TensorType> non_zero_shape(const LayerView& view) {
  const auto& shape = view.shape(0);
  const auto* values = values_of(view, 0);
  if (values != nullptr && std::ssize(shape) <= kMostFollowed) {
    return {indices_of(places_of_nonzero(*values), shape)};
  }
  return {at_most({ElementType::i64, {std::ssize(shape), elements(view, shape)}, {}})};
}

Work one_compare_per_input(const LayerView& view) {
  Work work;
  work.ops(VectorOp::compare) = inputs(view);
  return work;
}

// ---- Unique

std::vector<TensorType> unique_shape(const LayerView& view) {
  auto kept = type_of(view, 0);
  std::size_t axis = 0;
  if (view.has("axis")) {
    axis = view.axis(view.integer("axis", 0), kept.shape.size());
  } else {
    kept.shape = {elements(view, kept.shape)};
  }
  const TensorType indices{ElementType::i64, {kept.shape[axis]}, {}};
  return {at_most(kept), at_most(indices), indices, at_most(indices)};
}

// Sorting takes the binary logarithm of the number of elements or slices, for each element.
Work unique_work(const LayerView& view) {
  const auto& shape = view.shape(0);
  const bool slices = view.has("axis");
  const double sorted =
      slices ? static_cast<double>(shape[view.axis(view.integer("axis", 0), shape.size())])
             : inputs(view);
  Work work;
  work.ops(VectorOp::compare) = inputs(view) * std::max(1.0, std::ceil(std::log2(sorted)));
  return work;
}

// ---- Compress

// The places where a known condition holds, among the first `extent`.
std::optional<Integers> chosen_places(const LayerView& view, std::int64_t extent) {
  const auto* condition = view.integers(std::size_t{1});
  if (condition == nullptr) return std::nullopt;
  Integers chosen;
  for (std::int64_t i = 0; i < std::min(extent, std::ssize(*condition)); ++i) {
    if ((*condition)[static_cast<std::size_t>(i)] != 0) chosen.push_back(i);
  }
  return chosen;
}

std::vector<TensorType> compress_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto& condition = view.shape(1);
  if (condition.size() != 1) {
    view.fail(describe_input(view, 1) + " (the condition) must have one dimension");
  }
  std::size_t axis = 0;
  if (view.has("axis")) {
    axis = view.axis(view.integer("axis", 0), type.shape.size());
  } else {
    type.shape = {elements(view, type.shape)};
  }
  auto& dim = type.shape[axis];
  const auto chosen = chosen_places(view, dim);
  dim = chosen ? std::ssize(*chosen) : std::min(dim, condition[0]);
  if (!chosen) return {at_most(std::move(type))};
  const auto* values = type.shape.size() == 1 ? values_of(view, 0) : nullptr;
  if (values != nullptr) type.values = select(*values, *chosen);
  return {type};
}

Work compress_work(const LayerView& view) {
  Work work;
  work.ops(VectorOp::compare) = static_cast<double>(elements(view, view.shape(1)));
  return work;
}

// ---- OneHot

// The depth may be of any type; a real is truncated.
std::int64_t one_hot_depth(const LayerView& view) {
  if (!is_float(view.input(1).element)) return single_integer(view, 1, "the depth");
  const auto& depth = view.constant_reals(1, "the depth");
  if (depth.size() != 1) view.fail(describe_input(view, 1) + " (the depth) must have one element");
  if (!(std::abs(depth.front()) < 9e18)) view.fail(fmt::format("its depth is {}", depth.front()));
  return static_cast<std::int64_t>(depth.front());
}

std::vector<TensorType> one_hot_shape(const LayerView& view) {
  require_inputs(view, 3);
  require_shape(view, 2, {2}, "it holds the values for off and on");
  Shape shape = view.shape(0);
  const auto axis = view.axis(view.integer("axis", -1), shape.size() + 1);
  const auto depth = one_hot_depth(view);
  if (depth < 1) view.fail(fmt::format("its depth is {}; it must be at least 1", depth));
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), depth);
  return {{view.input(2).element, std::move(shape), {}}};
}

// ---- NonMaxSuppression

void require_boxes(const LayerView& view) {
  const auto& boxes = view.shape(0);
  const auto& scores = view.shape(1);
  const bool fits = boxes.size() == 3 && boxes[2] == 4 && scores.size() == 3 &&
                    scores[0] == boxes[0] && scores[2] == boxes[1];
  if (fits) return;
  view.fail(
      fmt::format("{} and {} must be batch x boxes x 4 and batch x classes x boxes, with the "
                  "same batch and boxes",
                  describe_input(view, 0), describe_input(view, 1)));
}

// How many boxes one class of one batch item may keep: none unless the file says how many.
std::int64_t kept_boxes(const LayerView& view) {
  const auto boxes = view.shape(0)[1];
  if (!view.has_input(2)) return 0;
  if (view.integers(std::size_t{2}) == nullptr) return boxes;
  return std::clamp<std::int64_t>(single_integer(view, 2, "the most boxes per class"), 0, boxes);
}

std::vector<TensorType> suppression_shape(const LayerView& view) {
  require_boxes(view);
  const auto& scores = view.shape(1);
  const auto kept =
      checked_product(view, checked_product(view, scores[0], scores[1]), kept_boxes(view));
  TensorType type{ElementType::i64, {kept, 3}, {}};
  return {kept == 0 ? type : at_most(std::move(type))};
}

// Every box meets every box kept of its class; how many are kept is the output's rows.
Work suppression_work(const LayerView& view) {
  const double boxes = static_cast<double>(view.shape(0)[1]);
  const double pairs = boxes * static_cast<double>(view.output_shape(0).at(0));
  const double scores = static_cast<double>(elements(view, view.shape(1)));
  Work work;
  work.ops(VectorOp::compare) =
      scores * (1 + std::ceil(std::log2(std::max(1.0, boxes)))) + 5 * pairs;
  work.ops(VectorOp::add) = 8 * pairs;
  work.ops(VectorOp::multiply) = 3 * pairs;
  work.ops(VectorOp::divide) = pairs;
  return work;
}

// ---- ReverseSequence and Trilu

std::vector<TensorType> reverse_sequence_shape(const LayerView& view) {
  require_rank(view, 2);
  require_inputs(view, 2);
  const auto batch = view.integer("batch_axis", 1);
  const auto time = view.integer("time_axis", 0);
  if (!(batch == 0 && time == 1) && !(batch == 1 && time == 0)) {
    view.fail(
        fmt::format("batch_axis is {} and time_axis {}; one must be 0, the other 1", batch, time));
  }
  const auto length = view.shape(0)[static_cast<std::size_t>(batch)];
  require_shape(view, 1, {length}, fmt::format("the batch has {} sequences", length));
  return {type_of(view, 0)};
}

std::vector<TensorType> trilu_shape(const LayerView& view) {
  require_rank(view, 2);
  if (view.integers(std::size_t{1}) != nullptr) (void)single_integer(view, 1, "the diagonal");
  return {type_of(view, 0)};
}

constexpr std::uint32_t kData = 0b1;

constexpr Operator kRows[] = {
    {.name = "Compress",
     .shape = compress_shape,
     .work = compress_work,
     .sentence = "One compare per condition; the rest of its cost is the bytes it moves.",
     .parameter_inputs = kData},
    {.name = "NonMaxSuppression",
     .shape = suppression_shape,
     .work = suppression_work,
     .sentence = "Per score one compare, and the binary logarithm of the boxes to sort it; per box "
                 "and kept row one overlap: five compares, eight adds, three multiplies and one "
                 "divide.",
     .parameter_inputs = 0},
    {.name = "NonZero",
     .shape = non_zero_shape,
     .work = one_compare_per_input,
     .sentence = "One compare per input element.",
     .parameter_inputs = kData},
    {.name = "OneHot",
     .shape = one_hot_shape,
     .work = only_bytes,
     .sentence = "No arithmetic: its cost is the bytes it reads and writes.",
     .parameter_inputs = 0},
    {.name = "ReverseSequence",
     .shape = reverse_sequence_shape,
     .work = only_bytes,
     .sentence = "No arithmetic: its cost is the bytes it reads and writes.",
     .parameter_inputs = kData},
    {.name = "Trilu",
     .shape = trilu_shape,
     .work = only_bytes,
     .sentence = "No arithmetic: its cost is the bytes it reads and writes.",
     .parameter_inputs = kData},
    {.name = "Unique",
     .shape = unique_shape,
     .work = unique_work,
     .sentence = "Per input element as many compares as sorting takes: the binary logarithm of the "
                 "number of elements, or of slices along the axis.",
     .parameter_inputs = kData},
};

}  // namespace

std::span<const Operator> selection_rows() { return kRows; }

}  // namespace roofbeam
