#include "core/operators/quantization.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/operators/convolution.hpp"
#include "core/operators/families.hpp"
#include "core/operators/matrix.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

double count(const LayerView& view, const Shape& shape) {
  return static_cast<double>(elements(view, shape));
}

// ---- QuantizeLinear and DequantizeLinear

constexpr std::size_t kScale = 1;
constexpr std::size_t kZeroPoint = 2;

std::int64_t block_size(const LayerView& view) {
  const std::int64_t size = view.integer("block_size", 0);
  if (size < 0) view.fail(fmt::format("block_size is {}; it must be at least 0", size));
  return size;
}

std::size_t quantized_axis(const LayerView& view) {
  return view.axis(view.integer("axis", 1), view.shape(0).size());
}

// The input's shape with one entry for each block along the axis.
Shape blocked_shape(const LayerView& view, std::int64_t block) {
  Shape shape = view.shape(0);
  std::int64_t& dim = shape[quantized_axis(view)];
  dim = dim / block + (dim % block != 0);
  return shape;
}

void check_scale(const LayerView& view) {
  const Shape& scale = view.shape(kScale);
  if (const std::int64_t block = block_size(view)) {
    require_shape(view, kScale, blocked_shape(view, block),
                  fmt::format("{} is quantized in blocks of {} along axis {}",
                              describe_input(view, 0), block, quantized_axis(view)));
  } else if (scale.size() > 1 || elements(view, scale) != 1) {
    const std::size_t axis = quantized_axis(view);
    require_shape(view, kScale, {view.shape(0)[axis]},
                  fmt::format("it is one number or one for each slice of {} along axis {}",
                              describe_input(view, 0), axis));
  }
  const bool both_single = view.has_input(kZeroPoint) && elements(view, scale) == 1 &&
                           elements(view, view.shape(kZeroPoint)) == 1;
  if (!both_single) require_shape(view, kZeroPoint, scale, "the scale has this shape");
}

ElementType output_dtype(const LayerView& view, ElementType otherwise) {
  return view.integer("output_dtype", 0) == 0 ? otherwise : stated_element(view, "output_dtype");
}

std::vector<TensorType> dynamic_quantize_shape(const LayerView& view) {
  return {
      {ElementType::u8, view.shape(0), {}}, {ElementType::f32, {}, {}}, {ElementType::u8, {}, {}}};
}

// ---- Convolutions

std::vector<TensorType> conv_integer_shape(const LayerView& view) {
  const Shape shape = convolved_shape(view, convolution_inputs(view));
  require_per_tensor_or_channel(view, 3, view.shape(1)[0]);
  return {{ElementType::i32, shape, {}}};
}

Work conv_integer_work(const LayerView& view) {
  Work work = convolution_work(view, convolution_inputs(view));
  add_zero_points(view, {}, work);
  return work;
}

// ---- Matrix products

std::vector<TensorType> qlinear_matmul_shape(const LayerView& view) {
  require_inputs(view, 8);
  return {{view.input(7).element, matmul_shape(view, read_matmul(view, 0, 3)), {}}};
}

Work qlinear_matmul_work(const LayerView& view) {
  Work work = matmul_work(view, read_matmul(view, 0, 3));
  add_zero_points(view, {.a = 0, .b = 3, .a_zero = 2, .b_zero = 5}, work);
  add_requantization(view, work);
  return work;
}

std::vector<TensorType> matmul_integer_shape(const LayerView& view) {
  return {{ElementType::i32, matmul_shape(view, read_matmul(view)), {}}};
}

Work matmul_integer_work(const LayerView& view) {
  Work work = matmul_work(view, read_matmul(view));
  add_zero_points(view, {}, work);
  return work;
}

constexpr Operator kRows[] = {
    {.name = "ConvInteger",
     .shape = conv_integer_shape,
     .work = conv_integer_work,
     .sentence = "MACs as of Conv; a zero point that is not zero is one multiply and one add per "
                 "output element and sums the other operand unless that is constant.",
     .parameter_inputs = 0b0010,
     .statistic_inputs = 0b1100,
     .acts_like = "Conv"},
    {.name = "DequantizeLinear",
     .shape = dequantize_shape,
     .work = dequantize_work,
     .sentence = "One multiply per element, and one add if there is a zero point.",
     .parameter_inputs = 0b001,
     .statistic_inputs = 0b110},
    {.name = "DynamicQuantizeLinear",
     .shape = dynamic_quantize_shape,
     .work = elementwise<compare, compare, divide, add, compare, compare>,
     .sentence = "Per element two compares (range), one divide, one add and two compares "
                 "(saturation)."},
    {.name = "MatMulInteger",
     .shape = matmul_integer_shape,
     .work = matmul_integer_work,
     .sentence = "MACs as of MatMul; a zero point that is not zero is one multiply and one add per "
                 "output element and sums the other operand unless that is constant.",
     .parameter_inputs = 0b0011,
     .statistic_inputs = 0b1100,
     .acts_like = "MatMul"},
    {.name = "QLinearConv",
     .shape = qlinear_conv_shape,
     .work = qlinear_conv_work,
     .sentence = "MACs as of Conv; zero points as of ConvInteger; requantization is one multiply, "
                 "one add and two compares per output element, a bias one add.",
     .parameter_inputs = 0b1'0000'1000,
     .statistic_inputs = 0b0'1111'0110,
     .acts_like = "Conv"},
    {.name = "QLinearMatMul",
     .shape = qlinear_matmul_shape,
     .work = qlinear_matmul_work,
     .sentence = "MACs as of MatMul; zero points as of MatMulInteger; requantization is one "
                 "multiply, one add and two compares per output element.",
     .parameter_inputs = 0b0000'1001,
     .statistic_inputs = 0b1111'0110,
     .acts_like = "MatMul"},
    {.name = "QuantizeLinear",
     .shape = quantize_shape,
     .work = quantize_work,
     .sentence = "One divide, one add (zero point) and two compares (saturation) per element.",
     .parameter_inputs = 0b001,
     .statistic_inputs = 0b110},
};

// A zero point that is there and not known to be zero.
bool shifts(const LayerView& view, std::size_t zero_point) {
  if (!view.has_input(zero_point)) return false;
  const auto* known = view.integers(zero_point);
  return !known || std::ranges::any_of(*known, [](std::int64_t value) { return value != 0; });
}

void add_shift(const LayerView& view, std::size_t other, Work& work) {
  const double outputs = count(view, view.output_shape(0));
  work.ops(multiply) += outputs;
  work.ops(add) += outputs;
  if (!view.input(other).constant) work.ops(add) += count(view, view.shape(other));
}

}  // namespace

void add_requantization(const LayerView& view, Work& work) {
  const double outputs = count(view, view.output_shape(0));
  work.ops(multiply) += outputs;
  work.ops(add) += outputs;
  work.ops(compare) += 2 * outputs;
}

void add_zero_points(const LayerView& view, const ZeroPoints& inputs, Work& work) {
  if (shifts(view, inputs.a_zero)) add_shift(view, inputs.b, work);
  if (shifts(view, inputs.b_zero)) add_shift(view, inputs.a, work);
}

void require_per_tensor_or_channel(const LayerView& view, std::size_t i, std::int64_t channels) {
  if (!view.has_input(i) || elements(view, view.shape(i)) == 1) return;
  require_shape(view, i, {channels},
                fmt::format("it is one number or one for each of {} channels", channels));
}

std::vector<TensorType> quantize_shape(const LayerView& view) {
  check_scale(view);
  const auto element = view.has_input(kZeroPoint) ? view.input(kZeroPoint).element
                                                  : output_dtype(view, ElementType::u8);
  return {{element, view.shape(0), {}}};
}

std::vector<TensorType> dequantize_shape(const LayerView& view) {
  check_scale(view);
  return {{output_dtype(view, view.input(kScale).element), view.shape(0), {}}};
}

Work quantize_work(const LayerView& view) {
  return elementwise<divide, add, compare, compare>(view);
}

Work dequantize_work(const LayerView& view) {
  return view.has_input(kZeroPoint) ? elementwise<multiply, add>(view)
                                    : elementwise<multiply>(view);
}

std::vector<TensorType> qlinear_conv_shape(const LayerView& view) {
  require_inputs(view, 8);
  const Shape shape = convolved_shape(view, convolution_inputs(view));
  const std::int64_t channels = view.shape(3)[0];
  for (const std::size_t i : {4u, 5u}) require_per_tensor_or_channel(view, i, channels);
  return {{view.input(7).element, shape, {}}};
}

Work qlinear_conv_work(const LayerView& view) {
  Work work = convolution_work(view, convolution_inputs(view));
  add_zero_points(view, {.a = 0, .b = 3, .a_zero = 2, .b_zero = 5}, work);
  add_requantization(view, work);
  return work;
}

std::span<const Operator> quantization_rows() { return kRows; }

}  // namespace roofbeam
