// What quantized operators share: the work around their MACs, and the rules that ONNX and ONNX
// Runtime's own domain have in common.
#pragma once

#include <cstddef>
#include <vector>

#include "core/operators/operator.hpp"

namespace roofbeam {

// One multiply (scale), one add (zero point) and two compares (saturation) per output element.
void add_requantization(const LayerView& view, Work& work);

// The operands of an integer product and the inputs that hold their zero points.
struct ZeroPoints {
  std::size_t a = 0;
  std::size_t b = 1;
  std::size_t a_zero = 2;
  std::size_t b_zero = 3;
};
// (a - za)(b - zb) summed over k is sum(a b) - za sum(b) - zb sum(a) + k za zb: for every zero
// point one multiply and one add per output element, and the sum of the other operand, unless that
// is constant. Nothing for zero points that are left out or known to be zero.
void add_zero_points(const LayerView& view, const ZeroPoints& inputs, Work& work);

// Fails unless input `i` has one element or one for each of the `channels`.
void require_per_tensor_or_channel(const LayerView& view, std::size_t i, std::int64_t channels);

// QuantizeLinear and DequantizeLinear: one scale for all, one per slice along an axis, or one per
// block of block_size elements along it.
[[nodiscard]] std::vector<TensorType> quantize_shape(const LayerView& view);
[[nodiscard]] std::vector<TensorType> dequantize_shape(const LayerView& view);
[[nodiscard]] Work quantize_work(const LayerView& view);
[[nodiscard]] Work dequantize_work(const LayerView& view);

// QLinearConv; ONNX Runtime's own has an attribute channels_last.
[[nodiscard]] std::vector<TensorType> qlinear_conv_shape(const LayerView& view);
[[nodiscard]] Work qlinear_conv_work(const LayerView& view);

}  // namespace roofbeam
