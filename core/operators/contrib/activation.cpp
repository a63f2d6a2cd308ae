// Activations and element-wise operators that ONNX Runtime's optimizer fuses.
#include <fmt/core.h>

#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

double outputs(const LayerView& view) { return count_of(view, view.output_shape(0)); }

// The same shape; input 1, if present, is added and must not enlarge it.
std::vector<TensorType> biased_shape(const LayerView& view) {
  require_broadcast_to(view, 1, view.shape(0));
  return {type_of(view, 0)};
}

Work gelu_work(const LayerView& view) {
  Work work = elementwise<exponential, multiply, multiply, multiply, add>(view);
  if (view.has_input(1)) count_ops(work, outputs(view), {add});
  return work;
}

// Data, bias, residual: both are added.
std::vector<TensorType> summed_shape(const LayerView& view) {
  require_inputs(view, 3);
  require_broadcast_to(view, 2, view.shape(0));
  return biased_shape(view);
}

// Half of the last dimension gates the other half.
std::vector<TensorType> split_gelu_shape(const LayerView& view) {
  require_rank(view, 1);
  require_inputs(view, 2);
  require_broadcast_to(view, 1, view.shape(0));
  TensorType type = type_of(view, 0);
  if (type.shape.back() % 2 != 0) {
    view.fail(fmt::format("{} must have an even last dimension", describe_input(view, 0)));
  }
  type.shape.back() /= 2;
  return {type};
}

Work split_gelu_work(const LayerView& view) {
  Work work = elementwise<exponential, multiply, multiply, multiply, add, multiply>(view);
  count_ops(work, count_of(view, view.shape(0)), {add});
  return work;
}

std::vector<TensorType> softmax_shape(const LayerView& view) {
  require_inputs(view, 2);
  (void)view.axis(view.integer("axis", 1), view.shape(0).size());
  return {type_of(view, 0)};
}

Work softmax_work(const LayerView& view) {
  Work work = elementwise<add>(view);
  add_softmax(work, outputs(view));
  return work;
}

// ---- Dropout: at inference it drops nothing; what is added stays

constexpr std::size_t kResidual = 2;

// Output and mask, the mask's bits packed into words of 32 or not.
template <bool packed>
std::vector<TensorType> dropout_shape(const LayerView& view) {
  const Shape& data = view.shape(0);
  TensorType mask{ElementType::boolean, data, {}};
  if (packed) mask = {ElementType::u32, {checked_sum(view, elements(view, data), 31) / 32}, {}};
  return {type_of(view, 0), mask};
}

template <bool packed>
std::vector<TensorType> bias_dropout_shape(const LayerView& view) {
  require_inputs(view, 2);
  require_broadcast_to(view, 1, view.shape(0));
  require_shape(view, kResidual, view.shape(0), "it is added to the data");
  return dropout_shape<packed>(view);
}

Work bias_dropout_work(const LayerView& view) {
  return view.has_input(kResidual) ? elementwise<add, add>(view) : elementwise<add>(view);
}

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence, std::string_view acts_like,
                       std::uint32_t parameters = ~0u) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = parameters,
          .domain = kMicrosoft,
          .acts_like = acts_like};
}

constexpr std::string_view kGelu =
    "One exponential (erf or tanh), three multiplies and one add per element, a bias one more add.";
constexpr std::string_view kBiasDropout =
    "One add per element for the bias and one for a residual; nothing is dropped at inference.";

constexpr Operator kRows[] = {
    row("BiasAdd", summed_shape, elementwise<add, add>,
        "Two adds per element: a bias and a residual.", "Add"),
    row("BiasDropout", bias_dropout_shape<false>, bias_dropout_work, kBiasDropout, "Add", 0b111),
    row("BiasGelu", biased_shape, gelu_work, kGelu, "Gelu"),
    row("BiasSoftmax", softmax_shape, softmax_work, "As Softmax, and one add per element.",
        "Softmax"),
    row("BiasSplitGelu", split_gelu_shape, split_gelu_work,
        "One add per input element; one exponential, four multiplies and one add per output "
        "element.",
        "Gelu"),
    row("BitmaskBiasDropout", bias_dropout_shape<true>, bias_dropout_work, kBiasDropout, "Add",
        0b111),
    {.name = "BitmaskDropout",
     .shape = dropout_shape<true>,
     .work = nullptr,
     .sentence = "Free at inference: it hands on its input.",
     .cost = Cost::view,
     .parameter_inputs = 0,
     .domain = kMicrosoft},
    row("FastGelu", biased_shape, gelu_work, kGelu, "Gelu"),
    row("Gelu", same_as_input, gelu_work, kGelu, "Gelu"),
    row("QuickGelu", same_as_input, elementwise<multiply, exponential, add, divide, multiply>,
        "A sigmoid and two multiplies per element: one exponential, one add, one divide and two "
        "multiplies.",
        "Gelu"),
};

}  // namespace

std::span<const Operator> contrib_activation_rows() { return kRows; }

}  // namespace roofbeam
