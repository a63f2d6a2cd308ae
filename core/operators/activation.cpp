#include <algorithm>
#include <limits>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;
using Integers = std::vector<std::int64_t>;

// A slope per channel, broadcast to the input.
std::vector<TensorType> prelu_shape(const LayerView& view) {
  require_inputs(view, 2);
  // Before opset 7, a slope with one number for each channel stood for itself.
  const auto& slope = view.shape(1);
  const bool per_channel =
      view.opset() < 7 && view.shape(0).size() > 1 && slope == Shape{view.shape(0)[1]};
  if (!per_channel) require_broadcast_to(view, 1, view.shape(0));
  return {type_of(view, 0)};
}

// Output and mask; since opset 10 a mask is boolean. What training mode (input 2) drops is not
// known.
std::vector<TensorType> dropout_shape(const LayerView& view) {
  std::vector<TensorType> types(2, type_of(view, 0));
  const auto* training = view.integers(2);
  const bool hands_on = !view.has_input(2) || (training != nullptr && *training == Integers{0});
  if (hands_on) types[0].values = view.input(0).values;
  if (view.opset() >= 10) types[1].element = ElementType::boolean;
  return types;
}

Work swish_work(const LayerView& view) {
  auto work = elementwise<exponential, add, divide, multiply>(view);
  if (view.real("alpha", 1) != 1) work.ops(multiply) *= 2;
  return work;
}

// The one element of a limit: `otherwise` if it is left out, nothing if it is not known.
std::optional<std::int64_t> limit(const LayerView& view, std::size_t i, std::int64_t otherwise) {
  if (!view.has_input(i)) return otherwise;
  const auto* known = view.integers(i);
  return known != nullptr && known->size() == 1 ? std::optional(known->front()) : std::nullopt;
}

// Limits are attributes before opset 11, for reals only. Known integers are clipped.
std::vector<TensorType> clip_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto* values = view.integers(std::size_t{0});
  if (values == nullptr) return {type};
  const auto least = limit(view, 1, std::numeric_limits<std::int64_t>::min());
  const auto most = limit(view, 2, std::numeric_limits<std::int64_t>::max());
  if (!least || !most) return {type};
  Integers clipped = *values;
  for (auto& value : clipped) value = std::min(std::max(value, *least), *most);
  type.values = Values{std::move(clipped)};
  return {type};
}

std::vector<TensorType> relu_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  type.values = view.input(0).values;
  const auto clip = [](auto& elements) {
    for (auto& each : elements) each = std::max(each, std::decay_t<decltype(each)>{0});
  };
  if (type.values) std::visit(clip, type.values->elements);
  return {type};
}

constexpr std::uint32_t kOnlyData = 0;

constexpr Operator kRows[] = {
    {.name = "Celu",
     .shape = same_as_input,
     .work = elementwise<compare, exponential, multiply, add>,
     .sentence = "One compare, one exponential, one multiply and one add per element."},
    {.name = "Clip",
     .shape = clip_shape,
     .work = elementwise<compare, compare>,
     .sentence = "Two compares per element, one for each limit.",
     .parameter_inputs = kOnlyData},
    {.name = "Dropout",
     .shape = dropout_shape,
     .work = nullptr,
     .sentence = "Free at inference: it hands on its input.",
     .cost = Cost::view,
     .parameter_inputs = kOnlyData},
    {.name = "Elu",
     .shape = same_as_input,
     .work = elementwise<compare, exponential, multiply, add>,
     .sentence = "One compare, one exponential, one multiply and one add per element."},
    {.name = "Erf",
     .shape = same_as_input,
     .work = elementwise<exponential>,
     .sentence = "One exponential per element, which stands for any transcendental function."},
    {.name = "Gelu",
     .shape = same_as_input,
     .work = elementwise<exponential, multiply, multiply, multiply, add>,
     .sentence = "One exponential (erf or tanh), three multiplies and one add per element."},
    {.name = "HardSigmoid",
     .shape = same_as_input,
     .work = elementwise<multiply, add, compare, compare>,
     .sentence = "One multiply, one add and two compares per element."},
    {.name = "HardSwish",
     .shape = same_as_input,
     .work = elementwise<multiply, multiply, add, compare, compare>,
     .sentence =
         "A hard sigmoid and one more multiply per element: two multiplies, one add and two "
         "compares."},
    {.name = "Hardmax",
     .shape = same_as_input,
     .work = elementwise<compare, compare>,
     .sentence = "Two compares per element: to find the largest, and to mark it."},
    {.name = "LeakyRelu",
     .shape = same_as_input,
     .work = elementwise<compare, multiply>,
     .sentence = "One compare and one multiply per element."},
    {.name = "Mish",
     .shape = same_as_input,
     .work = elementwise<exponential, exponential, exponential, add, multiply>,
     .sentence = "Three exponentials (exp, log, tanh), one add and one multiply per element."},
    {.name = "PRelu",
     .shape = prelu_shape,
     .work = elementwise<compare, multiply>,
     .sentence = "One compare and one multiply per element."},
    {.name = "Relu",
     .shape = relu_shape,
     .work = elementwise<compare>,
     .sentence = "One compare per element."},
    {.name = "Selu",
     .shape = same_as_input,
     .work = elementwise<compare, exponential, multiply, multiply, add>,
     .sentence = "One compare, one exponential, two multiplies and one add per element."},
    {.name = "Shrink",
     .shape = same_as_input,
     .work = elementwise<compare, compare, add>,
     .sentence = "Two compares and one add per element."},
    {.name = "Sigmoid",
     .shape = same_as_input,
     .work = elementwise<exponential, add, divide>,
     .sentence = "One exponential, one add and one divide per element."},
    {.name = "Softplus",
     .shape = same_as_input,
     .work = elementwise<exponential, exponential, add>,
     .sentence = "Two exponentials (exp, log) and one add per element."},
    {.name = "Softsign",
     .shape = same_as_input,
     .work = elementwise<compare, add, divide>,
     .sentence = "One compare (absolute value), one add and one divide per element."},
    {.name = "Swish",
     .shape = same_as_input,
     .work = swish_work,
     .sentence = "A sigmoid and one multiply per element, one more if alpha is not 1: one "
                 "exponential, one add, one divide and a multiply."},
    {.name = "Tanh",
     .shape = same_as_input,
     .work = elementwise<exponential>,
     .sentence = "One exponential per element, which stands for any transcendental function."},
    {.name = "ThresholdedRelu",
     .shape = same_as_input,
     .work = elementwise<compare>,
     .sentence = "One compare per element."},
};

}  // namespace

std::span<const Operator> activation_rows() { return kRows; }

}  // namespace roofbeam
