// What the rules of several families share. Arithmetic on dimensions is checked: whatever leaves
// 63 bits fails through the view.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/operators/operator.hpp"

namespace roofbeam {

// The number of an input that an operator does not have: always left out.
inline constexpr std::size_t kNoInput = SIZE_MAX;

[[nodiscard]] std::int64_t checked_sum(const LayerView& view, std::int64_t a, std::int64_t b);
[[nodiscard]] std::int64_t checked_product(const LayerView& view, std::int64_t a, std::int64_t b);

// The number of elements, checked; of a shape or of some of its dimensions.
[[nodiscard]] std::int64_t elements(const LayerView& view, std::span<const std::int64_t> dims);

// Multidirectional (NumPy) broadcast; fails with both shapes in the text.
[[nodiscard]] Shape broadcast(const LayerView& view, const Shape& a, const Shape& b);
// The same of inputs 0 to count - 1; fails with their names and shapes in the text.
[[nodiscard]] Shape broadcast_inputs(const LayerView& view, std::size_t count);

// Fails unless input 0 has at least `least` dimensions.
void require_rank(const LayerView& view, std::size_t least);

// Fails unless inputs 0 to count - 1 are there.
void require_inputs(const LayerView& view, std::size_t count);

// Fails unless input `i`, if present, broadcasts to this shape without enlarging it.
void require_broadcast_to(const LayerView& view, std::size_t i, const Shape& target);

// Fails unless input `i`, if present, has exactly this shape; `why` follows "because ".
void require_shape(const LayerView& view, std::size_t i, const Shape& expected,
                   std::string_view why);

// Fails unless output 0 has so many dimensions: for work rules of operators whose output may have a
// shape that only the file states.
void require_output_rank(const LayerView& view, std::size_t rank);

// "input 1 'w' (64x3x7x7)".
[[nodiscard]] std::string describe_input(const LayerView& view, std::size_t i);

// Axes, which came as an attribute in old opsets and come as input 1 in new ones; none if left out.
[[nodiscard]] std::vector<std::int64_t> stated_axes(const LayerView& view);

// The one element of an integer input of any rank; see LayerView::constant_integers.
[[nodiscard]] std::int64_t single_integer(const LayerView& view, std::size_t i,
                                          std::string_view what);

// An attribute of a kind that LayerView has no accessor for (lists of reals or texts); nullptr if
// it is absent or of another type.
template <class T>
[[nodiscard]] const T* attribute(const LayerView& view, std::string_view name) {
  for (const Attribute& each : view.layer().attributes) {
    if (each.name == name) return std::get_if<T>(&each.value);
  }
  return nullptr;
}

// The element type that an integer attribute names; fails if it is none.
[[nodiscard]] ElementType stated_element(const LayerView& view, std::string_view attribute);

// The same type, marked as the largest that a shape which depends on data can become.
[[nodiscard]] TensorType at_most(TensorType type);

// Element type and shape of an input, without its values.
[[nodiscard]] TensorType type_of(const LayerView& view, std::size_t i);

// Shape rules. All outputs have the element type and shape of input 0; `pass_through` hands on
// known values too, and takes an input of any type.
[[nodiscard]] std::vector<TensorType> same_as_input(const LayerView& view);
[[nodiscard]] std::vector<TensorType> pass_through(const LayerView& view);

// A batch of matrix products, with its MACs.
[[nodiscard]] Work matrix_product(const LayerView& view, const MatrixWork& matrix);

// Work rules. Moving data computes nothing: its cost is in its bytes.
[[nodiscard]] Work only_bytes(const LayerView& view);
// Each operation once per element of output 0: elementwise<VectorOp::compare> for Relu,
// elementwise<VectorOp::compare, VectorOp::compare> for Clip.
[[nodiscard]] Work elementwise(const LayerView& view, std::span<const VectorOp> ops);
template <VectorOp... ops>
[[nodiscard]] Work elementwise(const LayerView& view) {
  static constexpr VectorOp kOps[] = {ops...};
  return elementwise(view, kOps);
}

}  // namespace roofbeam
