// The families of the catalogue, one file each. Only catalogue.cpp reads this list.
#pragma once

#include <span>

#include "core/operators/operator.hpp"

namespace roofbeam {

[[nodiscard]] std::span<const Operator> activation_rows();
[[nodiscard]] std::span<const Operator> attention_rows();
[[nodiscard]] std::span<const Operator> bits_rows();
[[nodiscard]] std::span<const Operator> constant_rows();
[[nodiscard]] std::span<const Operator> contrib_activation_rows();
[[nodiscard]] std::span<const Operator> contrib_attention_rows();
[[nodiscard]] std::span<const Operator> contrib_convolution_rows();
[[nodiscard]] std::span<const Operator> contrib_experts_rows();
[[nodiscard]] std::span<const Operator> contrib_heads_rows();
[[nodiscard]] std::span<const Operator> contrib_matrix_rows();
[[nodiscard]] std::span<const Operator> contrib_movement_rows();
[[nodiscard]] std::span<const Operator> contrib_norm_rows();
[[nodiscard]] std::span<const Operator> contrib_qlinear_rows();
[[nodiscard]] std::span<const Operator> contrib_quantized_rows();
[[nodiscard]] std::span<const Operator> control_flow_rows();
[[nodiscard]] std::span<const Operator> convolution_rows();
[[nodiscard]] std::span<const Operator> einsum_rows();
[[nodiscard]] std::span<const Operator> elementwise_rows();
[[nodiscard]] std::span<const Operator> learning_feature_rows();
[[nodiscard]] std::span<const Operator> learning_model_rows();
[[nodiscard]] std::span<const Operator> loss_rows();
[[nodiscard]] std::span<const Operator> matrix_rows();
[[nodiscard]] std::span<const Operator> movement_rows();
[[nodiscard]] std::span<const Operator> normalisation_rows();
[[nodiscard]] std::span<const Operator> pooling_rows();
[[nodiscard]] std::span<const Operator> quantization_rows();
[[nodiscard]] std::span<const Operator> random_rows();
[[nodiscard]] std::span<const Operator> recurrent_rows();
[[nodiscard]] std::span<const Operator> reduction_rows();
[[nodiscard]] std::span<const Operator> reshaping_rows();
[[nodiscard]] std::span<const Operator> sampling_rows();
[[nodiscard]] std::span<const Operator> scattering_rows();
[[nodiscard]] std::span<const Operator> selection_rows();
[[nodiscard]] std::span<const Operator> sequence_rows();
[[nodiscard]] std::span<const Operator> signal_rows();
[[nodiscard]] std::span<const Operator> strings_rows();
[[nodiscard]] std::span<const Operator> training_rows();

}  // namespace roofbeam
