#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;
using Integers = std::vector<std::int64_t>;

// Which dimensions are reduced away. Axes are an attribute until opset 12 (ReduceSum) or 17 (the
// others), input 1 after that.
std::vector<bool> reduced(const LayerView& view) {
  const auto rank = view.shape(0).size();
  const auto axes = stated_axes(view);
  if (axes.empty()) return std::vector<bool>(rank, view.integer("noop_with_empty_axes", 0) == 0);
  std::vector<bool> found(rank);
  for (const auto axis : axes) found[view.axis(axis, rank)] = true;
  return found;
}

Shape without(const Shape& shape, const std::vector<bool>& gone, bool keep_dims) {
  Shape result;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (!gone[axis]) result.push_back(shape[axis]);
    if (gone[axis] && keep_dims) result.push_back(1);
  }
  return result;
}

std::vector<TensorType> reduced_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  type.shape = without(type.shape, reduced(view), view.integer("keepdims", 1) != 0);
  return {type};
}

// Reductions of a whole vector of known integers: how exporters multiply dimensions.
template <bool (*step)(std::int64_t, std::int64_t, std::int64_t*)>
std::vector<TensorType> folded_shape(const LayerView& view) {
  auto types = reduced_shape(view);
  const auto* values = view.integers(std::size_t{0});
  if (values == nullptr || values->empty() || view.shape(0).size() > 1 ||
      element_count(types[0].shape) != 1) {
    return types;
  }
  std::int64_t folded = values->front();
  for (std::size_t i = 1; i < values->size(); ++i) {
    if (!step(folded, (*values)[i], &folded)) return types;
  }
  if (stored(types[0].element, folded)) types[0].values = Values{Integers{folded}};
  return types;
}

bool multiply_step(std::int64_t a, std::int64_t b, std::int64_t* out) {
  return !__builtin_mul_overflow(a, b, out);
}
bool add_step(std::int64_t a, std::int64_t b, std::int64_t* out) {
  return !__builtin_add_overflow(a, b, out);
}
bool min_step(std::int64_t a, std::int64_t b, std::int64_t* out) {
  *out = std::min(a, b);
  return true;
}
bool max_step(std::int64_t a, std::int64_t b, std::int64_t* out) {
  *out = std::max(a, b);
  return true;
}

std::vector<TensorType> arg_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  std::vector<bool> gone(type.shape.size());
  gone[view.axis(view.integer("axis", 0), type.shape.size())] = true;
  type.shape = without(type.shape, gone, view.integer("keepdims", 1) != 0);
  type.element = ElementType::i64;
  return {type};
}

std::vector<TensorType> cumulated_shape(const LayerView& view) {
  require_inputs(view, 2);
  if (const auto* axes = view.integers(std::size_t{1})) {
    if (axes->size() != 1) view.fail("axis must have one element");
    (void)view.axis(axes->front(), view.shape(0).size());
  }
  return {type_of(view, 0)};
}

// k came as an attribute before opset 10; nothing if it is not known before the network runs.
std::optional<std::int64_t> top_k(const LayerView& view) {
  if (!view.has_input(1) && !view.has("k")) view.fail("it needs k");
  if (!view.has_input(1)) return view.integer("k", 0);
  if (is_integer(view.input(1).element) && view.integers(1) == nullptr) return std::nullopt;
  return single_integer(view, 1, "k");
}

std::size_t top_k_axis(const LayerView& view) {
  return view.axis(view.integer("axis", -1), view.shape(0).size());
}

std::vector<TensorType> top_k_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto axis = top_k_axis(view);
  const auto k = top_k(view);
  if (k && (*k < 0 || *k > type.shape[axis])) {
    view.fail(fmt::format("k is {}; dimension {} of the input ({}) has {}", *k, axis,
                          to_text(type.shape), type.shape[axis]));
  }
  type.shape[axis] = k.value_or(type.shape[axis]);
  type.upper_bound = !k;
  auto indices = type;
  indices.element = ElementType::i64;
  return {type, indices};
}

double inputs(const LayerView& view) { return static_cast<double>(elements(view, view.shape(0))); }
double outputs(const LayerView& view) {
  return static_cast<double>(elements(view, view.output_shape(0)));
}

// Each operation once per input element.
template <VectorOp... ops>
Work per_input(const LayerView& view) {
  Work work;
  for (const auto op : {ops...}) work.ops(op) += inputs(view);
  return work;
}

// Per input element `each`, and once per result `last`.
template <VectorOp last, VectorOp... each>
Work per_input_and_result(const LayerView& view) {
  auto work = per_input<each...>(view);
  work.ops(last) += outputs(view);
  return work;
}

Work top_k_work(const LayerView& view) {
  Work work;
  double log2_k = 1;
  for (std::int64_t k = view.output_shape(0)[top_k_axis(view)]; k > 2; k /= 2) ++log2_k;
  work.ops(compare) = inputs(view) * log2_k;
  return work;
}

constexpr std::uint32_t kData = 0b1;

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence) {
  return {
      .name = name, .shape = shape, .work = work, .sentence = sentence, .parameter_inputs = kData};
}

// Axes may depend on data; what is counted does not depend on them.
constexpr Operator reduction(std::string_view name, ShapeRule shape, WorkRule work,
                             std::string_view sentence) {
  Operator reducing = row(name, shape, work, sentence);
  reducing.counts_on_stated = true;
  return reducing;
}

constexpr Operator kRows[] = {
    row("ArgMax", arg_shape, per_input<compare>, "One compare per input element."),
    row("ArgMin", arg_shape, per_input<compare>, "One compare per input element."),
    row("CumProd", cumulated_shape, per_input<multiply>, "One multiply per element."),
    row("CumSum", cumulated_shape, per_input<add>, "One add per element."),
    reduction("ReduceL1", reduced_shape, per_input<compare, add>,
              "One compare (absolute value) and one add per input element."),
    reduction("ReduceL2", reduced_shape, per_input_and_result<square_root, multiply, add>,
              "One multiply and one add per input element, one square root per result."),
    reduction("ReduceLogSum", reduced_shape, per_input_and_result<exponential, add>,
              "One add per input element, one logarithm per result, counted as an exponential."),
    reduction("ReduceLogSumExp", reduced_shape, per_input_and_result<exponential, exponential, add>,
              "One exponential and one add per input element, one logarithm per result."),
    reduction("ReduceMax", folded_shape<max_step>, per_input<compare>,
              "One compare per input element."),
    reduction("ReduceMean", reduced_shape, per_input_and_result<multiply, add>,
              "One add per input element and one multiply per result."),
    reduction("ReduceMin", folded_shape<min_step>, per_input<compare>,
              "One compare per input element."),
    reduction("ReduceProd", folded_shape<multiply_step>, per_input<multiply>,
              "One multiply per input element."),
    reduction("ReduceSum", folded_shape<add_step>, per_input<add>, "One add per input element."),
    reduction("ReduceSumSquare", reduced_shape, per_input<multiply, add>,
              "One multiply and one add per input element."),
    row("TopK", top_k_shape, top_k_work,
        "Per input element as many compares as a heap of k is high (the binary logarithm of k)."),
};

}  // namespace

std::span<const Operator> reduction_rows() { return kRows; }

}  // namespace roofbeam
