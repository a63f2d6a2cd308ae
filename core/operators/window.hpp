// How a kernel slides over the spatial dimensions of its input, for convolution and pooling.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/operators/operator.hpp"

namespace roofbeam {

enum class Padding : std::uint8_t { stated, same, none };  // auto_pad NOTSET, SAME_*, VALID

// One entry per spatial dimension: kernel, strides and dilations >= 1, pads >= 0.
struct Window {
  Shape data;  // what it slides over: batch, channels, spatial dimensions
  std::vector<std::int64_t> kernel;
  std::vector<std::int64_t> strides;
  std::vector<std::int64_t> dilations;
  std::vector<std::int64_t> begin;  // padding before and after the input; zeros unless stated
  std::vector<std::int64_t> end;
  Padding padding = Padding::stated;
};

// Reads attributes strides, dilations, pads and auto_pad; fails where their lengths differ from
// the kernel's or a value is out of range. It slides over input 0, or over `data` if that lies
// otherwise. REQUIRES: `data` has at least 2 dimensions.
[[nodiscard]] Window read_window(const LayerView& view, std::vector<std::int64_t> kernel);
[[nodiscard]] Window read_window(const LayerView& view, std::vector<std::int64_t> kernel,
                                 Shape data);

// (batch, spatial dimensions, channels) as (batch, channels, spatial dimensions), and back.
// REQUIRES: at least 2 dimensions.
[[nodiscard]] Shape to_channels_first(Shape shape);
[[nodiscard]] Shape to_channels_last(Shape shape);

// An integer attribute with one entry per spatial dimension, each at least `least`; `otherwise` in
// every place if it is absent.
[[nodiscard]] std::vector<std::int64_t> spatial_attribute(const LayerView& view,
                                                          std::string_view name, std::size_t rank,
                                                          std::int64_t least,
                                                          std::int64_t otherwise);

// Input elements that the kernel reaches over in spatial dimension `d`: dilation * (kernel - 1)
// + 1.
[[nodiscard]] std::int64_t reach(const LayerView& view, const Window& window, std::size_t d);

// Batch and `channels`, then the number of window positions in each spatial dimension of the data,
// as ONNX's shape inference and runtimes have them:
//   stated, none  floor((input + pads - reach) / stride) + 1
//   with ceil     ceil(...) + 1, without a last window that starts wholly in the end padding
//   same          ceil(input / stride)
// (The text of the specification rounds VALID down even with ceil; nobody else does.)
// Fails where the kernel reaches further than the padded input.
[[nodiscard]] Shape slide(const LayerView& view, const Window& window, std::int64_t channels,
                          bool ceil_mode = false);

}  // namespace roofbeam
