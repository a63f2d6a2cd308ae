#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer layer(std::string op, std::vector<Given> inputs, std::vector<Attribute> attributes = {}) {
  return {std::move(op), std::move(inputs), std::move(attributes), 1, 1, "com.microsoft"};
}

OneLayer fused(Shape a, Shape b, std::vector<Attribute> attributes = {}) {
  return layer("FusedMatMul", {data(std::move(a)), data(std::move(b))}, std::move(attributes));
}

}  // namespace

TEST_CASE("a fused product transposes matrices and moves batches before it multiplies") {
  struct Row {
    OneLayer layer;
    std::string shape;
    std::int64_t macs;
  };
  const Row rows[] = {
      {fused({2, 3}, {3, 4}), "2x4", 24},
      {fused({3, 2}, {3, 4}, {{"transA", 1}}), "2x4", 24},
      {fused({2, 3}, {4, 3}, {{"transB", 1}}), "2x4", 24},
      {fused({5, 3, 2}, {5, 3, 4}, {{"transA", 1}}), "5x2x4", 120},
      // (2, 5, 3) is five matrices of 2x3; (3, 5, 2) is five of 2x3 when also transposed.
      {fused({2, 5, 3}, {5, 3, 4}, {{"transBatchA", 1}}), "5x2x4", 120},
      {fused({3, 5, 2}, {5, 3, 4}, {{"transBatchA", 1}, {"transA", 1}}), "5x2x4", 120},
      {fused({5, 2, 3}, {3, 5, 4}, {{"transBatchB", 1}}), "5x2x4", 120},
      {fused({3}, {3, 4}, {{"transA", 1}}), "4", 12},  // a vector stays as it is
  };
  for (const Row& row : rows) {
    CAPTURE(row.shape);
    CHECK(shape_of(row.layer) == row.shape);
    CHECK(work(row.layer).macs == row.macs);
  }
  CHECK(complaint(fused({2, 3}, {4, 3})) ==
        "layer 'it' (com.microsoft.FusedMatMul): input 0 'x' (2x3) and input 1 'w' (4x3) do not "
        "multiply: 3 columns meet 4 rows");
}

TEST_CASE("alpha and an activation cost one operation per output element") {
  OneLayer product = fused({2, 3}, {3, 4}, {{"alpha", 1.0}});
  CHECK(work(product).ops(VectorOp::multiply) == 0);
  product.attributes = {{"alpha", 0.5}};
  CHECK(work(product).ops(VectorOp::multiply) == 8);
  product.op = "FusedMatMulActivation";
  product.attributes = {{"activation", "Relu"}};
  CHECK(work(product).ops(VectorOp::compare) == 8);
  product.attributes = {{"activation", "Softmax"}};
  CHECK(work(product).ops(VectorOp::exponential) == 8);
  product.op = "TransposeMatMul";
  product.attributes = {};
  CHECK(work(product).macs == 24);
  product.op = "SparseToDenseMatMul";
  CHECK(work(product).macs == 24);
}

TEST_CASE("a fused Gemm is a Gemm and its activation") {
  const OneLayer gemm =
      layer("FusedGemm", {data({2, 3}), weight({4, 3}), weight({4})},
            {{"transB", 1}, {"activation", "LeakyRelu"}, {"activation_alpha", 0.1}});
  CHECK(shape_of(gemm) == "2x4");
  CHECK(work(gemm).macs == 24);
  CHECK(work(gemm).ops(VectorOp::add) == 8);
  CHECK(work(gemm).ops(VectorOp::compare) == 8);
}

TEST_CASE("a product with Gelu has one exponential per output element") {
  const OneLayer gelu = layer("GemmFastGelu", {data({5, 2, 3}), weight({3, 4}), weight({4})});
  CHECK(shape_of(gelu) == "5x2x4");
  CHECK(work(gelu).macs == 120);
  CHECK(work(gelu).ops(VectorOp::exponential) == 40);
  CHECK(work(gelu).ops(VectorOp::add) == 80);
}

TEST_CASE("distances are a product of all pairs and the norms") {
  const OneLayer distance = layer("CDist", {data({5, 3}), data({7, 3})}, {{"metric", "euclidean"}});
  CHECK(shape_of(distance) == "5x7");
  CHECK(work(distance).macs == 105);
  CHECK(work(distance).ops(VectorOp::square_root) == 35);
  CHECK(work(distance).ops(VectorOp::multiply) == 36);
  CHECK(complaint(layer("CDist", {data({5, 3}), data({7, 2})})) ==
        "layer 'it' (com.microsoft.CDist): input 0 'x' (5x3) and input 1 'w' (7x2) have different "
        "numbers of columns");
  CHECK(complaint(layer("CDist", {data({5}), data({7, 2})})) ==
        "layer 'it' (com.microsoft.CDist): input 0 'x' (5) must have 2 dimensions: points, "
        "coordinates");
}

TEST_CASE("an inverse takes the cube of its side") {
  CHECK(shape_of(layer("Inverse", {data({2, 4, 4})})) == "2x4x4");
  CHECK(work(layer("Inverse", {data({2, 4, 4})})).macs == 128);
  CHECK(complaint(layer("Inverse", {data({4, 3})})) ==
        "layer 'it' (com.microsoft.Inverse): input 0 'x' (4x3) must be square matrices");
}

}  // namespace roofbeam
