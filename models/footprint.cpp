#include "models/footprint.hpp"

#include <cmath>

#include "core/operators/layer_bytes.hpp"

namespace roofbeam {
namespace {

double bytes_of(const Tensor& tensor, int element_bits) {
  if (!tensor.shape) return 0;
  if (!tensor.items.empty()) return tensor_bytes(tensor);
  const auto count = static_cast<double>(element_count(*tensor.shape));
  return std::ceil(count * element_bits / 8);
}

}  // namespace

double activation_bytes(const Tensor& tensor, Precision precision) {
  return bytes_of(tensor, is_float(tensor.element) ? bits(precision) : bits(tensor.element));
}

double weight_bytes(const Tensor& tensor, Precision precision) {
  const bool is_vector = tensor.shape && tensor.shape->size() <= 1;
  if (is_float(tensor.element) && is_integer(precision) && is_vector) return bytes_of(tensor, 32);
  return activation_bytes(tensor, precision);
}

bool is_integer(Precision precision) {
  return precision == Precision::int16 || precision == Precision::int8 ||
         precision == Precision::int4;
}

}  // namespace roofbeam
