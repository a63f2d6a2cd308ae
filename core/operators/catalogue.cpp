#include <algorithm>
#include <tuple>
#include <vector>

#include "core/operators/families.hpp"
#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

constexpr std::span<const Operator> (*kFamilies[])() = {
    activation_rows,
    attention_rows,
    bits_rows,
    constant_rows,
    contrib_activation_rows,
    contrib_attention_rows,
    contrib_convolution_rows,
    contrib_experts_rows,
    contrib_heads_rows,
    contrib_matrix_rows,
    contrib_movement_rows,
    contrib_norm_rows,
    contrib_qlinear_rows,
    contrib_quantized_rows,
    control_flow_rows,
    convolution_rows,
    einsum_rows,
    elementwise_rows,
    learning_feature_rows,
    learning_model_rows,
    loss_rows,
    matrix_rows,
    movement_rows,
    normalisation_rows,
    pooling_rows,
    quantization_rows,
    random_rows,
    recurrent_rows,
    reduction_rows,
    reshaping_rows,
    sampling_rows,
    scattering_rows,
    selection_rows,
    sequence_rows,
    signal_rows,
    strings_rows,
    training_rows,
};

auto key(const Operator& row) { return std::tie(row.domain, row.name); }

std::vector<Operator> sorted_rows() {
  std::vector<Operator> rows;
  for (const auto family : kFamilies) {
    const std::span<const Operator> more = family();
    rows.insert(rows.end(), more.begin(), more.end());
  }
  std::ranges::sort(rows, {}, key);
  return rows;
}

}  // namespace

bool has_bit(std::uint32_t mask, std::size_t input) {
  return mask >> std::min(input, std::size_t{31}) & 1u;
}

std::span<const Operator> catalogue() {
  static const std::vector<Operator> rows = sorted_rows();
  return rows;
}

const Operator* find_operator(std::string_view domain, std::string_view name) {
  const auto rows = catalogue();
  const auto wanted = std::tie(domain, name);
  const auto found = std::ranges::lower_bound(rows, wanted, {}, key);
  return found != rows.end() && key(*found) == wanted ? &*found : nullptr;
}

std::string_view kernel_name(const Layer& layer) {
  const Operator* row = find_operator(layer.domain, layer.op);
  if (row && !row->acts_like.empty()) return row->acts_like;
  return layer.domain.empty() ? std::string_view(layer.op) : std::string_view();
}

}  // namespace roofbeam
