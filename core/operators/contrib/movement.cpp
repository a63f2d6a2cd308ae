// Operators of ONNX Runtime that move, look up or test elements, or transform signals.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

double inputs(const LayerView& view) { return count_of(view, view.shape(0)); }
double outputs(const LayerView& view) { return count_of(view, view.output_shape(0)); }

// ---- shapes change

// Pads are input 1: two for each dimension, negative ones crop.
std::vector<TensorType> pad_shape(const LayerView& view) {
  TensorType type = type_of(view, 0);
  const auto& pads = view.constant_integers(1, "the pads");
  const std::size_t rank = type.shape.size();
  if (pads.size() != 2 * rank) {
    view.fail(fmt::format("{} pads do not match the {} dimensions of {}, two for each", pads.size(),
                          rank, describe_input(view, 0)));
  }
  for (std::size_t d = 0; d < rank; ++d) {
    const std::int64_t before = checked_sum(view, type.shape[d], pads[d]);
    type.shape[d] = checked_sum(view, before, pads[rank + d]);
  }
  return {type};
}

std::vector<TensorType> expand_dims_shape(const LayerView& view) {
  TensorType type{view.input(0).element, view.shape(0), view.input(0).values};
  const auto& axis = view.constant_integers(1, "the axis");
  if (axis.size() != 1) view.fail("the axis must be one number");
  const std::size_t place = view.axis(axis.front(), type.shape.size() + 1);
  type.shape.insert(type.shape.begin() + static_cast<std::ptrdiff_t>(place), 1);
  return {type};
}

std::vector<TensorType> trilu_shape(const LayerView& view) {
  require_rank(view, 2);
  return {type_of(view, 0)};
}

// Table, numbers of its rows.
std::vector<TensorType> embedding_shape(const LayerView& view) {
  require_dimensions(view, 0, 2, "entries, size of an embedding");
  Shape shape = view.shape(1);
  shape.push_back(view.shape(0)[1]);
  return {{view.input(0).element, std::move(shape), {}}};
}

// Distinct elements, where each element is among them, how often each occurs.
std::vector<TensorType> unique_shape(const LayerView& view) {
  require_dimensions(view, 0, 1, "elements");
  TensorType counts = type_of(view, 0);
  counts.element = ElementType::i64;
  return {at_most(type_of(view, 0)), counts, at_most(counts)};
}

Work unique_work(const LayerView& view) {
  Work work;
  count_ops(work, inputs(view) * std::log2(std::max(2.0, inputs(view))), {compare});
  return work;
}

// ---- padding of batches: (batch, sequence, channels) without the tokens that only fill it up

// Tokens, their offsets, ends of the sequences, the longest one's length.
std::vector<TensorType> remove_padding_shape(const LayerView& view) {
  require_dimensions(view, 0, 3, "batch, sequence, channels");
  const Shape& data = view.shape(0);
  const auto i32 = ElementType::i32;
  const std::int64_t tokens = checked_product(view, data[0], data[1]);
  return {at_most({view.input(0).element, {tokens, data[2]}, {}}),
          {i32, {data[0], data[1]}, {}},
          {i32, {checked_sum(view, data[0], 1)}, {}},
          {i32, {1}, {}}};
}

std::vector<TensorType> restore_padding_shape(const LayerView& view) {
  require_dimensions(view, 0, 2, "tokens, channels");
  require_dimensions(view, 1, 2, "batch, sequence");
  Shape shape = view.shape(1);
  shape.push_back(view.shape(0)[1]);
  return {{view.input(0).element, std::move(shape), {}}};
}

// ---- sampling images

constexpr std::string_view kImage = "batch, channels, height, width";

double neighbours(const LayerView& view) {
  const std::string_view mode = view.text("mode", "bilinear");
  if (mode == "nearest") return 0;
  return mode == "bicubic" || mode == "cubic" ? 16 : 4;
}

// Data, boxes, the image that each is in, the size of the crops.
std::vector<TensorType> crop_shape(const LayerView& view) {
  require_dimensions(view, 0, 4, kImage);
  require_dimensions(view, 1, 2, "boxes, 4");
  const auto& size = view.constant_integers(3, "the size of the crops");
  if (size.size() != 2) view.fail("the size of the crops must be two numbers, height and width");
  return {{view.input(0).element, {view.shape(1)[0], view.shape(0)[1], size[0], size[1]}, {}}};
}

Work crop_work(const LayerView& view) {
  Work work;
  count_ops(work, outputs(view) * neighbours(view), {multiply, add});
  return work;
}

// Data, and where each output element lies in it.
std::vector<TensorType> grid_shape(const LayerView& view) {
  require_dimensions(view, 0, 4, kImage);
  require_dimensions(view, 1, 4, "batch, height, width, 2");
  const Shape& grid = view.shape(1);
  if (grid[0] != view.shape(0)[0] || grid[3] != 2) {
    view.fail(fmt::format("{} must have 2 coordinates for each of the batch of {}",
                          describe_input(view, 1), describe_input(view, 0)));
  }
  return {{view.input(0).element, {grid[0], view.shape(0)[1], grid[1], grid[2]}, {}}};
}

Work grid_work(const LayerView& view) {
  Work work = crop_work(view);
  count_ops(work, count_of(view, view.shape(1)), {multiply, add});
  return work;
}

// ---- Fourier transforms of the last dimensions

std::size_t signal_dimensions(const LayerView& view, std::size_t most) {
  const std::int64_t count = view.integer("signal_ndim", 1);
  if (count >= 1 && count <= 3 && static_cast<std::size_t>(count) <= most) {
    return static_cast<std::size_t>(count);
  }
  view.fail(fmt::format("signal_ndim is {}; {} allows 1 to {}", count, describe_input(view, 0),
                        std::min<std::size_t>(most, 3)));
}

// n real numbers become n / 2 + 1 complex ones.
std::vector<TensorType> rfft_shape(const LayerView& view) {
  require_rank(view, 1);
  TensorType type = type_of(view, 0);
  (void)signal_dimensions(view, type.shape.size());
  type.shape.back() = type.shape.back() / 2 + 1;
  type.shape.push_back(2);
  return {type};
}

std::vector<TensorType> irfft_shape(const LayerView& view) {
  require_rank(view, 2);
  TensorType type = type_of(view, 0);
  (void)signal_dimensions(view, type.shape.size() - 1);
  if (type.shape.back() != 2) {
    view.fail(
        fmt::format("{} must end in 2: a real and an imaginary part", describe_input(view, 0)));
  }
  type.shape.pop_back();
  const std::int64_t half = std::max<std::int64_t>(type.shape.back() - 1, 0);
  type.shape.back() = checked_product(view, half, 2);
  return {type};
}

// Radix 2, half of the complex transform: per element log2(n) / 2 butterflies of four multiplies
// and six adds each for two elements.
Work fft_work(const LayerView& view, const Shape& real) {
  const std::size_t signal = std::min(signal_dimensions(view, 3), real.size());
  const double length = count_of(view, std::span(real).last(signal));
  const double steps = count_of(view, real) * std::log2(std::max(1.0, length)) / 2;
  Work work;
  count_ops(work, steps, {multiply, multiply, add, add, add});
  return work;
}

Work rfft_work(const LayerView& view) { return fft_work(view, view.shape(0)); }
Work irfft_work(const LayerView& view) { return fft_work(view, view.output_shape(0)); }

// ---- elements tested and hashed

std::vector<TensorType> all_finite_shape(const LayerView& view) {
  require_inputs(view, std::max<std::size_t>(1, view.input_count()));
  return {{ElementType::boolean, {}, {}}};
}

Work all_finite_work(const LayerView& view) {
  Work work;
  for (std::size_t i = 0; i < view.input_count(); ++i) {
    count_ops(work, count_of(view, view.shape(i)), {compare});
  }
  return work;
}

std::vector<TensorType> hash_shape(const LayerView& view) {
  TensorType type = type_of(view, 0);
  type.element = view.integer("positive", 1) != 0 ? ElementType::u32 : ElementType::i32;
  return {type};
}

// Tokens so far, scores of the next one.
std::vector<TensorType> no_repeat_shape(const LayerView& view) {
  require_dimensions(view, 0, 2, "batch, sequence");
  require_dimensions(view, 1, 2, "batch, vocabulary");
  (void)required_integer(view, "ngram_size");
  return {type_of(view, 1)};
}

Work no_repeat_work(const LayerView& view) {
  const auto compared = static_cast<double>(required_integer(view, "ngram_size"));
  Work work;
  count_ops(work, inputs(view) * compared, {compare});
  return work;
}

// ---- rows

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence, std::string_view acts_like = "") {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = 0b1,
          .domain = kMicrosoft,
          .acts_like = acts_like};
}

constexpr std::string_view kMove = "No arithmetic: its cost is the bytes it moves.";

constexpr Operator kRows[] = {
    row("CropAndResize", crop_shape, crop_work,
        "One multiply and one add per output element and neighbour, of which there are four, none "
        "for nearest."),
    {.name = "ExpandDims",
     .shape = expand_dims_shape,
     .work = nullptr,
     .sentence = "Free: the same elements under another shape.",
     .cost = Cost::view,
     .parameter_inputs = 0b1,
     .domain = kMicrosoft,
     .acts_like = "Unsqueeze"},
    row("GridSample", grid_shape, grid_work,
        "One multiply and one add per coordinate, and per output element and neighbour: four, "
        "sixteen for bicubic, none for nearest.",
        "GridSample"),
    row("Irfft", irfft_shape, irfft_work,
        "Per real element half the binary logarithm of the signal's length times two multiplies "
        "and three adds."),
    row("IsAllFinite", all_finite_shape, all_finite_work, "One compare per input element."),
    row("MurmurHash3", hash_shape,
        elementwise<multiply, multiply, multiply, multiply, multiply, add, add, add, add, add, add,
                    add, add>,
        "Five multiplies and eight shifts or exclusive ors, counted as adds, per element."),
    row("NGramRepeatBlock", no_repeat_shape, no_repeat_work,
        "`ngram_size` compares per token so far."),
    row("Pad", pad_shape, only_bytes, kMove, "Pad"),
    row("RemovePadding", remove_padding_shape, only_bytes, kMove),
    row("RestorePadding", restore_padding_shape, only_bytes, kMove),
    row("Rfft", rfft_shape, rfft_work,
        "Per real element half the binary logarithm of the signal's length times two multiplies "
        "and three adds."),
    row("TorchEmbedding", embedding_shape, only_bytes, kMove, "Gather"),
    row("Trilu", trilu_shape, only_bytes, kMove, "Trilu"),
    row("Unique", unique_shape, unique_work,
        "As many compares per element as the binary logarithm of their number: a sort.", "Unique"),
};

}  // namespace

std::span<const Operator> contrib_movement_rows() { return kRows; }

}  // namespace roofbeam
