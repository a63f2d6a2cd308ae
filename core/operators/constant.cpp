#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;

template <class T>
const T* attribute(const LayerView& view, std::string_view name) {
  for (const auto& each : view.layer().attributes) {
    if (each.name == name) return std::get_if<T>(&each.value);
  }
  return nullptr;
}

TensorType vector_of(ElementType element, Values values, std::size_t size) {
  return {element, {static_cast<std::int64_t>(size)}, std::move(values)};
}

// `value` or one of its short forms.
std::vector<TensorType> constant_shape(const LayerView& view) {
  if (const auto* tensor = view.tensor("value")) return {*tensor};
  if (const auto* integer = attribute<std::int64_t>(view, "value_int")) {
    return {{ElementType::i64, {}, Values{Integers{*integer}}}};
  }
  if (const auto* integers = attribute<Integers>(view, "value_ints")) {
    return {vector_of(ElementType::i64, Values{*integers}, integers->size())};
  }
  if (const auto* real = attribute<double>(view, "value_float")) {
    return {{ElementType::f32, {}, Values{Reals{*real}}}};
  }
  if (const auto* reals = attribute<Reals>(view, "value_floats")) {
    return {vector_of(ElementType::f32, Values{*reals}, reals->size())};
  }
  if (view.has("value_string")) return {{ElementType::text, {}, {}}};
  if (const auto* texts = attribute<std::vector<std::string>>(view, "value_strings")) {
    return {{ElementType::text, {static_cast<std::int64_t>(texts->size())}, {}}};
  }
  view.fail("it needs one of: value, value_int, value_ints, value_float, value_floats");
}

// Fills small results, so that shape arithmetic sees them.
std::vector<TensorType> filled_shape(const LayerView& view) {
  TensorType type{ElementType::f32, view.constant_integers(0, "the shape"), {}};
  const auto* value = view.tensor("value");
  if (value != nullptr) type.element = value->element;
  if (std::ranges::any_of(type.shape, [](std::int64_t dim) { return dim < 0; })) return {type};
  const auto count = elements(view, type.shape);
  if (!is_integer(type.element) || value == nullptr || !value->values || count > 64) return {type};
  const auto* filler = value->values->integers();
  if (filler != nullptr && filler->size() == 1) {
    type.values = Values{Integers(static_cast<std::size_t>(count), filler->front())};
  }
  return {type};
}

std::vector<TensorType> shape_shape(const LayerView& view) {
  const auto& shape = view.shape(0);
  const auto rank = static_cast<std::int64_t>(shape.size());
  const auto clamp = [&](std::int64_t axis) {
    return std::clamp<std::int64_t>(axis < 0 ? axis + rank : axis, 0, rank);
  };
  const auto start = clamp(view.integer("start", 0));
  const auto end = std::max(start, clamp(view.integer("end", rank)));
  Integers dims(shape.begin() + start, shape.begin() + end);
  const auto count = dims.size();
  return {vector_of(ElementType::i64, Values{std::move(dims)}, count)};
}

std::vector<TensorType> size_shape(const LayerView& view) {
  return {{ElementType::i64, {}, Values{Integers{elements(view, view.shape(0))}}}};
}

std::int64_t integer_range_size(const LayerView& view, std::int64_t start, std::int64_t limit,
                                std::int64_t delta) {
  if (delta == 0) view.fail("the step must not be 0");
  const auto span = checked_subtract(limit, start);
  if (!span) view.fail("its limits are more than 2^63 - 1 apart");
  if ((*span > 0) != (delta > 0) || *span == 0) return 0;
  return *span / delta + (*span % delta != 0 ? 1 : 0);
}

std::vector<TensorType> integer_range(const LayerView& view) {
  const auto one = [&](std::size_t i) { return view.constant_integers(i, "a limit").at(0); };
  const auto start = one(0);
  const auto delta = one(2);
  const auto count = integer_range_size(view, start, one(1), delta);
  TensorType type{view.input(0).element, {count}, {}};
  if (count <= Values::kMostValues) {
    Integers values;
    for (std::int64_t i = 0; i < count; ++i) values.push_back(start + i * delta);
    type.values = Values{std::move(values)};
  }
  return {type};
}

std::vector<TensorType> real_range(const LayerView& view) {
  const auto one = [&](std::size_t i) {
    const auto* values = view.reals(i);
    if (values == nullptr || values->size() != 1) {
      view.fail(fmt::format("{} (a limit) must be one constant", describe_input(view, i)));
    }
    return values->front();
  };
  const double count = std::max(0.0, std::ceil((one(1) - one(0)) / one(2)));
  if (!(count < 9e18)) view.fail("the range has no end");
  return {{view.input(0).element, {static_cast<std::int64_t>(count)}, {}}};
}

std::vector<TensorType> range_shape(const LayerView& view) {
  require_inputs(view, 3);
  for (std::size_t i = 0; i < 3; ++i) {
    if (element_count(view.shape(i)) != 1) {
      view.fail(fmt::format("{} must have one element", describe_input(view, i)));
    }
  }
  return is_float(view.input(0).element) ? real_range(view) : integer_range(view);
}

std::vector<TensorType> eye_like_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  if (type.shape.size() != 2) view.fail(describe_input(view, 0) + " must have two dimensions");
  if (view.has("dtype")) type.element = onnx_element_type(view.integer("dtype", 1));
  return {type};
}

constexpr std::string_view kKnown = "Free: its value is known when the network is imported.";

constexpr Operator kRows[] = {
    {.name = "Constant",
     .shape = constant_shape,
     .work = nullptr,
     .sentence = "Free: a constant is a weight, stored with the network.",
     .cost = Cost::view},
    {.name = "ConstantOfShape",
     .shape = filled_shape,
     .work = nullptr,
     .sentence = "Free: a constant is a weight, stored with the network.",
     .cost = Cost::view,
     .parameter_inputs = 0},
    {.name = "EyeLike",
     .shape = eye_like_shape,
     .work = only_bytes,
     .sentence = "No arithmetic: its cost is the bytes it writes.",
     .parameter_inputs = 0},
    {.name = "Range",
     .shape = range_shape,
     .work = only_bytes,
     .sentence = "No arithmetic: its cost is the bytes it writes.",
     .parameter_inputs = 0},
    {.name = "Shape",
     .shape = shape_shape,
     .work = nullptr,
     .sentence = kKnown,
     .cost = Cost::view,
     .parameter_inputs = 0},
    {.name = "Size",
     .shape = size_shape,
     .work = nullptr,
     .sentence = kKnown,
     .cost = Cost::view,
     .parameter_inputs = 0},
};

}  // namespace

std::span<const Operator> constant_rows() { return kRows; }

}  // namespace roofbeam
