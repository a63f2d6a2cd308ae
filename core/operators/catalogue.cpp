#include <algorithm>
#include <tuple>
#include <vector>

#include "core/operators/families.hpp"
#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

constexpr std::span<const Operator> (*kFamilies[])() = {
    activation_rows,     bits_rows,        constant_rows,
    convolution_rows,    elementwise_rows, learning_feature_rows,
    learning_model_rows, matrix_rows,      movement_rows,
    normalisation_rows,  pooling_rows,     reduction_rows,
    reshaping_rows,      scattering_rows,  selection_rows,
    sequence_rows,       strings_rows,
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

}  // namespace roofbeam
