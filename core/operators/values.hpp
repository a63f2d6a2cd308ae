// Arithmetic on the known elements of small constants: how shapes that a graph computes are solved.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/operators/operator.hpp"

namespace roofbeam {

// Known elements of an input, or nullptr.
[[nodiscard]] const Values* values_of(const LayerView& view, std::size_t i);

// The elements at these places of a row-major tensor, integers or reals alike.
[[nodiscard]] Values select(const Values& values, std::span<const std::int64_t> places);

// Places in a row-major tensor of shape `source` that a result of shape `result` reads, in order,
// when result index (r0, r1, ...) reads origin + sum of r_i * steps[i]. Nothing if the result has
// more than Values::kMostValues elements.
[[nodiscard]] std::optional<std::vector<std::int64_t>> places(const Shape& result,
                                                              std::span<const std::int64_t> steps,
                                                              std::int64_t origin = 0);

// Steps of a row-major tensor: {12, 4, 1} for 2x3x4.
[[nodiscard]] std::vector<std::int64_t> row_major_steps(const Shape& shape);

// Steps that read a tensor broadcast to `result`: 0 along repeated dimensions.
[[nodiscard]] std::vector<std::int64_t> broadcast_steps(const Shape& shape, const Shape& result);

// Known elements, unless there are more than Values::kMostValues.
template <class T>
[[nodiscard]] std::optional<Values> if_small(std::vector<T> elements) {
  if (std::ssize(elements) > Values::kMostValues) return std::nullopt;
  return Values{std::move(elements)};
}

// An integer operation that gives up (overflow, division by zero) with nullopt.
using IntegerOp = std::optional<std::int64_t> (*)(std::int64_t, std::int64_t);
using RealOp = double (*)(double, double);

// a op b, element by element and broadcast, of inputs 0 and 1, as a tensor of type `element`;
// nothing if either is not known, has no operation of its kind, or a result cannot be stored.
// REQUIRES: both inputs broadcast to `result`.
[[nodiscard]] std::optional<Values> combine(const LayerView& view, const Shape& result,
                                            ElementType element, IntegerOp op,
                                            RealOp real_op = nullptr);

// The value as a tensor of this type has it: nothing for an integer that would wrap around, a real
// rounded to 32 or 64 bits. Reals of fewer bits, infinities and NaN are not followed.
[[nodiscard]] std::optional<std::int64_t> stored(ElementType element, std::int64_t value);
[[nodiscard]] std::optional<double> stored(ElementType element, double value);

// The checked operations themselves.
[[nodiscard]] std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b);
[[nodiscard]] std::optional<std::int64_t> checked_subtract(std::int64_t a, std::int64_t b);
[[nodiscard]] std::optional<std::int64_t> checked_multiply(std::int64_t a, std::int64_t b);
[[nodiscard]] std::optional<std::int64_t> truncating_divide(std::int64_t a, std::int64_t b);
[[nodiscard]] std::optional<std::int64_t> floored_modulo(std::int64_t a, std::int64_t b);
[[nodiscard]] std::optional<std::int64_t> truncated_modulo(std::int64_t a, std::int64_t b);

}  // namespace roofbeam
