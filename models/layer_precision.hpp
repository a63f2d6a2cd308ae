// Layers that are stored, multiplied or handed on at other precisions than the run's, as the
// precision rewrite asks (LayerPrecision), and what converting between them costs.
//
// A conversion costs what the operator that would stand there costs by the catalogue:
//   quantize   per element one divide, one add and two compares (QuantizeLinear); where the range
//              is found while it runs, two compares more (DynamicQuantizeLinear). The copy is
//              written and read again
//   dequantize per element one multiply and one add (DequantizeLinear); of weights, once a run
//   widen or narrow a float: one conversion, counted as an add (Cast)
// Scales are stored with integer weights: 4 bytes an output channel, for 4-bit weights 2 bytes for
// every 32 (as MatMulNBits with its usual block of 32 has them).
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/network/network.hpp"
#include "platforms/precision.hpp"

namespace roofbeam {

// What a stored type runs as, if Roofbeam has a precision for it.
[[nodiscard]] std::optional<Precision> precision_of(ElementType element);

// Whether any layer asks for a precision of its own.
[[nodiscard]] bool has_own_precisions(const Network& network);

// At which precision floating-point activations lie in memory, by TensorId: as the layer asks that
// makes them, or, for inputs of the network, that reads them first; else as the run has it. Views
// hand on what they view.
[[nodiscard]] std::vector<Precision> activation_precisions(const Network& network, Precision run);

struct Conversion {
  std::array<double, kVectorOpKinds> vector_ops{};  // of one run
  double scratch_bytes = 0;                         // of one run
};
// Of the activations that a layer reads, and of those that a call hands on, when it multiplies at
// `arithmetic`. `memory` is activation_precisions.
[[nodiscard]] Conversion convert_inputs(const Network& network, const Layer& leader,
                                        const std::vector<Precision>& memory, Precision arithmetic);
[[nodiscard]] Conversion convert_outputs(const Network& network, const Layer& last,
                                         const std::vector<Precision>& memory,
                                         Precision arithmetic);
// Of so many weights, stored as integers and multiplied as floats.
[[nodiscard]] Conversion dequantize_weights(double elements);

// Bytes of the scales of a weight that is stored as integers; 0 for vectors and for floats.
[[nodiscard]] double scale_bytes(const Tensor& weight, const Layer& reader, Precision stored);

}  // namespace roofbeam
