// Convolutions however they are written: plain, quantized, fused, channels last.
#pragma once

#include <cstddef>

#include "core/operators/rules.hpp"

namespace roofbeam {

// Where an operator that convolves input 0 has its other inputs, and how its data lie. The weight
// always is (output channels, input channels per group, kernel).
struct ConvolutionInputs {
  std::size_t weight = 1;
  std::size_t bias = 2;        // or kNoInput
  bool channels_last = false;  // input 0 and the output are (batch, spatial dimensions, channels)
  // Channels of the input are padded to whole blocks: not compared with the weight's.
  bool padded_channels = false;
};

// Those of any layer whose kernel_name is Conv or ConvTranspose.
[[nodiscard]] ConvolutionInputs convolution_inputs(const LayerView& view);

// The output, in the layout of input 0; fails where weight, bias and attributes contradict it.
[[nodiscard]] Shape convolved_shape(const LayerView& view, const ConvolutionInputs& inputs);
// MACs, and a bias as one add per output element.
[[nodiscard]] Work convolution_work(const LayerView& view, const ConvolutionInputs& inputs);

// ConvTranspose; `pads` is the input that holds the pads if they are no attribute.
[[nodiscard]] Shape transposed_shape(const LayerView& view, std::size_t bias,
                                     std::size_t pads = kNoInput);
[[nodiscard]] Work transposed_work(const LayerView& view, std::size_t bias);

}  // namespace roofbeam
