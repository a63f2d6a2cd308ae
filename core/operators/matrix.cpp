#include "core/operators/matrix.hpp"

#include <fmt/core.h>

#include <utility>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

void check_inner(const LayerView& view, std::size_t a, std::size_t b, std::int64_t columns,
                 std::int64_t rows, std::string_view remedy) {
  if (columns == rows) return;
  view.fail(fmt::format("{} and {} do not multiply: {} columns meet {} rows{}",
                        describe_input(view, a), describe_input(view, b), columns, rows, remedy));
}

// Rows and columns of a Gemm operand, after its transposition.
struct GemmOperand {
  std::int64_t rows;
  std::int64_t columns;
};

GemmOperand gemm_operand(const LayerView& view, std::size_t i, std::string_view transposition) {
  const Shape& shape = view.shape(i);
  if (shape.size() != 2) {
    view.fail(fmt::format("{} must have 2 dimensions; flatten it first, or use MatMul",
                          describe_input(view, i)));
  }
  if (view.integer(transposition, 0) != 0) return {shape[1], shape[0]};
  return {shape[0], shape[1]};
}

std::vector<TensorType> gemm_type(const LayerView& view) {
  return {{view.input(0).element, gemm_shape(view, {}), {}}};
}

Work plain_gemm_work(const LayerView& view) { return gemm_work(view, {}); }

Shape batch_of(const Shape& shape) { return {shape.begin(), shape.end() - 2}; }

std::vector<TensorType> matmul_type(const LayerView& view) {
  return {{view.input(0).element, matmul_shape(view, read_matmul(view)), {}}};
}

Work plain_matmul_work(const LayerView& view) { return matmul_work(view, read_matmul(view)); }

std::vector<TensorType> det_shape(const LayerView& view) {
  require_rank(view, 2);
  const Shape& shape = view.shape(0);
  if (shape.back() != shape[shape.size() - 2]) {
    view.fail(fmt::format("{} must be square matrices", describe_input(view, 0)));
  }
  return {{view.input(0).element, batch_of(shape), {}}};
}

// An elimination: the sum of the squares below n in multiplies and adds, to which comes the product
// of the diagonal.
Work det_work(const LayerView& view) {
  const auto matrices = static_cast<double>(elements(view, view.output_shape(0)));
  const auto n = static_cast<double>(view.shape(0).back());
  const double updates = matrices * (n - 1) * n * (2 * n - 1) / 6;
  Work work;
  if (n < 1) return work;
  work.ops(VectorOp::multiply) = updates + matrices * (n - 1);
  work.ops(VectorOp::add) = updates;
  work.ops(VectorOp::divide) = matrices * n * (n - 1) / 2;
  work.ops(VectorOp::compare) = matrices * n * (n - 1) / 2;
  return work;
}

constexpr Operator kRows[] = {
    {.name = "Det",
     .shape = det_shape,
     .work = det_work,
     .sentence =
         "Elimination with pivots: per matrix of n rows (n-1)n(2n-1)/6 multiplies and adds, "
         "n(n-1)/2 divides and compares, and n-1 multiplies along the diagonal."},
    {.name = "Gemm",
     .shape = gemm_type,
     .work = plain_gemm_work,
     .sentence = "MACs are output elements times the inner dimension; C is one add, alpha and beta "
                 "other than 1 are one multiply each per output element."},
    {.name = "MatMul",
     .shape = matmul_type,
     .work = plain_matmul_work,
     .sentence = "MACs are output elements times the inner dimension."},
};

}  // namespace

Shape gemm_shape(const LayerView& view, const GemmInputs& inputs) {
  const GemmOperand a = gemm_operand(view, inputs.a, "transA");
  const GemmOperand b = gemm_operand(view, inputs.b, "transB");
  check_inner(view, inputs.a, inputs.b, a.columns, b.rows, "; check transA and transB");
  Shape shape{a.rows, b.columns};
  require_broadcast_to(view, inputs.c, shape);
  return shape;
}

Work gemm_work(const LayerView& view, const GemmInputs& inputs) {
  const Shape& output = view.output_shape(0);
  const GemmOperand a = gemm_operand(view, inputs.a, "transA");
  Work work = matrix_product(view, {.batch = 1, .m = output[0], .n = output[1], .k = a.columns});
  const auto count = static_cast<double>(elements(view, output));
  const bool has_c = view.has_input(inputs.c);
  if (has_c) work.ops(VectorOp::add) += count;
  if (view.real("alpha", 1) != 1) work.ops(VectorOp::multiply) += count;
  if (has_c && view.real("beta", 1) != 1) work.ops(VectorOp::multiply) += count;
  return work;
}

MatMul read_matmul(const LayerView& view, std::size_t a, std::size_t b) {
  for (const std::size_t i : {a, b}) {
    if (!view.shape(i).empty()) continue;
    view.fail(
        fmt::format("{} must have a dimension; use Mul for scalars", describe_input(view, i)));
  }
  MatMul product{view.shape(a), view.shape(b), a, b, false, false};
  product.row_vector = product.a.size() == 1;
  product.column_vector = product.b.size() == 1;
  if (product.row_vector) product.a.insert(product.a.begin(), 1);
  if (product.column_vector) product.b.push_back(1);
  return product;
}

Shape matmul_shape(const LayerView& view, const MatMul& product) {
  const auto& [a, b, a_input, b_input, row_vector, column_vector] = product;
  check_inner(view, a_input, b_input, a.back(), b[b.size() - 2], "");
  Shape shape = broadcast(view, batch_of(a), batch_of(b));
  if (!row_vector) shape.push_back(a[a.size() - 2]);
  if (!column_vector) shape.push_back(b.back());
  return shape;
}

Work matmul_work(const LayerView& view, const MatMul& product) {
  const auto& [a, b, a_input, b_input, row_vector, column_vector] = product;
  std::int64_t batch = elements(view, broadcast(view, batch_of(a), batch_of(b)));
  std::int64_t m = a[a.size() - 2];
  // All of the batch shares one right-hand matrix: one product with more rows.
  if (elements(view, batch_of(b)) == 1) m = checked_product(view, m, std::exchange(batch, 1));
  return matrix_product(view, {.batch = batch, .m = m, .n = b.back(), .k = a.back()});
}

std::span<const Operator> matrix_rows() { return kRows; }

}  // namespace roofbeam
