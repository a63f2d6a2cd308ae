// Matrix products however they are written: plain, quantized, fused, transposed.
#pragma once

#include <cstddef>

#include "core/operators/operator.hpp"

namespace roofbeam {

// Where a Gemm has its operands; attributes transA, transB, alpha and beta are read by their names.
struct GemmInputs {
  std::size_t a = 0;
  std::size_t b = 1;
  std::size_t c = 2;
};
[[nodiscard]] Shape gemm_shape(const LayerView& view, const GemmInputs& inputs);
[[nodiscard]] Work gemm_work(const LayerView& view, const GemmInputs& inputs);

// The operands of a MatMul, each with at least two dimensions: a vector is a row on the left, a
// column on the right, and its dimension of 1 is not in the result.
struct MatMul {
  Shape a;
  Shape b;
  std::size_t a_input;  // for messages
  std::size_t b_input;
  bool row_vector;
  bool column_vector;
};
[[nodiscard]] MatMul read_matmul(const LayerView& view, std::size_t a = 0, std::size_t b = 1);
[[nodiscard]] Shape matmul_shape(const LayerView& view, const MatMul& product);
[[nodiscard]] Work matmul_work(const LayerView& view, const MatMul& product);

}  // namespace roofbeam
