#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer gemm(Shape a, Shape b, std::vector<Attribute> attributes = {}) {
  return {"Gemm", {data(std::move(a)), weight(std::move(b))}, std::move(attributes)};
}

OneLayer matmul(Shape a, Shape b) { return {"MatMul", {data(std::move(a)), data(std::move(b))}}; }

}  // namespace

TEST_CASE("Gemm multiplies matrices, transposed as told") {
  struct Row {
    OneLayer layer;
    std::string shape;
  };
  const Row rows[] = {
      {gemm({4, 10}, {10, 3}), "4x3"},
      {gemm({10, 4}, {10, 3}, {{"transA", 1}}), "4x3"},
      {gemm({4, 10}, {3, 10}, {{"transB", 1}}), "4x3"},
      {gemm({10, 4}, {3, 10}, {{"transA", 1}, {"transB", 1}}), "4x3"},
  };
  for (const Row& row : rows) {
    CHECK(shape_of(row.layer) == row.shape);
    const Work counted = work(row.layer);
    CHECK(counted.macs == 4 * 3 * 10);
    CHECK(counted.matrix.m == 4);
    CHECK(counted.matrix.n == 3);
    CHECK(counted.matrix.k == 10);
  }
}

TEST_CASE("Gemm's C is an add per output element; alpha and beta multiply unless they are 1") {
  OneLayer layer = gemm({4, 10}, {10, 3});
  CHECK(work(layer).ops(VectorOp::add) == 0);
  for (const Shape& c : {Shape{}, Shape{3}, Shape{1}, Shape{4, 1}, Shape{1, 3}, Shape{4, 3}}) {
    OneLayer biased = layer;
    biased.inputs.push_back(weight(c));
    CHECK(shape_of(biased) == "4x3");
    CHECK(work(biased).ops(VectorOp::add) == 12);
    CHECK(work(biased).ops(VectorOp::multiply) == 0);
    biased.attributes = {{"alpha", 0.5}, {"beta", 2.0}};
    CHECK(work(biased).ops(VectorOp::multiply) == 24);
  }
  layer.attributes = {{"alpha", 1.0}, {"beta", 2.0}};
  CHECK(work(layer).ops(VectorOp::multiply) == 0);
}

TEST_CASE("MatMul broadcasts batches and treats vectors as a row or a column") {
  struct Row {
    OneLayer layer;
    std::string shape;
    std::int64_t batch, m, n, k;
  };
  const Row rows[] = {
      {matmul({4, 10}, {10, 3}), "4x3", 1, 4, 3, 10},
      {matmul({10}, {10, 3}), "3", 1, 1, 3, 10},
      {matmul({4, 10}, {10}), "4", 1, 4, 1, 10},
      {matmul({10}, {10}), "scalar", 1, 1, 1, 10},
      {matmul({10}, {5, 10, 3}), "5x3", 5, 1, 3, 10},
      {matmul({2, 5, 4, 10}, {2, 5, 10, 3}), "2x5x4x3", 10, 4, 3, 10},
      {matmul({5, 4, 10}, {2, 1, 10, 3}), "2x5x4x3", 10, 4, 3, 10},
      {matmul({4, 10}, {5, 10, 3}), "5x4x3", 5, 4, 3, 10},
      // One right-hand matrix for all of the batch: the batch is more rows.
      {matmul({2, 5, 4, 10}, {10, 3}), "2x5x4x3", 1, 40, 3, 10},
      {matmul({2, 5, 4, 10}, {1, 10, 3}), "2x5x4x3", 1, 40, 3, 10},
  };
  for (const Row& row : rows) {
    CAPTURE(row.shape);
    CHECK(shape_of(row.layer) == row.shape);
    const Work counted = work(row.layer);
    CHECK(counted.macs == row.batch * row.m * row.n * row.k);
    CHECK(counted.matrix.batch == row.batch);
    CHECK(counted.matrix.m == row.m);
    CHECK(counted.matrix.n == row.n);
    CHECK(counted.matrix.k == row.k);
  }
}

TEST_CASE("matrices that do not multiply say so") {
  OneLayer bias = gemm({4, 10}, {10, 3});
  bias.inputs.push_back(weight({4}));
  OneLayer enlarging = gemm({1, 10}, {10, 3});
  enlarging.inputs.push_back(weight({4, 3}));
  const std::int64_t many = std::int64_t{1} << 28;
  const std::pair<OneLayer, std::string> rows[] = {
      {gemm({4, 10}, {3, 10}),
       "input 0 'x' (4x10) and input 1 'w' (3x10) do not multiply: 10 columns meet 3 rows; check "
       "transA and transB"},
      {gemm({1, 4, 10}, {10, 3}),
       "input 0 'x' (1x4x10) must have 2 dimensions; flatten it first, or use MatMul"},
      {bias, "input 2 'b' (4) does not broadcast to 4x3"},
      {enlarging, "input 2 'b' (4x3) does not broadcast to 1x3"},
      {matmul({4, 10}, {9, 3}),
       "input 0 'x' (4x10) and input 1 'w' (9x3) do not multiply: 10 columns meet 9 rows"},
      {matmul({2, 4, 10}, {3, 10, 3}), "shapes 2 and 3 do not broadcast"},
      {matmul({4, 10}, {}), "input 1 'w' (scalar) must have a dimension; use Mul for scalars"},
      {matmul({many, many}, {many, many}), "its dimensions multiply to more than 2^63 - 1"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

TEST_CASE("a determinant is the product of an elimination's diagonal") {
  const OneLayer det{"Det", {data({5, 3, 3})}};
  CHECK(shape_of(det) == "5");
  CHECK(shape_of({"Det", {data({3, 3})}}) == "scalar");
  CHECK(work(det).ops(VectorOp::multiply) == 5 * (4 + 1 + 2));  // 2x2 and 1x1 rests, 2 products
  CHECK(work(det).ops(VectorOp::add) == 5 * (4 + 1));
  CHECK(work(det).ops(VectorOp::divide) == 5 * 3);
  CHECK(work(det).ops(VectorOp::compare) == 5 * 3);
  CHECK(work({"Det", {data({1, 1})}}).ops(VectorOp::multiply) == 0);
  CHECK(complaint({"Det", {data({2, 3})}}) ==
        "layer 'it' (Det): input 0 'x' (2x3) must be square matrices");
  CHECK(complaint({"Det", {data({3})}}) ==
        "layer 'it' (Det): input 0 'x' (3) needs at least 2 dimensions");
}

}  // namespace roofbeam
