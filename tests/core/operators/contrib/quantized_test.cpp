#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr auto u8 = ElementType::u8;
constexpr auto i8 = ElementType::i8;

const Given kScale = weight({});
const Given kZero = constant_tensor({}, {0}, u8);

OneLayer layer(std::string op, std::vector<Given> inputs, std::vector<Attribute> attributes = {}) {
  return {std::move(op), std::move(inputs), std::move(attributes), 1, 1, "com.microsoft"};
}

// 4 bits in blocks of 32, 16 bytes each.
OneLayer nbits(Shape a, Shape b, std::int64_t n, std::int64_t k) {
  return layer("MatMulNBits", {data(std::move(a)), weight(std::move(b), u8), weight({n, 1})},
               {{"N", n}, {"K", k}, {"bits", 4}, {"block_size", 32}});
}

}  // namespace

TEST_CASE("a quantized Gemm makes 8 bits, or reals if its result has no scale") {
  OneLayer gemm = layer("QGemm",
                        {data({2, 3}, u8), kScale, kZero, weight({4, 3}, u8), kScale, kZero,
                         weight({4}, ElementType::i32), kScale, constant_tensor({}, {0}, i8)},
                        {{"transB", 1}});
  CHECK(shape_of(gemm) == "2x4");
  CHECK(output(gemm).element == i8);
  CHECK(work(gemm).macs == 24);
  CHECK(work(gemm).ops(VectorOp::compare) == 16);
  CHECK(totals(infer_one(gemm)).parameters == 16);
  gemm.inputs.resize(7);
  CHECK(output(gemm).element == ElementType::f32);
  CHECK(work(gemm).ops(VectorOp::multiply) == 8);
  CHECK(work(gemm).ops(VectorOp::compare) == 0);
}

TEST_CASE("products of 16 bits are unsigned if both operands are") {
  const auto product = [](ElementType a, ElementType b) {
    return layer("MatMulInteger16", {data({2, 3}, a), data({3, 4}, b)});
  };
  CHECK(output(product(ElementType::u16, ElementType::u16)).element == ElementType::u32);
  CHECK(output(product(ElementType::u16, ElementType::i16)).element == ElementType::i32);
  CHECK(work(product(ElementType::i16, ElementType::i16)).macs == 24);
}

TEST_CASE("integer products rescaled to reals have the type of the scale") {
  const OneLayer product = layer(
      "MatMulIntegerToFloat", {data({2, 3}, u8), weight({3, 4}, i8), weight({}, ElementType::f16),
                               weight({4}), kZero, left_out(), weight({4})});
  CHECK(shape_of(product) == "2x4");
  CHECK(output(product).element == ElementType::f16);
  CHECK(work(product).ops(VectorOp::multiply) == 8);
  CHECK(work(product).ops(VectorOp::add) == 8);
  CHECK(totals(infer_one(product)).parameters == 12 + 4);
}

TEST_CASE("a dynamically quantized product quantizes its left operand first") {
  const OneLayer product =
      layer("DynamicQuantizeMatMul", {data({5, 2, 3}), weight({3, 4}, i8), weight({4})});
  CHECK(shape_of(product) == "5x2x4");
  CHECK(output(product).element == ElementType::f32);
  CHECK(work(product).macs == 120);
  CHECK(work(product).ops(VectorOp::divide) == 30);
  CHECK(work(product).ops(VectorOp::compare) == 120);
}

TEST_CASE("a product with packed weights has the sizes of its attributes") {
  const OneLayer product = nbits({1, 7, 64}, {10, 2, 16}, 10, 64);
  CHECK(shape_of(product) == "1x7x10");
  CHECK(work(product).macs == 7 * 10 * 64);
  CHECK(work(product).matrix.m == 7);
  // Two blocks in each of 70 sums are less than 640 weights.
  CHECK(work(product).ops(VectorOp::multiply) == 140);
  CHECK(work(nbits({33, 64}, {10, 2, 16}, 10, 64)).ops(VectorOp::multiply) == 640);
  // As stored: two weights in an element of eight bits; the scales are bytes only.
  CHECK(totals(infer_one(product)).parameters == 320);
  CHECK(totals(infer_one(product)).weight_bytes == 320 + 40);
}

TEST_CASE("a last block that is not full is stored whole") {
  CHECK(complaint(nbits({7, 33}, {10, 2, 16}, 10, 33)) == "");
  CHECK(complaint(nbits({7, 32}, {10, 2, 16}, 10, 32)) ==
        "layer 'it' (com.microsoft.MatMulNBits): input 1 'w' (10x2x16) has 320 bytes; 10x32 "
        "weights of 4 bits in blocks of 32 are 160");
  CHECK(complaint(nbits({7, 63}, {10, 2, 16}, 10, 64)) ==
        "layer 'it' (com.microsoft.MatMulNBits): input 0 'x' (7x63) must have 64 columns, as its "
        "attributes say");
}

TEST_CASE("attributes of packed weights are checked") {
  const auto with = [](std::vector<Attribute> attributes) {
    return complaint(layer("MatMulNBits", {data({7, 64}), weight({10, 2, 16}, u8), weight({10, 2})},
                           std::move(attributes)));
  };
  const std::string it = "layer 'it' (com.microsoft.MatMulNBits): ";
  CHECK(with({}) == it + "attribute 'N' is required");
  CHECK(with({{"N", 0}}) == it + "N is 0; it must be at least 1");
  CHECK(with({{"N", 10}, {"K", 64}, {"block_size", 32}, {"bits", 9}}) ==
        it + "bits is 9; it must be 1 to 8");
  CHECK(with({{"N", std::int64_t{1} << 62}, {"K", 64}, {"block_size", 32}}) ==
        it + "its dimensions multiply to more than 2^63 - 1");
}

TEST_CASE("weights of 4-bit floats are flat, and may be multiplied the other way round") {
  const auto product = [](Shape a, std::int64_t transposed) {
    return layer("MatMulBnb4", {data(std::move(a)), weight({320}, u8), weight({10})},
                 {{"N", 10}, {"K", 64}, {"block_size", 64}, {"transB", transposed}});
  };
  CHECK(shape_of(product({7, 64}, 1)) == "7x10");
  CHECK(shape_of(product({7, 10}, 0)) == "7x64");
  CHECK(work(product({7, 10}, 0)).macs == 4480);
}

TEST_CASE("a packed table is looked up and dequantized") {
  const auto gather = [](ElementType element, Shape table, std::vector<Attribute> attributes) {
    return layer("GatherBlockQuantized",
                 {weight(std::move(table), element), data({2, 3}, ElementType::i64),
                  weight({100, 2}, ElementType::f16)},
                 std::move(attributes));
  };
  CHECK(shape_of(gather(u8, {100, 32}, {{"bits", 4}})) == "2x3x64");
  CHECK(shape_of(gather(u8, {100, 32}, {{"bits", 8}})) == "2x3x32");
  CHECK(shape_of(gather(ElementType::u4, {100, 64}, {{"gather_axis", 1}})) == "100x2x3");
  CHECK(output(gather(u8, {100, 32}, {})).element == ElementType::f16);
  CHECK(work(gather(u8, {100, 32}, {})).ops(VectorOp::multiply) == 384);
  CHECK(complaint(gather(u8, {100, 32}, {{"bits", 3}})) ==
        "layer 'it' (com.microsoft.GatherBlockQuantized): bits is 3; it must divide 8");
}

}  // namespace roofbeam
