// Matrix products as ONNX Runtime fuses them: transposed, scaled, with a bias or an activation.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/matrix.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

double outputs(const LayerView& view) { return count_of(view, view.output_shape(0)); }

// transBatch brings the first dimension of (m, batch..., k) to its place, trans swaps the last two.
void transpose(const LayerView& view, Shape& shape, std::string_view batch,
               std::string_view matrix) {
  const auto end = shape.end();
  if (view.integer(batch, 0) != 0) std::rotate(shape.begin(), shape.begin() + 1, end - 1);
  if (view.integer(matrix, 0) != 0) std::iter_swap(end - 1, end - 2);
}

// Vectors are not transposed.
MatMul fused_product(const LayerView& view) {
  MatMul product = read_matmul(view);
  if (!product.row_vector) transpose(view, product.a, "transBatchA", "transA");
  if (!product.column_vector) transpose(view, product.b, "transBatchB", "transB");
  return product;
}

std::vector<TensorType> fused_matmul_shape(const LayerView& view) {
  return {{view.input(0).element, matmul_shape(view, fused_product(view)), {}}};
}

Work fused_matmul_work(const LayerView& view) {
  Work work = matmul_work(view, fused_product(view));
  if (view.real("alpha", 1) != 1) count_ops(work, outputs(view), {multiply});
  add_activation(view, work);
  return work;
}

std::vector<TensorType> fused_gemm_shape(const LayerView& view) {
  return {{view.input(0).element, gemm_shape(view, {}), {}}};
}

Work fused_gemm_work(const LayerView& view) {
  Work work = gemm_work(view, {});
  add_activation(view, work);
  return work;
}

// MatMul of inputs 0 and 1, a bias, and Gelu.
std::vector<TensorType> gemm_gelu_shape(const LayerView& view) {
  Shape shape = matmul_shape(view, read_matmul(view));
  require_broadcast_to(view, 2, shape);
  return {{view.input(0).element, std::move(shape), {}}};
}

Work gemm_gelu_work(const LayerView& view) {
  Work work = matmul_work(view, read_matmul(view));
  if (view.has_input(2)) count_ops(work, outputs(view), {add});
  count_ops(work, outputs(view), {exponential, multiply, multiply, multiply, add});
  return work;
}

// Distances between all rows of two matrices.
std::vector<TensorType> distance_shape(const LayerView& view) {
  for (const std::size_t i : {0u, 1u}) require_dimensions(view, i, 2, "points, coordinates");
  if (view.shape(0)[1] != view.shape(1)[1]) {
    view.fail(fmt::format("{} and {} have different numbers of columns", describe_input(view, 0),
                          describe_input(view, 1)));
  }
  return {{view.input(0).element, {view.shape(0)[0], view.shape(1)[0]}, {}}};
}

// |a - b|^2 = |a|^2 + |b|^2 - 2 ab.
Work distance_work(const LayerView& view) {
  const Shape& a = view.shape(0);
  const Shape& b = view.shape(1);
  Work work = matrix_product(view, {.batch = 1, .m = a[0], .n = b[0], .k = a[1]});
  count_ops(work, count_of(view, a) + count_of(view, b), {multiply, add});
  count_ops(work, outputs(view), {add, add});
  if (view.text("metric", "sqeuclidean") == "euclidean") {
    count_ops(work, outputs(view), {square_root});
  }
  return work;
}

std::vector<TensorType> inverse_shape(const LayerView& view) {
  require_rank(view, 2);
  const Shape& shape = view.shape(0);
  if (shape.back() != shape[shape.size() - 2]) {
    view.fail(fmt::format("{} must be square matrices", describe_input(view, 0)));
  }
  return {type_of(view, 0)};
}

Work inverse_work(const LayerView& view) {
  const Shape& shape = view.shape(0);
  const std::int64_t n = shape.back();
  const std::int64_t batch = elements(view, std::span(shape).first(shape.size() - 2));
  Work work = matrix_product(view, {.batch = batch, .m = n, .n = n, .k = n});
  work.ops(divide) = count_of(view, std::span(shape).first(shape.size() - 1));
  return work;
}

constexpr Operator matrix_row(std::string_view name, ShapeRule shape, WorkRule work,
                              std::string_view sentence, std::string_view acts_like) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .domain = kMicrosoft,
          .acts_like = acts_like};
}

constexpr std::string_view kFusedMatMul =
    "MACs as of MatMul, transposed or not; alpha other than 1 is one multiply per output element, "
    "the fused activation counts as the operator it is.";

constexpr Operator kRows[] = {
    matrix_row("FusedMatMul", fused_matmul_shape, fused_matmul_work, kFusedMatMul, "MatMul"),
    matrix_row("FusedMatMulActivation", fused_matmul_shape, fused_matmul_work, kFusedMatMul,
               "MatMul"),
    matrix_row("TransposeMatMul", fused_matmul_shape, fused_matmul_work, kFusedMatMul, "MatMul"),
    matrix_row("SparseToDenseMatMul", fused_matmul_shape, fused_matmul_work,
               "MACs as of MatMul, as if no element were zero.", "MatMul"),
    matrix_row("FusedGemm", fused_gemm_shape, fused_gemm_work,
               "As Gemm; the fused activation counts as the operator it is.", "Gemm"),
    matrix_row("GemmFastGelu", gemm_gelu_shape, gemm_gelu_work,
               "MACs as of MatMul; per output element one add for a bias, and one exponential, "
               "three multiplies and one add (Gelu).",
               "MatMul"),
    matrix_row("CDist", distance_shape, distance_work,
               "MACs are pairs of rows times columns; one multiply and one add per input element "
               "(norms), two adds per pair, and a square root unless distances stay squared.",
               "MatMul"),
    matrix_row("Inverse", inverse_shape, inverse_work,
               "MACs are the cube of each matrix's side (Gauss-Jordan elimination); one divide per "
               "row.",
               ""),
};

}  // namespace

std::span<const Operator> contrib_matrix_rows() { return kRows; }

}  // namespace roofbeam
