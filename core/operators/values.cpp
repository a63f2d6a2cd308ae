#include "core/operators/values.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace roofbeam {
namespace {

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

std::optional<Values> combine(const LayerView& view, const Shape& result, IntegerOp op) {
  const auto* a = view.integers(std::size_t{0});
  const auto* b = view.integers(std::size_t{1});
  if (a == nullptr || b == nullptr) return std::nullopt;
  const auto places_a = places(result, broadcast_steps(view.shape(0), result));
  const auto places_b = places(result, broadcast_steps(view.shape(1), result));
  if (!places_a || !places_b) return std::nullopt;
  std::vector<std::int64_t> combined;
  for (std::size_t i = 0; i < places_a->size(); ++i) {
    const auto value = op(a->at(static_cast<std::size_t>((*places_a)[i])),
                          b->at(static_cast<std::size_t>((*places_b)[i])));
    if (!value) return std::nullopt;
    combined.push_back(*value);
  }
  return Values{std::move(combined)};
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
std::optional<std::int64_t> floored_modulo(std::int64_t a, std::int64_t b) {
  if (divides_badly(a, b)) return std::nullopt;
  const auto rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

}  // namespace roofbeam
