// Operators on the bits of integers.
#include <fmt/core.h>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

std::optional<std::int64_t> bit_and(std::int64_t a, std::int64_t b) { return a & b; }
std::optional<std::int64_t> bit_or(std::int64_t a, std::int64_t b) { return a | b; }
std::optional<std::int64_t> bit_xor(std::int64_t a, std::int64_t b) { return a ^ b; }
std::optional<std::int64_t> shifted_right(std::int64_t a, std::int64_t by) {
  return a < 0 || by < 0 || by > 63 ? std::nullopt : std::optional(a >> by);
}
std::optional<std::int64_t> shifted_left(std::int64_t a, std::int64_t by) {
  return by < 0 || by > 62 ? std::nullopt : checked_multiply(a, std::int64_t{1} << by);
}

void require_integers(const LayerView& view, std::size_t i) {
  if (is_integer(view.input(i).element)) return;
  view.fail(fmt::format("{} must be integers, not {}", describe_input(view, i),
                        to_text(view.input(i).element)));
}

std::vector<TensorType> bitwise(const LayerView& view, IntegerOp op) {
  for (const std::size_t i : {0u, 1u}) require_integers(view, i);
  TensorType type{view.input(0).element, broadcast_inputs(view, 2), {}};
  type.values = combine(view, type.shape, type.element, op);
  return {type};
}

template <IntegerOp op>
std::vector<TensorType> bitwise(const LayerView& view) {
  return bitwise(view, op);
}

std::vector<TensorType> shift_shape(const LayerView& view) {
  const auto direction = view.text("direction", "");
  if (direction == "LEFT") return bitwise(view, shifted_left);
  if (direction == "RIGHT") return bitwise(view, shifted_right);
  view.fail(fmt::format("direction is '{}'; it must be LEFT or RIGHT", direction));
}

std::vector<TensorType> not_shape(const LayerView& view) {
  require_integers(view, 0);
  return {type_of(view, 0)};
}

// What the bits mean changes, not where they are; the elements of the new type are not followed.
std::vector<TensorType> bit_cast_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto to = stated_element(view, "to");
  if (to == ElementType::text || type.element == ElementType::text) {
    view.fail("a text has no bits to read as another type");
  }
  if (bits(to) != bits(type.element)) {
    view.fail(fmt::format("{} bits of {} cannot become {} of {}", bits(type.element),
                          to_text(type.element), bits(to), to_text(to)));
  }
  type.element = to;
  return {type};
}

constexpr Operator row(std::string_view name, ShapeRule shape) {
  return {.name = name,
          .shape = shape,
          .work = elementwise<VectorOp::compare>,
          .sentence = "One bitwise operation per element, counted as a compare."};
}

constexpr Operator kRows[] = {
    {.name = "BitCast",
     .shape = bit_cast_shape,
     .work = nullptr,
     .sentence = "Free: the same bits, read as another type.",
     .cost = Cost::view},
    row("BitShift", shift_shape),
    row("BitwiseAnd", bitwise<bit_and>),
    row("BitwiseNot", not_shape),
    row("BitwiseOr", bitwise<bit_or>),
    row("BitwiseXor", bitwise<bit_xor>),
};

}  // namespace

std::span<const Operator> bits_rows() { return kRows; }

}  // namespace roofbeam
