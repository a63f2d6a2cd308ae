// Bytes of tensors at the precision that a network runs at.
#pragma once

#include "core/network/network.hpp"
#include "platforms/precision.hpp"

namespace roofbeam {

// Floating-point tensors take the precision's size, all others the size they have in the file;
// bits are rounded up to bytes once a tensor. 0 if the shape is unknown.
[[nodiscard]] double activation_bytes(const Tensor& tensor, Precision precision);

// As activations, but vectors and scalars (biases, scales) of a network that runs at an integer
// precision have 32 bits each, as every integer runtime stores them.
[[nodiscard]] double weight_bytes(const Tensor& tensor, Precision precision);

[[nodiscard]] bool is_integer(Precision precision);

}  // namespace roofbeam
