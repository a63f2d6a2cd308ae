#include "core/operators/values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace roofbeam {
namespace {

// Element i of the result is op(a, b) of the elements broadcast to its place.
template <class T, class Op>
std::optional<Values> combined(const LayerView& view, const Shape& result, ElementType element,
                               Op op) {
  const auto& a = std::get<std::vector<T>>(view.input(0).values->elements);
  const auto& b = std::get<std::vector<T>>(view.input(1).values->elements);
  const auto places_a = places(result, broadcast_steps(view.shape(0), result));
  const auto places_b = places(result, broadcast_steps(view.shape(1), result));
  if (!places_a || !places_b) return std::nullopt;
  std::vector<T> results;
  for (std::size_t i = 0; i < places_a->size(); ++i) {
    const std::optional<T> value = op(a.at(static_cast<std::size_t>((*places_a)[i])),
                                      b.at(static_cast<std::size_t>((*places_b)[i])));
    const auto kept = value ? stored(element, *value) : std::nullopt;
    if (!kept) return std::nullopt;
    results.push_back(*kept);
  }
  return Values{std::move(results)};
}

bool is_unsigned(ElementType element) {
  using enum ElementType;
  return element == u64 || element == u32 || element == u16 || element == u8 || element == u4 ||
         element == u2;
}

bool divides_badly(std::int64_t a, std::int64_t b) {
  return b == 0 || (b == -1 && a == std::numeric_limits<std::int64_t>::min());
}

}  // namespace

const Values* values_of(const LayerView& view, std::size_t i) {
  if (!view.has_input(i)) return nullptr;
  const auto& values = view.input(i).values;
  return values ? &*values : nullptr;
}

Values select(const Values& values, std::span<const std::int64_t> places) {
  return std::visit(
      [&](const auto& elements) {
        std::remove_cvref_t<decltype(elements)> chosen;
        chosen.reserve(places.size());
        for (const auto place : places)
          chosen.push_back(elements.at(static_cast<std::size_t>(place)));
        return Values{std::move(chosen)};
      },
      values.elements);
}

std::optional<std::vector<std::int64_t>> places(const Shape& result,
                                                std::span<const std::int64_t> steps,
                                                std::int64_t origin) {
  std::vector<std::int64_t> found = {origin};
  for (std::size_t axis = 0; axis < result.size(); ++axis) {
    const auto most = Values::kMostValues / std::max<std::int64_t>(1, std::ssize(found));
    if (result[axis] > most) return std::nullopt;
    std::vector<std::int64_t> next;
    for (const auto place : found) {
      for (std::int64_t i = 0; i < result[axis]; ++i) next.push_back(place + i * steps[axis]);
    }
    found = std::move(next);
  }
  return found;
}

std::vector<std::int64_t> row_major_steps(const Shape& shape) {
  std::vector<std::int64_t> steps(shape.size());
  std::int64_t step = 1;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    steps[axis] = step;
    step *= std::max<std::int64_t>(shape[axis], 1);
  }
  return steps;
}

std::vector<std::int64_t> broadcast_steps(const Shape& shape, const Shape& result) {
  std::vector<std::int64_t> steps(result.size(), 0);
  const auto own = row_major_steps(shape);
  const std::size_t offset = result.size() - shape.size();
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (shape[axis] != 1) steps[offset + axis] = own[axis];
  }
  return steps;
}

std::optional<Values> combine(const LayerView& view, const Shape& result, ElementType element,
                              IntegerOp op, RealOp real_op) {
  const auto both = [&](const auto& known) { return known(0) != nullptr && known(1) != nullptr; };
  if (both([&](std::size_t i) { return view.integers(i); })) {
    return combined<std::int64_t>(view, result, element, op);
  }
  if (real_op != nullptr && both([&](std::size_t i) { return view.reals(i); })) {
    return combined<double>(view, result, element, real_op);
  }
  return std::nullopt;
}

std::optional<std::int64_t> stored(ElementType element, std::int64_t value) {
  if (!is_integer(element)) return value;
  if (is_unsigned(element) && value < 0) return std::nullopt;
  const int value_bits = bits(element) - (is_unsigned(element) ? 0 : 1);
  const bool fits = value_bits >= 63 || (value >> value_bits) == (value < 0 ? -1 : 0);
  return fits ? std::optional(value) : std::nullopt;
}

std::optional<double> stored(ElementType element, double value) {
  if (element == ElementType::f64 && std::isfinite(value)) return value;
  const bool fits = std::abs(value) <= std::numeric_limits<float>::max();  // not so for NaN
  if (element != ElementType::f32 || !fits) return std::nullopt;
  return static_cast<double>(static_cast<float>(value));
}

std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}
std::optional<std::int64_t> checked_subtract(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}
std::optional<std::int64_t> checked_multiply(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}
std::optional<std::int64_t> truncating_divide(std::int64_t a, std::int64_t b) {
  return divides_badly(a, b) ? std::nullopt : std::optional(a / b);
}
std::optional<std::int64_t> truncated_modulo(std::int64_t a, std::int64_t b) {
  return divides_badly(a, b) ? std::nullopt : std::optional(a % b);
}
std::optional<std::int64_t> floored_modulo(std::int64_t a, std::int64_t b) {
  if (divides_badly(a, b)) return std::nullopt;
  const auto rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

}  // namespace roofbeam
