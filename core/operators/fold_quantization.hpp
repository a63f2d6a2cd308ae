// Quantization as it is stored: QuantizeLinear and DequantizeLinear around an operator say that it
// runs on integers.
#pragma once

#include "core/network/network.hpp"

namespace roofbeam {

// - A layer all of whose activations come from DequantizeLinear, directly or as views, reads the
// quantized tensors
//   themselves, if it multiplies (Conv, Gemm, MatMul) or if its output is quantized again.
// - Its output is what the QuantizeLinear after it makes; where an activation function stands
//   between both, that function makes it. The layer takes over the quantization's work.
// - A constant that was dequantized keeps its stored type: int8 weights of a float operator are
//   int8 weights.
// Dequantizations that nobody reads any more go. All others stay layers that cost something.
// REQUIRES: inferred.
[[nodiscard]] Network fold_quantization(Network network);

}  // namespace roofbeam
