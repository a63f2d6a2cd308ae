#include "core/operators/convolution.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/window.hpp"

namespace roofbeam {
namespace {

constexpr std::size_t kData = 0;

std::string quoted(const LayerView& view, std::size_t i) {
  return fmt::format("'{}' ({})", view.input(i).name, to_text(view.shape(i)));
}

std::int64_t product(const LayerView& view, const Shape& shape, std::size_t from) {
  return elements(view, std::span(shape).subspan(from));
}

std::vector<std::int64_t> kernel_of(const Shape& weight) {
  return {weight.begin() + 2, weight.end()};
}

std::int64_t groups(const LayerView& view) {
  const std::int64_t group = view.integer("group", 1);
  if (group < 1) view.fail(fmt::format("group is {}; it must be at least 1", group));
  return group;
}

void check_divides(const LayerView& view, std::int64_t channels, std::string_view which) {
  if (channels % groups(view) == 0) return;
  view.fail(fmt::format("its {} {} channels do not divide into {} groups", channels, which,
                        groups(view)));
}

void check_ranks(const LayerView& view, std::size_t weight) {
  require_rank(view, 3);
  if (view.shape(weight).size() == view.shape(kData).size()) return;
  view.fail(fmt::format("the weight {} has {} dimensions, the input {} has {}",
                        quoted(view, weight), view.shape(weight).size(), quoted(view, kData),
                        view.shape(kData).size()));
}

// kernel_shape, if the file repeats it.
void check_kernel(const LayerView& view, std::size_t input, const Shape& weight) {
  if (!view.has("kernel_shape") || view.integers("kernel_shape") == kernel_of(weight)) return;
  view.fail(fmt::format("kernel_shape {} contradicts the weight {}",
                        to_text(view.integers("kernel_shape")), quoted(view, input)));
}

void check_bias(const LayerView& view, std::size_t bias, std::size_t weight,
                std::int64_t channels) {
  if (!view.has_input(bias) || view.shape(bias) == Shape{channels}) return;
  require_shape(view, bias, {channels},
                fmt::format("the weight {} makes {} channels", quoted(view, weight), channels));
}

void add_bias(const LayerView& view, std::size_t bias, Work& work) {
  if (!view.has_input(bias)) return;
  work.ops(VectorOp::add) += static_cast<double>(elements(view, view.output_shape(0)));
}

// Data and weight with channels first.
struct Operands {
  Shape data;
  Shape weight;
};

Operands operands_of(const LayerView& view, const ConvolutionInputs& inputs) {
  check_ranks(view, inputs.weight);
  Operands found{view.shape(kData), view.shape(inputs.weight)};
  if (!inputs.channels_last) return found;
  found.data = to_channels_first(std::move(found.data));
  const std::int64_t wanted = found.data[1] / groups(view);
  const bool lies_last = found.weight[1] != wanted && found.weight.back() == wanted;
  if (lies_last) found.weight = to_channels_first(std::move(found.weight));
  return found;
}

void check_channels(const LayerView& view, const ConvolutionInputs& inputs, const Operands& it) {
  const std::int64_t channels = it.data[1];
  const std::int64_t wanted = it.weight[1];
  const std::int64_t group = groups(view);
  if (!inputs.padded_channels && (channels % group != 0 || channels / group != wanted)) {
    view.fail(fmt::format("the weight {} wants {} input channels per group, the input {} has {}{}",
                          quoted(view, inputs.weight), wanted, quoted(view, kData), channels,
                          group == 1 ? "" : fmt::format(" in {} groups", group)));
  }
  check_divides(view, it.weight[0], "output");
}

std::vector<TensorType> conv_shape(const LayerView& view) {
  return {{view.input(kData).element, convolved_shape(view, {}), {}}};
}

Work conv_work(const LayerView& view) { return convolution_work(view, {}); }

// ---- DeformConv: each kernel element reads between pixels, at an offset that is computed. Its
// bias stands behind the offsets.

constexpr std::size_t kOffset = 2;
constexpr std::size_t kMask = 4;
constexpr ConvolutionInputs kDeformed = {.weight = 1, .bias = 3, .channels_last = false};

std::int64_t offset_groups(const LayerView& view) {
  const std::int64_t group = view.integer("offset_group", 1);
  const std::int64_t channels = view.shape(kData)[1];
  if (group >= 1 && channels % group == 0) return group;
  view.fail(
      fmt::format("its {} input channels do not divide into {} offset groups", channels, group));
}

std::vector<TensorType> deformed_shape(const LayerView& view) {
  std::vector<TensorType> types = {
      {view.input(kData).element, convolved_shape(view, kDeformed), {}}};
  require_inputs(view, 3);
  const Shape& weight = view.shape(kDeformed.weight);
  const auto kernels = checked_product(view, offset_groups(view), product(view, weight, 2));
  Shape places = types[0].shape;
  places[1] = kernels;
  require_shape(view, kMask, places, "each kernel element of an offset group has a factor");
  places[1] = checked_product(view, kernels, std::ssize(weight) - 2);
  require_shape(view, kOffset, places, "each kernel element of an offset group has an offset");
  return types;
}

// Linear interpolation reads two elements per spatial dimension.
Work deformed_work(const LayerView& view) {
  Work work = convolution_work(view, kDeformed);
  const Shape& weight = view.shape(kDeformed.weight);
  const Shape& output = view.output_shape(0);
  const auto reads = static_cast<double>(
      elements(view, std::array{output[0], product(view, output, 2), view.shape(kData)[1],
                                product(view, weight, 2)}));
  const auto neighbours = static_cast<double>(elements(view, Shape(weight.size() - 2, 2)));
  work.ops(VectorOp::multiply) += reads * (neighbours + (view.has_input(kMask) ? 1 : 0));
  work.ops(VectorOp::add) += reads * neighbours;
  return work;
}

// ---- ConvTranspose

// Inputs of ConvTranspose.
constexpr std::size_t kWeight = 1;
constexpr std::size_t kBias = 2;

// The size of one spatial dimension when neither output_shape nor SAME gives it.
std::int64_t transposed_size(const LayerView& view, const Window& window, std::size_t d,
                             std::int64_t extra) {
  const std::int64_t input = view.shape(kData)[d + 2];
  if (input < 1) view.fail(fmt::format("the input {} is empty", quoted(view, kData)));
  const std::int64_t last = checked_product(view, window.strides[d], input - 1);
  const std::int64_t full =
      checked_sum(view, checked_sum(view, last, reach(view, window, d)), extra);
  const std::int64_t pads = checked_sum(view, window.begin[d], window.end[d]);
  if (full <= pads) {
    view.fail(fmt::format("dimension {} of the output would be {}: {} less pads of {}", d + 2,
                          full - pads, full, pads));
  }
  return full - pads;
}

// Attribute output_shape: the spatial dimensions, in some files preceded by batch and channels.
std::vector<std::int64_t> stated_output(const LayerView& view) {
  std::vector<std::int64_t> sizes = view.integers("output_shape");
  const std::size_t rank = view.shape(kData).size();
  if (sizes.size() != rank && sizes.size() != rank - 2) {
    view.fail(fmt::format("output_shape {} has {} dimensions, the input {} needs {}",
                          to_text(sizes), sizes.size(), quoted(view, kData), rank - 2));
  }
  sizes.erase(sizes.begin(), sizes.end() - static_cast<std::ptrdiff_t>(rank - 2));
  if (std::ranges::any_of(sizes, [](std::int64_t size) { return size < 1; })) {
    view.fail(fmt::format("output_shape {} must be positive", to_text(sizes)));
  }
  return sizes;
}

// Pads that are an input instead of an attribute: begins, then ends.
void read_pads(const LayerView& view, std::size_t input, Window& window) {
  const auto& pads = view.constant_integers(input, "the pads");
  const std::size_t rank = window.kernel.size();
  const bool negative = std::ranges::any_of(pads, [](std::int64_t pad) { return pad < 0; });
  if (pads.size() != 2 * rank || negative) {
    view.fail(fmt::format("its {} pads must be {}, none of them negative", pads.size(), 2 * rank));
  }
  const auto middle = pads.begin() + static_cast<std::ptrdiff_t>(rank);
  window.begin.assign(pads.begin(), middle);
  window.end.assign(middle, pads.end());
}

std::vector<std::int64_t> transposed_sizes(const LayerView& view, std::size_t pads) {
  Window window = read_window(view, kernel_of(view.shape(kWeight)));
  if (view.has_input(pads)) read_pads(view, pads, window);
  const std::size_t rank = window.kernel.size();
  const auto extra = spatial_attribute(view, "output_padding", rank, 0, 0);
  if (view.has("output_shape")) return stated_output(view);
  std::vector<std::int64_t> sizes;
  for (std::size_t d = 0; d < rank; ++d) {
    sizes.push_back(window.padding == Padding::same
                        ? checked_product(view, view.shape(kData)[d + 2], window.strides[d])
                        : transposed_size(view, window, d, extra[d]));
  }
  return sizes;
}

std::vector<TensorType> conv_transpose_shape(const LayerView& view) {
  return {{view.input(kData).element, transposed_shape(view, kBias), {}}};
}

Work conv_transpose_work(const LayerView& view) { return transposed_work(view, kBias); }

constexpr Operator kRows[] = {
    {.name = "Conv",
     .shape = conv_shape,
     .work = conv_work,
     .sentence = "MACs are output elements times input channels per group times kernel elements; a "
                 "bias is one add per output element."},
    {.name = "ConvTranspose",
     .shape = conv_transpose_shape,
     .work = conv_transpose_work,
     .sentence = "MACs are input elements times output channels per group times kernel elements; a "
                 "bias is one add per output element."},
    {.name = "DeformConv",
     .shape = deformed_shape,
     .work = deformed_work,
     .sentence = "MACs and bias as for Conv; per input channel, kernel element and output position "
                 "a multiply and an add for each of two neighbours per spatial dimension, and a "
                 "multiply for a mask.",
     .parameter_inputs = 0b01011},
};

}  // namespace

ConvolutionInputs convolution_inputs(const LayerView& view) {
  const Layer& layer = view.layer();
  if (layer.op == "QLinearConv") {
    return {.weight = 3, .bias = 8, .channels_last = view.integer("channels_last", 0) != 0};
  }
  if (layer.op == "ConvInteger") return {.bias = kNoInput};
  if (layer.op == "ConvTransposeWithDynamicPads") return {.bias = 3};
  return {.channels_last = layer.op.starts_with("Nhwc") || layer.domain == kInternalNhwc,
          .padded_channels = layer.domain == kNchwc};
}

Shape convolved_shape(const LayerView& view, const ConvolutionInputs& inputs) {
  Operands it = operands_of(view, inputs);
  check_kernel(view, inputs.weight, it.weight);
  check_channels(view, inputs, it);
  const std::int64_t channels = it.weight[0];
  check_bias(view, inputs.bias, inputs.weight, channels);
  const Window window = read_window(view, kernel_of(it.weight), std::move(it.data));
  Shape shape = slide(view, window, channels);
  return inputs.channels_last ? to_channels_last(std::move(shape)) : shape;
}

Work convolution_work(const LayerView& view, const ConvolutionInputs& inputs) {
  const Shape weight = operands_of(view, inputs).weight;
  Shape output = view.output_shape(0);
  if (inputs.channels_last) output = to_channels_first(std::move(output));
  Work work = matrix_product(view, {.batch = groups(view),
                                    .m = checked_product(view, output[0], product(view, output, 2)),
                                    .n = weight[0] / groups(view),
                                    .k = product(view, weight, 1)});
  add_bias(view, inputs.bias, work);
  return work;
}

Shape transposed_shape(const LayerView& view, std::size_t bias, std::size_t pads) {
  check_ranks(view, kWeight);
  const Shape& data = view.shape(kData);
  const Shape& weight = view.shape(kWeight);
  check_kernel(view, kWeight, weight);
  if (weight[0] != data[1]) {
    view.fail(fmt::format("the weight {} wants {} input channels, the input {} has {}",
                          quoted(view, kWeight), weight[0], quoted(view, kData), data[1]));
  }
  check_divides(view, data[1], "input");
  const std::int64_t channels = checked_product(view, weight[1], groups(view));
  check_bias(view, bias, kWeight, channels);
  Shape shape{data[0], channels};
  for (const std::int64_t size : transposed_sizes(view, pads)) shape.push_back(size);
  return shape;
}

Work transposed_work(const LayerView& view, std::size_t bias) {
  const Shape& data = view.shape(kData);
  Work work = matrix_product(view, {.batch = groups(view),
                                    .m = checked_product(view, data[0], product(view, data, 2)),
                                    .n = product(view, view.shape(kWeight), 1),
                                    .k = data[1] / groups(view)});
  add_bias(view, bias, work);
  return work;
}

std::span<const Operator> convolution_rows() { return kRows; }

}  // namespace roofbeam
