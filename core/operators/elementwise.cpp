#include <algorithm>
#include <cmath>
#include <type_traits>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;
using Integers = std::vector<std::int64_t>;

// ---- one input

// The same shape; known integers go through `op`.
template <IntegerOp op>
std::vector<TensorType> unary_integer(const LayerView& view) {
  auto type = type_of(view, 0);
  if (const auto* values = view.integers(std::size_t{0})) {
    Integers results;
    for (const auto value : *values) {
      const auto result = op(value, 0);
      if (!result || !stored(type.element, *result)) return {type};
      results.push_back(*result);
    }
    type.values = Values{std::move(results)};
  }
  return {type};
}

std::optional<std::int64_t> negated(std::int64_t a, std::int64_t) { return checked_subtract(0, a); }
std::optional<std::int64_t> absolute(std::int64_t a, std::int64_t) {
  return a < 0 ? checked_subtract(0, a) : std::optional(a);
}
std::optional<std::int64_t> inverted(std::int64_t a, std::int64_t) { return a == 0 ? 1 : 0; }

// The same shape; known reals go through `op`.
template <double (*op)(double)>
std::vector<TensorType> unary_real(const LayerView& view) {
  auto type = type_of(view, 0);
  if (const auto* values = view.reals(std::size_t{0})) {
    std::vector<double> results = *values;
    for (auto& value : results) value = op(value);
    type.values = Values{std::move(results)};
  }
  return {type};
}

std::vector<TensorType> predicate_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  type.element = ElementType::boolean;
  return {type};
}

// An element as an integer or boolean of type `to`; reals are truncated.
template <class T>
std::optional<std::int64_t> to_integer(T value, ElementType to) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (to == ElementType::boolean) return value != 0 ? 1 : 0;
  if constexpr (std::is_floating_point_v<T>) {
    if (!(std::abs(value) <= kExact)) return std::nullopt;
  }
  return stored(to, static_cast<std::int64_t>(value));
}

template <class T>
std::optional<double> to_real(T value, ElementType to) {
  return stored(to, static_cast<double>(value));
}

// Each element converted; nothing if one cannot be.
template <class T, class Convert>
auto converted(const std::vector<T>& elements, ElementType to, Convert convert)
    -> std::optional<Values> {
  std::vector<typename decltype(convert(T{}, to))::value_type> results;
  for (const T element : elements) {
    const auto result = convert(element, to);
    if (!result) return std::nullopt;
    results.push_back(*result);
  }
  return Values{std::move(results)};
}

std::optional<Values> cast_values(const Values& values, ElementType to) {
  return std::visit(
      [to]<class T>(const std::vector<T>& elements) -> std::optional<Values> {
        if (is_float(to)) return converted(elements, to, to_real<T>);
        if (is_integer(to) || to == ElementType::boolean) {
          return converted(elements, to, to_integer<T>);
        }
        return std::nullopt;
      },
      values.elements);
}

std::vector<TensorType> cast_to(const LayerView& view, ElementType to) {
  auto type = type_of(view, 0);
  type.element = to;
  if (const auto* values = values_of(view, 0)) type.values = cast_values(*values, to);
  return {type};
}

std::vector<TensorType> cast_shape(const LayerView& view) {
  return cast_to(view, stated_element(view, "to"));
}

std::vector<TensorType> cast_like_shape(const LayerView& view) {
  return cast_to(view, view.input(1).element);
}

// ---- two inputs

TensorType broadcast_type(const LayerView& view) {
  require_inputs(view, 2);
  // Before opset 7, broadcasting was asked for and could name an axis; the result is input 0.
  if (view.opset() < 7) return type_of(view, 0);
  return {view.input(0).element, broadcast_inputs(view, 2), {}};
}

std::vector<TensorType> binary_shape(const LayerView& view) { return {broadcast_type(view)}; }

std::vector<TensorType> binary_values(const LayerView& view, TensorType type, IntegerOp op,
                                      RealOp real_op = nullptr) {
  // See broadcast_type: where an old broadcast puts its elements is not followed.
  if (view.opset() >= 7) type.values = combine(view, type.shape, type.element, op, real_op);
  return {std::move(type)};
}

template <IntegerOp op, RealOp real_op>
std::vector<TensorType> arithmetic(const LayerView& view) {
  return binary_values(view, broadcast_type(view), op, real_op);
}

template <IntegerOp op>
std::vector<TensorType> comparison(const LayerView& view) {
  auto type = broadcast_type(view);
  type.element = ElementType::boolean;
  return binary_values(view, std::move(type), op);
}

double sum(double a, double b) { return a + b; }
double difference(double a, double b) { return a - b; }
double product(double a, double b) { return a * b; }
double quotient(double a, double b) { return a / b; }

// The sign of the remainder is the divisor's, with fmod the dividend's, as in C.
std::vector<TensorType> mod_shape(const LayerView& view) {
  const IntegerOp op = view.integer("fmod", 0) != 0 ? truncated_modulo : floored_modulo;
  return binary_values(view, broadcast_type(view), op);
}

std::optional<std::int64_t> equal(std::int64_t a, std::int64_t b) { return a == b; }
std::optional<std::int64_t> greater(std::int64_t a, std::int64_t b) { return a > b; }
std::optional<std::int64_t> greater_or_equal(std::int64_t a, std::int64_t b) { return a >= b; }
std::optional<std::int64_t> less(std::int64_t a, std::int64_t b) { return a < b; }
std::optional<std::int64_t> less_or_equal(std::int64_t a, std::int64_t b) { return a <= b; }
std::optional<std::int64_t> logical_and(std::int64_t a, std::int64_t b) { return a != 0 && b != 0; }
std::optional<std::int64_t> logical_or(std::int64_t a, std::int64_t b) { return a != 0 || b != 0; }
std::optional<std::int64_t> logical_xor(std::int64_t a, std::int64_t b) {
  return (a != 0) != (b != 0);
}
std::optional<std::int64_t> smaller(std::int64_t a, std::int64_t b) { return std::min(a, b); }
std::optional<std::int64_t> larger(std::int64_t a, std::int64_t b) { return std::max(a, b); }

// ---- any number of inputs

TensorType variadic_type(const LayerView& view) {
  require_inputs(view, std::max<std::size_t>(1, view.input_count()));
  return {view.input(0).element, broadcast_inputs(view, view.input_count()), {}};
}

template <IntegerOp op>
std::vector<TensorType> variadic_integer(const LayerView& view) {
  auto type = variadic_type(view);
  if (view.input_count() == 1) {
    type.values = view.input(0).values;
  } else if (view.input_count() == 2) {
    type.values = combine(view, type.shape, type.element, op);
  }
  return {type};
}

// One operation less than there are inputs per element.
template <VectorOp op>
Work variadic_work(const LayerView& view) {
  auto work = elementwise<op>(view);
  work.ops(op) *= static_cast<double>(view.input_count()) - 1;
  return work;
}

Work mean_work(const LayerView& view) {
  auto work = variadic_work<add>(view);
  work.ops(multiply) = static_cast<double>(elements(view, view.output_shape(0)));
  return work;
}

std::vector<TensorType> mean_shape(const LayerView& view) { return {variadic_type(view)}; }

std::optional<Values> where_values(const LayerView& view, const Shape& result) {
  const auto* condition = view.integers(std::size_t{0});
  const auto* yes = view.integers(std::size_t{1});
  const auto* no = view.integers(std::size_t{2});
  if (condition == nullptr || yes == nullptr || no == nullptr) return std::nullopt;
  const auto from = [&](std::size_t i) {
    return places(result, broadcast_steps(view.shape(i), result));
  };
  const auto c = from(0);
  const auto y = from(1);
  const auto n = from(2);
  if (!c || !y || !n) return std::nullopt;
  Integers chosen;
  for (std::size_t i = 0; i < c->size(); ++i) {
    const auto at = [i](const Integers& values, const Integers& where) {
      return values.at(static_cast<std::size_t>(where[i]));
    };
    chosen.push_back(at(*condition, *c) != 0 ? at(*yes, *y) : at(*no, *n));
  }
  return Values{std::move(chosen)};
}

std::vector<TensorType> where_shape(const LayerView& view) {
  require_inputs(view, 3);
  TensorType type{view.input(1).element, broadcast_inputs(view, 3), {}};
  type.values = where_values(view, type.shape);
  return {type};
}

constexpr std::string_view kOneAdd = "One add per element.";
constexpr std::string_view kOneCompare = "One compare per element.";
constexpr std::string_view kOneMultiply = "One multiply per element.";
constexpr std::string_view kOneDivide = "One divide per element.";
constexpr std::string_view kTranscendental =
    "One exponential per element, which stands for any transcendental function.";

template <VectorOp op>
constexpr Operator row(std::string_view name, ShapeRule shape, std::string_view sentence) {
  return {.name = name, .shape = shape, .work = elementwise<op>, .sentence = sentence};
}

constexpr Operator kRows[] = {
    row<compare>("Abs", unary_integer<absolute>, kOneCompare),
    row<exponential>("Acos", same_as_input, kTranscendental),
    row<exponential>("Acosh", same_as_input, kTranscendental),
    row<add>("Add", arithmetic<checked_add, sum>, kOneAdd),
    row<compare>("And", comparison<logical_and>, kOneCompare),
    row<exponential>("Asin", same_as_input, kTranscendental),
    row<exponential>("Asinh", same_as_input, kTranscendental),
    row<exponential>("Atan", same_as_input, kTranscendental),
    row<exponential>("Atanh", same_as_input, kTranscendental),
    row<add>("Cast", cast_shape, "One conversion per element, counted as an add."),
    {.name = "CastLike",
     .shape = cast_like_shape,
     .work = elementwise<add>,
     .sentence = "One conversion per element, counted as an add.",
     .parameter_inputs = 0b1},
    row<add>("Ceil", unary_real<std::ceil>, "One rounding per element, counted as an add."),
    row<exponential>("Cos", same_as_input, kTranscendental),
    row<exponential>("Cosh", same_as_input, kTranscendental),
    row<divide>("Div", arithmetic<truncating_divide, quotient>, kOneDivide),
    row<compare>("Equal", comparison<equal>, kOneCompare),
    row<exponential>("Exp", same_as_input, kTranscendental),
    row<add>("Floor", unary_real<std::floor>, "One rounding per element, counted as an add."),
    row<compare>("Greater", comparison<greater>, kOneCompare),
    row<compare>("GreaterOrEqual", comparison<greater_or_equal>, kOneCompare),
    {.name = "Identity",
     .shape = pass_through,
     .work = nullptr,
     .sentence = "Free: another name for its input.",
     .cost = Cost::view},
    row<compare>("IsInf", predicate_shape, kOneCompare),
    row<compare>("IsNaN", predicate_shape, kOneCompare),
    row<compare>("Less", comparison<less>, kOneCompare),
    row<compare>("LessOrEqual", comparison<less_or_equal>, kOneCompare),
    row<exponential>("Log", same_as_input, kTranscendental),
    {.name = "Max",
     .shape = variadic_integer<larger>,
     .work = variadic_work<compare>,
     .sentence = "One compare less than there are inputs per element."},
    {.name = "Mean",
     .shape = mean_shape,
     .work = mean_work,
     .sentence = "One add less than there are inputs, and one multiply, per element."},
    {.name = "Min",
     .shape = variadic_integer<smaller>,
     .work = variadic_work<compare>,
     .sentence = "One compare less than there are inputs per element."},
    row<divide>("Mod", mod_shape, kOneDivide),
    row<multiply>("Mul", arithmetic<checked_multiply, product>, kOneMultiply),
    row<add>("Neg", unary_integer<negated>, "One negation per element, counted as an add."),
    row<compare>("Not", unary_integer<inverted>, kOneCompare),
    row<compare>("Or", comparison<logical_or>, kOneCompare),
    row<exponential>("Pow", binary_shape, kTranscendental),
    row<divide>("Reciprocal", same_as_input, kOneDivide),
    row<add>("Round", unary_real<std::nearbyint>, "One rounding per element, counted as an add."),
    row<compare>("Sign", same_as_input, kOneCompare),
    row<exponential>("Sin", same_as_input, kTranscendental),
    row<exponential>("Sinh", same_as_input, kTranscendental),
    row<square_root>("Sqrt", same_as_input, "One square root per element."),
    row<add>("Sub", arithmetic<checked_subtract, difference>, kOneAdd),
    {.name = "Sum",
     .shape = variadic_integer<checked_add>,
     .work = variadic_work<add>,
     .sentence = "One add less than there are inputs per element."},
    row<exponential>("Tan", same_as_input, kTranscendental),
    row<compare>("Where", where_shape, "One choice per element, counted as a compare."),
    row<compare>("Xor", comparison<logical_xor>, kOneCompare),
};

}  // namespace

std::span<const Operator> elementwise_rows() { return kRows; }

}  // namespace roofbeam
