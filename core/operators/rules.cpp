#include "core/operators/rules.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

namespace roofbeam {
namespace {

constexpr std::string_view kTooLarge = "its dimensions multiply to more than 2^63 - 1";

std::optional<Shape> broadcast_shapes(const Shape& a, const Shape& b) {
  const Shape& longer = a.size() >= b.size() ? a : b;
  const Shape& shorter = a.size() >= b.size() ? b : a;
  Shape result = longer;
  const std::size_t offset = longer.size() - shorter.size();
  for (std::size_t i = 0; i < shorter.size(); ++i) {
    std::int64_t& dim = result[offset + i];
    if (dim == shorter[i] || shorter[i] == 1) continue;
    if (dim != 1) return std::nullopt;
    dim = shorter[i];
  }
  return result;
}

// "'a' (2x3)".
std::string name_and_shape(const LayerView& view, std::size_t i) {
  const Tensor& tensor = view.input(i);
  return fmt::format("'{}' ({})", tensor.name, to_text(*tensor.shape));
}

[[noreturn]] void fail_broadcast(const LayerView& view, std::size_t last) {
  std::string before = name_and_shape(view, 0);
  for (std::size_t i = 1; i < last; ++i) before += ", " + name_and_shape(view, i);
  view.fail(fmt::format("cannot broadcast {} with {}", before, name_and_shape(view, last)));
}

}  // namespace

std::int64_t checked_sum(const LayerView& view, std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) view.fail("its dimensions add up to more than 2^63 - 1");
  return sum;
}

std::int64_t checked_product(const LayerView& view, std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) view.fail(std::string(kTooLarge));
  return product;
}

std::int64_t checked_product(const LayerView& view, std::span<const std::int64_t> factors) {
  if (std::ranges::find(factors, 0) != factors.end()) return 0;
  std::int64_t product = 1;
  for (const std::int64_t factor : factors) product = checked_product(view, product, factor);
  return product;
}

std::int64_t elements(const LayerView& view, std::span<const std::int64_t> dims) {
  return checked_product(view, dims);
}

Shape broadcast(const LayerView& view, const Shape& a, const Shape& b) {
  if (auto result = broadcast_shapes(a, b)) return *std::move(result);
  view.fail(fmt::format("shapes {} and {} do not broadcast", to_text(a), to_text(b)));
}

Shape broadcast_inputs(const LayerView& view, std::size_t count) {
  Shape result = view.shape(0);
  for (std::size_t i = 1; i < count; ++i) {
    auto wider = broadcast_shapes(result, view.shape(i));
    if (!wider) fail_broadcast(view, i);
    result = *std::move(wider);
  }
  return result;
}

void require_rank(const LayerView& view, std::size_t least) {
  if (view.shape(0).size() >= least) return;
  view.fail(fmt::format("{} needs at least {} dimensions", describe_input(view, 0), least));
}

void require_inputs(const LayerView& view, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) (void)view.input(i);
}

void require_broadcast_to(const LayerView& view, std::size_t i, const Shape& target) {
  if (!view.has_input(i)) return;
  const Shape& shape = view.shape(i);
  const std::size_t offset = target.size() - std::min(shape.size(), target.size());
  bool fits = shape.size() <= target.size();
  for (std::size_t d = 0; fits && d < shape.size(); ++d) {
    fits = shape[d] == 1 || shape[d] == target[offset + d];
  }
  if (fits) return;
  view.fail(fmt::format("{} does not broadcast to {}", describe_input(view, i), to_text(target)));
}

void require_shape(const LayerView& view, std::size_t i, const Shape& expected,
                   std::string_view why) {
  if (!view.has_input(i) || view.shape(i) == expected) return;
  view.fail(
      fmt::format("{} must be {}, because {}", describe_input(view, i), to_text(expected), why));
}

void require_output_rank(const LayerView& view, std::size_t rank) {
  const Shape& output = view.output_shape(0);
  if (output.size() == rank) return;
  view.fail(fmt::format("its output ({}) must have {} dimensions", to_text(output), rank));
}

std::string describe_input(const LayerView& view, std::size_t i) {
  const Tensor& tensor = view.input(i);
  return fmt::format("input {} '{}' ({})", i, tensor.name, to_text(*tensor.shape));
}

std::vector<std::int64_t> stated_axes(const LayerView& view) {
  return view.has_input(1) ? view.constant_integers(1, "the axes") : view.integers("axes");
}

std::int64_t single_integer(const LayerView& view, std::size_t i, std::string_view what) {
  const auto& values = view.constant_integers(i, what);
  if (values.size() == 1) return values.front();
  view.fail(fmt::format("{} ({}) must have one element", describe_input(view, i), what));
}

ElementType stated_element(const LayerView& view, std::string_view attribute) {
  const auto element = onnx_element_type(view.integer(attribute, 0));
  if (element != ElementType::undefined) return element;
  view.fail(fmt::format("attribute '{}' must be a TensorProto data type from 1 to 26", attribute));
}

TensorType at_most(TensorType type) {
  type.upper_bound = true;
  return type;
}

TensorType type_of(const LayerView& view, std::size_t i) {
  const Tensor& tensor = view.input(i);
  return {tensor.element, *tensor.shape, {}};
}

std::vector<TensorType> same_as_input(const LayerView& view) {
  return std::vector<TensorType>(view.output_count(), type_of(view, 0));
}

std::vector<TensorType> pass_through(const LayerView& view) {
  const Tensor& tensor = view.any_input(0);
  const TensorType type{.element = tensor.element,
                        .shape = *tensor.shape,
                        .values = tensor.values,
                        .container = tensor.container,
                        .items = tensor.items};
  return std::vector<TensorType>(view.output_count(), type);
}

Work matrix_product(const LayerView& view, const MatrixWork& matrix) {
  Work work;
  work.matrix = matrix;
  work.macs = elements(view, std::array{matrix.batch, matrix.m, matrix.n, matrix.k});
  return work;
}

Work only_bytes(const LayerView&) { return {}; }

Work elementwise(const LayerView& view, std::span<const VectorOp> ops) {
  const auto count = static_cast<double>(elements(view, view.output_shape(0)));
  Work work;
  for (const VectorOp op : ops) work.ops(op) += count;
  return work;
}

}  // namespace roofbeam
