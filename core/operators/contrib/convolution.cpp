// Convolutions and pooling as ONNX Runtime writes them: with an activation and a sum fused in, and
// in other layouts.
#include "core/operators/convolution.hpp"
#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/pooling.hpp"
#include "core/operators/quantization.hpp"
#include "core/operators/resizing.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

constexpr std::size_t kSum = 3;

std::vector<TensorType> like_input(const LayerView& view, Shape shape) {
  return {{view.input(0).element, std::move(shape), {}}};
}

template <WorkRule work>
Work with_activation(const LayerView& view) {
  Work found = work(view);
  add_activation(view, found);
  return found;
}

// ---- Conv

// Input 3, if present, is added to the result.
std::vector<TensorType> fused_conv_shape(const LayerView& view) {
  const ConvolutionInputs inputs = convolution_inputs(view);
  Shape shape = convolved_shape(view, inputs);
  if (!inputs.padded_channels) require_shape(view, kSum, shape, "it is added to the output");
  return like_input(view, std::move(shape));
}

Work fused_conv_work(const LayerView& view) {
  Work work = convolution_work(view, convolution_inputs(view));
  if (view.has_input(kSum)) count_ops(work, count_of(view, view.output_shape(0)), {add});
  add_activation(view, work);
  return work;
}

// X, W, pads, bias.
constexpr std::size_t kPads = 2;
constexpr std::size_t kBias = 3;

std::vector<TensorType> dynamic_pads_shape(const LayerView& view) {
  return like_input(view, transposed_shape(view, kBias, kPads));
}

Work dynamic_pads_work(const LayerView& view) { return transposed_work(view, kBias); }

// ---- pooling

template <Shape (*pooled)(const LayerView&, bool), bool channels_last>
std::vector<TensorType> pool_shape(const LayerView& view) {
  auto types = like_input(view, pooled(view, channels_last));
  types.push_back({ElementType::i64, types[0].shape, {}});  // MaxPool's indices
  return types;
}

// Input, its scale and zero point, the output's scale and zero point.
template <Shape (*pooled)(const LayerView&, bool)>
std::vector<TensorType> quantized_pool_shape(const LayerView& view) {
  require_inputs(view, 2);
  (void)view.input(3);
  return like_input(view, pooled(view, view.integer("channels_last", 0) != 0));
}

template <WorkRule work>
Work requantized(const LayerView& view) {
  Work found = work(view);
  add_requantization(view, found);
  return found;
}

constexpr auto max_pool_last = pool_shape<pooled_shape, true>;
constexpr auto global_last = pool_shape<globally_pooled_shape, true>;
constexpr auto max_pool_blocked = pool_shape<pooled_shape, false>;
constexpr auto global_blocked = pool_shape<globally_pooled_shape, false>;

// ---- channels in blocks

// Channels fill whole blocks of 8: of 16 on some machines, which a file does not say.
constexpr std::int64_t kBlock = 8;

std::vector<TensorType> reorder_input_shape(const LayerView& view) {
  require_rank(view, 2);
  Shape shape = view.shape(0);
  if (view.integer("channels_last", 0) != 0) {
    shape.insert(shape.begin() + 1, shape.back());
    shape.pop_back();
  }
  shape[1] = checked_sum(view, shape[1], kBlock - 1) / kBlock * kBlock;
  return like_input(view, std::move(shape));
}

std::vector<TensorType> reorder_output_shape(const LayerView& view) {
  require_rank(view, 2);
  Shape shape = view.shape(0);
  shape[1] = required_integer(view, "channels");
  if (view.integer("channels_last", 0) != 0) {
    shape.push_back(shape[1]);
    shape.erase(shape.begin() + 1);
  }
  return like_input(view, std::move(shape));
}

std::vector<TensorType> upsample_shape(const LayerView& view) {
  Shape shape = view.shape(0);
  const auto scales = view.integers("scales");
  if (scales.size() != shape.size()) view.fail("scales must have one entry for each dimension");
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (scales[d] < 1) view.fail("scales must be at least 1");
    shape[d] = checked_product(view, shape[d], scales[d]);
  }
  return like_input(view, std::move(shape));
}

// ---- rows

constexpr std::string_view kFusedConv =
    "MACs as of Conv; a bias and an added tensor are one add each per output element, the fused "
    "activation counts as the operator it is.";
constexpr std::string_view kMaxPool =
    "One compare per element of every window, padding included, whatever the layout.";
constexpr std::string_view kAveragePool =
    "One add per element of every window, padding included, and one divide per output element, "
    "whatever the layout.";
constexpr std::string_view kGlobalMaxPool = "One compare per input element, whatever the layout.";
constexpr std::string_view kGlobalAveragePool =
    "One add per input element and one divide per output element, whatever the layout.";
constexpr std::string_view kMove = "No arithmetic: its cost is the bytes it moves.";

// X, W, bias and what is added.
constexpr Operator conv(std::string_view domain, std::string_view name) {
  return {.name = name,
          .shape = fused_conv_shape,
          .work = fused_conv_work,
          .sentence = kFusedConv,
          .parameter_inputs = 0b0110,
          .domain = domain,
          .acts_like = "Conv"};
}

// Of data only: no input is a parameter.
constexpr Operator data_row(std::string_view domain, std::string_view name, ShapeRule shape,
                            WorkRule work, std::string_view sentence, std::string_view acts_like) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = 0b1,
          .domain = domain,
          .acts_like = acts_like};
}

constexpr Operator qlinear_conv(std::string_view domain, ShapeRule shape, WorkRule work) {
  return {.name = "QLinearConv",
          .shape = shape,
          .work = work,
          .sentence = "As the standard QLinearConv, in either layout.",
          .parameter_inputs = 0b1'0000'1000,
          .statistic_inputs = 0b0'1111'0110,
          .domain = domain,
          .acts_like = "Conv"};
}

constexpr Operator kRows[] = {
    conv(kMicrosoft, "FusedConv"),
    conv(kMicrosoft, "NhwcConv"),
    conv(kMicrosoft, "NhwcFusedConv"),
    conv(kInternalNhwc, "Conv"),
    conv(kNchwc, "Conv"),
    qlinear_conv(kMicrosoft, qlinear_conv_shape, qlinear_conv_work),
    {.name = "ConvTransposeWithDynamicPads",
     .shape = dynamic_pads_shape,
     .work = dynamic_pads_work,
     .sentence = "MACs as of ConvTranspose; a bias is one add per output element.",
     .parameter_inputs = 0b1010,
     .domain = kMicrosoft,
     .acts_like = "ConvTranspose"},
    data_row(kMicrosoft, "NhwcMaxPool", max_pool_last, max_pool_work, kMaxPool, "MaxPool"),
    data_row(kMicrosoft, "MaxpoolWithMask", max_pool_blocked, max_pool_work, kMaxPool, "MaxPool"),
    data_row(kMicrosoft, "QLinearAveragePool", quantized_pool_shape<pooled_shape>,
             requantized<average_pool_work>,
             "As AveragePool, and one multiply, one add and two compares per output element to "
             "requantize.",
             "AveragePool"),
    data_row(kMicrosoft, "QLinearGlobalAveragePool", quantized_pool_shape<globally_pooled_shape>,
             requantized<global_average_pool_work>,
             "As GlobalAveragePool, and one multiply, one add and two compares per output element "
             "to requantize.",
             "GlobalAveragePool"),
    data_row(kInternalNhwc, "MaxPool", max_pool_last, with_activation<max_pool_work>, kMaxPool,
             "MaxPool"),
    data_row(kInternalNhwc, "AveragePool", max_pool_last, with_activation<average_pool_work>,
             kAveragePool, "AveragePool"),
    data_row(kInternalNhwc, "GlobalMaxPool", global_last, global_max_pool_work, kGlobalMaxPool,
             "GlobalMaxPool"),
    data_row(kInternalNhwc, "GlobalAveragePool", global_last, global_average_pool_work,
             kGlobalAveragePool, "GlobalAveragePool"),
    data_row(kNchwc, "MaxPool", max_pool_blocked, max_pool_work, kMaxPool, "MaxPool"),
    data_row(kNchwc, "AveragePool", max_pool_blocked, average_pool_work, kAveragePool,
             "AveragePool"),
    data_row(kNchwc, "GlobalMaxPool", global_blocked, global_max_pool_work, kGlobalMaxPool,
             "GlobalMaxPool"),
    data_row(kNchwc, "GlobalAveragePool", global_blocked, global_average_pool_work,
             kGlobalAveragePool, "GlobalAveragePool"),
    data_row(kNchwc, "ReorderInput", reorder_input_shape, only_bytes, kMove, "Transpose"),
    data_row(kNchwc, "ReorderOutput", reorder_output_shape, only_bytes, kMove, "Transpose"),
    data_row(kNchwc, "Upsample", upsample_shape, resize_work,
             "One multiply and one add per output element and neighbour, none for nearest.",
             "Resize"),
};

}  // namespace

std::span<const Operator> contrib_convolution_rows() { return kRows; }

}  // namespace roofbeam
