// Matrix products and lookups whose weights ONNX Runtime's quantizer stores in 8 bits or in blocks
// of fewer.
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/matrix.hpp"
#include "core/operators/quantization.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

double outputs(const LayerView& view) { return count_of(view, view.output_shape(0)); }

void add_bias(const LayerView& view, std::size_t bias, Work& work) {
  if (view.has_input(bias)) count_ops(work, outputs(view), {add});
}

// ---- 8 bits: integer products, rescaled

// A, its scale and zero point, B, its scale and zero point, C, the output's scale and zero point.
std::vector<TensorType> qgemm_shape(const LayerView& view) {
  require_inputs(view, 6);
  const auto element = view.has_input(8) ? view.input(8).element : ElementType::f32;
  return {{element, gemm_shape(view, {.a = 0, .b = 3, .c = 6}), {}}};
}

Work qgemm_work(const LayerView& view) {
  Work work = gemm_work(view, {.a = 0, .b = 3, .c = 6});
  add_zero_points(view, {.a = 0, .b = 3, .a_zero = 2, .b_zero = 5}, work);
  if (view.has_input(8)) {
    add_requantization(view, work);
  } else {
    count_ops(work, outputs(view), {multiply});
  }
  return work;
}

std::vector<TensorType> matmul16_shape(const LayerView& view) {
  const bool is_unsigned =
      view.input(0).element == ElementType::u16 && view.input(1).element == ElementType::u16;
  const auto element = is_unsigned ? ElementType::u32 : ElementType::i32;
  return {{element, matmul_shape(view, read_matmul(view)), {}}};
}

Work plain_work(const LayerView& view) { return matmul_work(view, read_matmul(view)); }

// A, B, their scales, their zero points, bias.
std::vector<TensorType> matmul_to_float_shape(const LayerView& view) {
  require_inputs(view, 4);
  return {{view.input(2).element, matmul_shape(view, read_matmul(view)), {}}};
}

Work matmul_to_float_work(const LayerView& view) {
  Work work = plain_work(view);
  add_zero_points(view, {.a = 0, .b = 1, .a_zero = 4, .b_zero = 5}, work);
  count_ops(work, outputs(view), {multiply});
  add_bias(view, 6, work);
  return work;
}

// A, B, B's scale and zero point, bias.
std::vector<TensorType> dynamic_matmul_shape(const LayerView& view) {
  require_inputs(view, 3);
  return {{view.input(0).element, matmul_shape(view, read_matmul(view)), {}}};
}

Work dynamic_matmul_work(const LayerView& view) {
  Work work = plain_work(view);
  count_ops(work, count_of(view, view.shape(0)), {compare, compare, divide, add, compare, compare});
  add_zero_points(view, {.a_zero = kNoInput, .b_zero = 3}, work);
  count_ops(work, outputs(view), {multiply, multiply, add});
  add_bias(view, 4, work);
  return work;
}

// ---- blocks of a few bits

// A weight of n rows of k columns each, which a file stores packed.
struct Packed {
  std::int64_t n;
  std::int64_t k;
  std::int64_t block;
};

Packed packed_weight(const LayerView& view) {
  return {required_integer(view, "N"), required_integer(view, "K"),
          required_integer(view, "block_size")};
}

std::int64_t divide_up(std::int64_t a, std::int64_t b) { return a / b + (a % b != 0); }

void check_bytes(const LayerView& view, std::int64_t bytes, const Packed& weight,
                 std::int64_t bits) {
  const std::int64_t found = elements(view, view.shape(1));
  if (found == bytes) return;
  view.fail(fmt::format("{} has {} bytes; {}x{} weights of {} bits in blocks of {} are {}",
                        describe_input(view, 1), found, weight.n, weight.k, bits, weight.block,
                        bytes));
}

std::vector<TensorType> packed_product(const LayerView& view, std::int64_t k, std::int64_t n) {
  require_rank(view, 1);
  Shape shape = view.shape(0);
  if (shape.back() != k) {
    view.fail(
        fmt::format("{} must have {} columns, as its attributes say", describe_input(view, 0), k));
  }
  shape.back() = n;
  return {{view.input(0).element, std::move(shape), {}}};
}

// A weight is rescaled either once, or in every row's partial sums over its block: what is less.
void add_rescaling(const LayerView& view, std::int64_t rows, const Packed& weight, Work& work) {
  const std::int64_t blocks = divide_up(weight.k, weight.block);
  const auto by_weight = static_cast<double>(checked_product(view, weight.n, weight.k));
  const auto by_sum = static_cast<double>(elements(view, std::array{rows, weight.n, blocks}));
  count_ops(work, std::min(by_weight, by_sum), {multiply, add});
}

Work packed_work(const LayerView& view, const Packed& weight, std::int64_t k, std::int64_t n) {
  const Shape& a = view.shape(0);
  const std::int64_t rows = elements(view, std::span(a).first(a.size() - 1));
  Work work = matrix_product(view, {.batch = 1, .m = rows, .n = n, .k = k});
  add_rescaling(view, rows, weight, work);
  return work;
}

std::int64_t bits_of(const LayerView& view) {
  const std::int64_t bits = view.integer("bits", 4);
  if (bits < 1 || bits > 8) view.fail(fmt::format("bits is {}; it must be 1 to 8", bits));
  return bits;
}

// A, B (N x blocks x bytes of a block), scales, zero points, group indices, bias.
std::vector<TensorType> nbits_shape(const LayerView& view) {
  require_inputs(view, 3);
  const Packed weight = packed_weight(view);
  const std::int64_t bits = bits_of(view);
  const std::int64_t blob = divide_up(checked_product(view, weight.block, bits), 8);
  const std::int64_t blocks = divide_up(weight.k, weight.block);
  if (view.integer("weight_prepacked", 0) == 0) {
    check_bytes(view, elements(view, std::array{weight.n, blocks, blob}), weight, bits);
  }
  require_shape(view, 5, {weight.n}, fmt::format("there are {} output features", weight.n));
  return packed_product(view, weight.k, weight.n);
}

Work nbits_work(const LayerView& view) {
  const Packed weight = packed_weight(view);
  Work work = packed_work(view, weight, weight.k, weight.n);
  add_bias(view, 5, work);
  return work;
}

bool transposed(const LayerView& view) { return view.integer("transB", 1) != 0; }

// A, B (N * K values of 4 bits, flat), the largest value of every block.
std::vector<TensorType> bnb4_shape(const LayerView& view) {
  require_inputs(view, 3);
  const Packed weight = packed_weight(view);
  check_bytes(view, divide_up(checked_product(view, weight.n, weight.k), 2), weight, 4);
  return transposed(view) ? packed_product(view, weight.k, weight.n)
                          : packed_product(view, weight.n, weight.k);
}

Work bnb4_work(const LayerView& view) {
  const Packed weight = packed_weight(view);
  return transposed(view) ? packed_work(view, weight, weight.k, weight.n)
                          : packed_work(view, weight, weight.n, weight.k);
}

// ---- Gather

// Values in a byte of the table.
std::int64_t values_per_byte(const LayerView& view) {
  if (view.input(0).element != ElementType::u8) return 1;
  const std::int64_t bits = bits_of(view);
  if (8 % bits != 0) view.fail(fmt::format("bits is {}; it must divide 8", bits));
  return 8 / bits;
}

// Table, indices, scales, zero points.
std::vector<TensorType> gather_shape(const LayerView& view) {
  require_inputs(view, 3);
  require_rank(view, 1);
  Shape shape = view.shape(0);
  shape.back() = checked_product(view, shape.back(), values_per_byte(view));
  const auto axis =
      static_cast<std::ptrdiff_t>(view.axis(view.integer("gather_axis", 0), shape.size()));
  const Shape& indices = view.shape(1);
  shape.erase(shape.begin() + axis);
  shape.insert(shape.begin() + axis, indices.begin(), indices.end());
  return {{view.input(2).element, std::move(shape), {}}};
}

// ---- rows

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence, std::uint32_t parameters,
                       std::uint32_t statistics, std::string_view acts_like) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = parameters,
          .statistic_inputs = statistics,
          .domain = kMicrosoft,
          .acts_like = acts_like};
}

// Scales and zero points are stored with the weights. Packed weights are elements of type uint8 in
// the file: totals() counts a MatMulNBits of 4 bits as half as many parameters as it has weights,
// and its bytes exactly.
constexpr Operator kRows[] = {
    row("DequantizeLinear", dequantize_shape, dequantize_work,
        "One multiply per element, and one add if there is a zero point.", 0b001, 0b110,
        "DequantizeLinear"),
    row("DynamicQuantizeMatMul", dynamic_matmul_shape, dynamic_matmul_work,
        "MACs as of MatMul; per element of A four compares, one divide and one add (to quantize "
        "it), zero points of B as of MatMulInteger, per output element two multiplies and one add "
        "(scale, zero point of A), a bias one more add.",
        0b10010, 0b01100, "MatMul"),
    row("GatherBlockQuantized", gather_shape, elementwise<multiply, add>,
        "One multiply and one add (scale, zero point) per output element.", 0b0001, 0b1100,
        "Gather"),
    row("MatMulBnb4", bnb4_shape, bnb4_work,
        "MACs are rows of A times K times N; one multiply and one add (scale, offset) per weight, "
        "or per block and output element if that is less.",
        0b010, 0b100, "MatMul"),
    row("MatMulInteger16", matmul16_shape, plain_work, "MACs as of MatMul.", 0b11, 0, "MatMul"),
    row("MatMulIntegerToFloat", matmul_to_float_shape, matmul_to_float_work,
        "MACs as of MatMul; zero points as of MatMulInteger; per output element one multiply, a "
        "bias one add.",
        0b100'0011, 0b011'1100, "MatMul"),
    row("MatMulNBits", nbits_shape, nbits_work,
        "MACs are rows of A times K times N; one multiply and one add (scale, zero point) per "
        "weight, or per block and output element if that is less; a bias is one add per output "
        "element.",
        0b100010, 0b001100, "MatMul"),
    row("QGemm", qgemm_shape, qgemm_work,
        "As Gemm; zero points as of MatMulInteger; per output element one multiply, and if it is "
        "quantized again one add and two compares.",
        0b0'0100'1001, 0b1'1011'0110, "Gemm"),
    row("QuantizeLinear", quantize_shape, quantize_work,
        "One divide, one add (zero point) and two compares (saturation) per element.", 0b001, 0b110,
        "QuantizeLinear"),
};

}  // namespace

std::span<const Operator> contrib_quantized_rows() { return kRows; }

}  // namespace roofbeam
