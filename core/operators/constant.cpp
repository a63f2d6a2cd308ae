#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;

template <class T>
TensorType vector_of(ElementType element, std::vector<T> elements) {
  const std::int64_t count = std::ssize(elements);
  return {element, {count}, if_small(std::move(elements))};
}

// `value` or one of its short forms.
std::vector<TensorType> constant_shape(const LayerView& view) {
  for (const auto* name : {"value", "sparse_value"}) {
    if (const auto* tensor = view.tensor(name)) return {*tensor};
  }
  if (const auto* integer = attribute<std::int64_t>(view, "value_int")) {
    return {{ElementType::i64, {}, Values{Integers{*integer}}}};
  }
  if (const auto* integers = attribute<Integers>(view, "value_ints")) {
    return {vector_of(ElementType::i64, *integers)};
  }
  if (const auto* real = attribute<double>(view, "value_float")) {
    return {{ElementType::f32, {}, Values{Reals{*real}}}};
  }
  if (const auto* reals = attribute<Reals>(view, "value_floats")) {
    return {vector_of(ElementType::f32, *reals)};
  }
  if (view.has("value_string")) return {{ElementType::text, {}, {}}};
  if (const auto* texts = attribute<std::vector<std::string>>(view, "value_strings")) {
    return {{ElementType::text, {static_cast<std::int64_t>(texts->size())}, {}}};
  }
  view.fail("it needs one of: value, value_int, value_ints, value_float, value_floats");
}

// Fills small integer results, so that shape arithmetic sees them.
std::vector<TensorType> filled_shape(const LayerView& view) {
  TensorType type{ElementType::f32, view.constant_integers(0, "the shape"), {}};
  const auto* value = view.tensor("value");
  if (value == nullptr) return {type};
  type.element = value->element;
  const auto* filler = value->values ? value->values->integers() : nullptr;
  const auto negative = [](std::int64_t dim) { return dim < 0; };
  if (filler == nullptr || std::ranges::any_of(type.shape, negative)) return {type};
  if (filler->size() != 1) view.fail("attribute 'value' must have one element");
  const auto count = elements(view, type.shape);
  if (count <= Values::kMostValues) {
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
  return {vector_of(ElementType::i64, Integers(shape.begin() + start, shape.begin() + end))};
}

std::vector<TensorType> size_shape(const LayerView& view) {
  return {{ElementType::i64, {}, Values{Integers{elements(view, view.shape(0))}}}};
}

std::int64_t integer_range_size(const LayerView& view, std::int64_t start, std::int64_t limit,
                                std::int64_t delta) {
  if (delta == 0) view.fail("the step must not be 0");
  if (start == limit || (start < limit) != (delta > 0)) return 0;
  const auto span = checked_subtract(limit, start);
  const auto steps = span ? truncating_divide(*span, delta) : std::nullopt;
  if (!steps) view.fail("its limits are more than 2^63 - 1 apart");
  return *steps + (*span % delta != 0 ? 1 : 0);
}

std::vector<TensorType> integer_range(const LayerView& view) {
  const auto one = [&](std::size_t i) { return view.constant_integers(i, "a limit").at(0); };
  const auto start = one(0);
  const auto delta = view.has_input(2) ? one(2) : 1;
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
  const auto one = [&](std::size_t i) { return view.constant_reals(i, "a limit").at(0); };
  // The difference is of the element's type, as runtimes have it; its quotient has 64 bits.
  const auto element = view.input(0).element;
  const double difference = one(1) - one(0);
  const double step = view.has_input(2) ? one(2) : 1;
  const double steps = std::ceil(stored(element, difference).value_or(difference) / step);
  if (!(steps < 9e18)) view.fail("the range has no end");  // nor has NaN
  const double count = std::max(0.0, steps);
  return {{element, {static_cast<std::int64_t>(count)}, {}}};
}

std::vector<TensorType> range_shape(const LayerView& view) {
  // ONNX Runtime's own may leave out the step.
  require_inputs(view, view.layer().domain.empty() ? 3 : 2);
  for (std::size_t i = 0; i < 3; ++i) {
    if (view.has_input(i) && element_count(view.shape(i)) != 1) {
      view.fail(fmt::format("{} must have one element", describe_input(view, i)));
    }
  }
  return is_float(view.input(0).element) ? real_range(view) : integer_range(view);
}

std::vector<TensorType> eye_like_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  if (type.shape.size() != 2) view.fail(describe_input(view, 0) + " must have two dimensions");
  if (view.has("dtype")) type.element = stated_element(view, "dtype");
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
    {.name = "Range",
     .shape = range_shape,
     .work = only_bytes,
     .sentence = "No arithmetic: its cost is the bytes it writes.",
     .parameter_inputs = 0,
     .domain = kMicrosoft,
     .acts_like = "Range"},
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
