#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/window.hpp"

namespace roofbeam {
namespace {

// Inputs of all operators; DeformConv's bias stands behind the offsets.
constexpr std::size_t kData = 0;
constexpr std::size_t kWeight = 1;
constexpr std::size_t kBias = 2;
constexpr std::size_t kOffset = 2;
constexpr std::size_t kDeformedBias = 3;
constexpr std::size_t kMask = 4;

std::string quoted(const LayerView& view, std::size_t i) {
  return fmt::format("'{}' ({})", view.input(i).name, to_text(view.shape(i)));
}

std::int64_t product(const LayerView& view, const Shape& shape, std::size_t from) {
  return elements(view, std::span(shape).subspan(from));
}

std::vector<std::int64_t> kernel_of(const LayerView& view) {
  const Shape& weight = view.shape(kWeight);
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

// What holds for all operators: ranks, and kernel_shape if the file repeats it.
void check_weight(const LayerView& view) {
  require_rank(view, 3);
  if (view.shape(kWeight).size() != view.shape(kData).size()) {
    view.fail(fmt::format("the weight {} has {} dimensions, the input {} has {}",
                          quoted(view, kWeight), view.shape(kWeight).size(), quoted(view, kData),
                          view.shape(kData).size()));
  }
  if (view.has("kernel_shape") && view.integers("kernel_shape") != kernel_of(view)) {
    view.fail(fmt::format("kernel_shape {} contradicts the weight {}",
                          to_text(view.integers("kernel_shape")), quoted(view, kWeight)));
  }
}

void check_bias(const LayerView& view, std::size_t bias, std::int64_t channels) {
  require_shape(view, bias, {channels},
                fmt::format("the weight {} makes {} channels", quoted(view, kWeight), channels));
}

void add_bias(const LayerView& view, std::size_t bias, Work& work) {
  if (!view.has_input(bias)) return;
  work.ops(VectorOp::add) += static_cast<double>(elements(view, view.output_shape(0)));
}

void check_conv_channels(const LayerView& view) {
  const std::int64_t channels = view.shape(kData)[1];
  const std::int64_t wanted = view.shape(kWeight)[1];
  const std::int64_t group = groups(view);
  if (channels % group != 0 || channels / group != wanted) {
    view.fail(fmt::format("the weight {} wants {} input channels per group, the input {} has {}{}",
                          quoted(view, kWeight), wanted, quoted(view, kData), channels,
                          group == 1 ? "" : fmt::format(" in {} groups", group)));
  }
  check_divides(view, view.shape(kWeight)[0], "output");
}

std::vector<TensorType> convolved(const LayerView& view, std::size_t bias) {
  check_weight(view);
  check_conv_channels(view);
  const std::int64_t channels = view.shape(kWeight)[0];
  check_bias(view, bias, channels);
  return {
      {view.input(kData).element, slide(view, read_window(view, kernel_of(view)), channels), {}}};
}

Work convolution(const LayerView& view, std::size_t bias) {
  const Shape& weight = view.shape(kWeight);
  const Shape& output = view.output_shape(0);
  Work work = matrix_product(view, {.batch = groups(view),
                                    .m = checked_product(view, output[0], product(view, output, 2)),
                                    .n = weight[0] / groups(view),
                                    .k = product(view, weight, 1)});
  add_bias(view, bias, work);
  return work;
}

std::vector<TensorType> conv_shape(const LayerView& view) { return convolved(view, kBias); }
Work conv_work(const LayerView& view) { return convolution(view, kBias); }

// ---- DeformConv: each kernel element reads between pixels, at an offset that is computed

std::int64_t offset_groups(const LayerView& view) {
  const std::int64_t group = view.integer("offset_group", 1);
  const std::int64_t channels = view.shape(kData)[1];
  if (group >= 1 && channels % group == 0) return group;
  view.fail(
      fmt::format("its {} input channels do not divide into {} offset groups", channels, group));
}

std::vector<TensorType> deformed_shape(const LayerView& view) {
  auto types = convolved(view, kDeformedBias);
  require_inputs(view, 3);
  const Shape& weight = view.shape(kWeight);
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
  Work work = convolution(view, kDeformedBias);
  const Shape& weight = view.shape(kWeight);
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

std::vector<std::int64_t> transposed_sizes(const LayerView& view) {
  const Window window = read_window(view, kernel_of(view));
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

std::vector<TensorType> transposed_shape(const LayerView& view) {
  check_weight(view);
  const Shape& data = view.shape(kData);
  const Shape& weight = view.shape(kWeight);
  if (weight[0] != data[1]) {
    view.fail(fmt::format("the weight {} wants {} input channels, the input {} has {}",
                          quoted(view, kWeight), weight[0], quoted(view, kData), data[1]));
  }
  check_divides(view, data[1], "input");
  const std::int64_t channels = checked_product(view, weight[1], groups(view));
  check_bias(view, kBias, channels);
  Shape shape{data[0], channels};
  for (const std::int64_t size : transposed_sizes(view)) shape.push_back(size);
  return {{view.input(kData).element, std::move(shape), {}}};
}

Work transposed_work(const LayerView& view) {
  const Shape& data = view.shape(kData);
  Work work = matrix_product(view, {.batch = groups(view),
                                    .m = checked_product(view, data[0], product(view, data, 2)),
                                    .n = product(view, view.shape(kWeight), 1),
                                    .k = data[1] / groups(view)});
  add_bias(view, kBias, work);
  return work;
}

constexpr Operator kRows[] = {
    {.name = "Conv",
     .shape = conv_shape,
     .work = conv_work,
     .sentence = "MACs are output elements times input channels per group times kernel elements; a "
                 "bias is one add per output element."},
    {.name = "ConvTranspose",
     .shape = transposed_shape,
     .work = transposed_work,
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

std::span<const Operator> convolution_rows() { return kRows; }

}  // namespace roofbeam
