// Operators on 8-bit elements that dequantize, compute and quantize again in one go.
#include <fmt/core.h>

#include <algorithm>

#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

double outputs(const LayerView& view) { return count_of(view, view.output_shape(0)); }

// Each operation once per output element, and one multiply, one add and two compares more to
// requantize it.
template <VectorOp... ops>
Work requantized(const LayerView& view) {
  return elementwise<ops..., multiply, add, compare, compare>(view);
}

// ---- two operands

// Fails unless all of these are there: scales may not be left out.
void require(const LayerView& view, std::initializer_list<std::size_t> inputs) {
  for (const std::size_t i : inputs) (void)view.input(i);
}

// Each operand has a scale and a zero point after it; the output's follow.
std::vector<TensorType> binary_shape(const LayerView& view) {
  require(view, {1, 4, 6});
  return {{view.input(0).element, broadcast(view, view.shape(0), view.shape(3)), {}}};
}

// Condition, then two operands with scale and zero point, then the output's.
std::vector<TensorType> where_shape(const LayerView& view) {
  require(view, {2, 5, 7});
  const Shape operands = broadcast(view, view.shape(1), view.shape(4));
  return {{view.input(1).element, broadcast(view, view.shape(0), operands), {}}};
}

// ---- one operand

// Operand, its scale and zero point, the output's scale and zero point.
std::vector<TensorType> unary_shape(const LayerView& view) {
  require(view, {1, 3});
  return {type_of(view, 0)};
}

std::vector<TensorType> softmax_shape(const LayerView& view) {
  const bool of_rows = view.integer("opset", 13) < 13;
  (void)view.axis(view.integer("axis", of_rows ? 1 : -1), view.shape(0).size());
  return unary_shape(view);
}

Work softmax_work(const LayerView& view) {
  Work work = requantized<multiply, add>(view);
  add_softmax(work, outputs(view));
  return work;
}

std::vector<TensorType> mean_shape(const LayerView& view) {
  require(view, {1, 3});
  const Shape& shape = view.shape(0);
  const auto axes = view.integers("axes");
  std::vector<bool> gone(shape.size(), axes.empty());
  for (const std::int64_t axis : axes) gone[view.axis(axis, shape.size())] = true;
  const bool keep = view.integer("keepdims", 1) != 0;
  Shape result;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (!gone[d]) result.push_back(shape[d]);
    if (gone[d] && keep) result.push_back(1);
  }
  return {{view.input(0).element, std::move(result), {}}};
}

Work mean_work(const LayerView& view) {
  Work work = requantized<>(view);
  count_ops(work, count_of(view, view.shape(0)), {add});
  return work;
}

// ---- Concat: the output's scale and zero point, then tensor, scale and zero point of each part

constexpr std::size_t kFirst = 2;
constexpr std::size_t kStep = 3;

void require_same_but(const LayerView& view, std::size_t i, std::size_t axis) {
  Shape expected = view.shape(kFirst);
  const Shape& shape = view.shape(i);
  if (shape.size() == expected.size()) expected[axis] = shape[axis];
  if (shape == expected) return;
  view.fail(fmt::format("cannot join {} and {} along axis {}: the other dimensions differ",
                        describe_input(view, kFirst), describe_input(view, i), axis));
}

std::vector<TensorType> concat_shape(const LayerView& view) {
  require(view, {1});
  Shape shape = view.shape(kFirst);
  const std::size_t axis = view.axis(view.integer("axis", 1), shape.size());
  for (std::size_t i = kFirst + kStep; i < view.input_count(); i += kStep) {
    require_same_but(view, i, axis);
    shape[axis] = checked_sum(view, shape[axis], view.shape(i)[axis]);
  }
  return {{view.input(1).element, std::move(shape), {}}};
}

// Inputs 2, 5, 8, ..., 29.
constexpr std::uint32_t kConcatParts = 0b100'100'100'100'100'100'100'100'100'100;

// ---- rows

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence, std::string_view acts_like,
                       std::uint32_t parameters = 0b1) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = parameters,
          .domain = kMicrosoft,
          .acts_like = acts_like};
}

constexpr Operator kRows[] = {
    row("QLinearAdd", binary_shape, requantized<multiply, add, multiply, add, add>,
        "Per output element one multiply and one add to dequantize each operand, one add, and one "
        "multiply, one add and two compares to requantize.",
        "Add", 0b1001),
    row("QLinearConcat", concat_shape, requantized<multiply, add>,
        "Per output element two multiplies, two adds and two compares to dequantize and "
        "requantize.",
        "Concat", kConcatParts),
    row("QLinearLeakyRelu", unary_shape, requantized<multiply, add, compare, multiply>,
        "Per element one compare and one multiply, and two multiplies, two adds and two compares "
        "to dequantize and requantize.",
        "LeakyRelu"),
    row("QLinearMul", binary_shape, requantized<add, add, multiply>,
        "Per output element one add for each operand's zero point, one multiply, and one multiply, "
        "one add and two compares to requantize.",
        "Mul", 0b1001),
    row("QLinearReduceMean", mean_shape, mean_work,
        "One add per input element; one multiply, one add and two compares per result to "
        "requantize.",
        "ReduceMean"),
    row("QLinearSigmoid", unary_shape, requantized<multiply, add, exponential, add, divide>,
        "As Sigmoid, and two multiplies, two adds and two compares per element to dequantize and "
        "requantize.",
        "Sigmoid"),
    row("QLinearSoftmax", softmax_shape, softmax_work,
        "As Softmax, and two multiplies, two adds and two compares per element to dequantize and "
        "requantize.",
        "Softmax"),
    row("QLinearWhere", where_shape, requantized<compare, multiply, add>,
        "Per output element one compare, and two multiplies, two adds and two compares to "
        "dequantize and requantize.",
        "Where", 0b10010),
};

}  // namespace

std::span<const Operator> contrib_qlinear_rows() { return kRows; }

}  // namespace roofbeam
