// Normalisations that ONNX Runtime's optimizer fuses: with a sum before them, without a mean, or
// after embeddings.
#include <fmt/core.h>

#include <algorithm>

#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

// Mean, variance, normalisation, scale and shift.
void add_norm(Work& work, double elements, double rows) {
  count_ops(work, elements, {add, add, add, add, multiply, multiply, multiply});
  count_ops(work, rows, {divide, divide, divide, square_root});
}

// The same without mean and shift: by the root of the mean square.
void add_root_mean_square(Work& work, double elements, double rows) {
  count_ops(work, elements, {add, multiply, multiply, multiply});
  count_ops(work, rows, {divide, divide, square_root});
}

double count(const LayerView& view) { return count_of(view, view.shape(0)); }

// ---- SimplifiedLayerNormalization

std::size_t norm_axis(const LayerView& view) {
  return view.axis(view.integer("axis", -1), view.shape(0).size());
}

Shape statistics_shape(const LayerView& view, std::size_t axis) {
  Shape shape = view.shape(0);
  std::fill(shape.begin() + static_cast<std::ptrdiff_t>(axis), shape.end(), 1);
  return shape;
}

std::vector<TensorType> simplified_shape(const LayerView& view) {
  const std::size_t axis = norm_axis(view);
  const Shape& data = view.shape(0);
  const Shape normalised(data.begin() + static_cast<std::ptrdiff_t>(axis), data.end());
  require_inputs(view, 2);
  require_broadcast_to(view, 1, normalised);
  return {{view.input(1).element, data, {}}, {ElementType::f32, statistics_shape(view, axis), {}}};
}

Work simplified_work(const LayerView& view) {
  Work work;
  const double rows = count_of(view, std::span(view.shape(0)).first(norm_axis(view)));
  add_root_mean_square(work, count(view), rows);
  return work;
}

// ---- SkipLayerNormalization: input, skip, scale, shift (not if simplified), bias

// Output, mean, inverse deviation, and the sum that is normalised.
template <std::size_t bias>
std::vector<TensorType> skip_shape(const LayerView& view) {
  require_rank(view, 2);
  require_inputs(view, 3);
  const Shape& data = view.shape(0);
  require_broadcast_to(view, 1, data);
  for (std::size_t i = 2; i <= bias; ++i) {
    require_shape(
        view, i, {data.back()},
        fmt::format("rows of input 0 '{}' have {} elements", view.input(0).name, data.back()));
  }
  const TensorType statistic{ElementType::f32, statistics_shape(view, data.size() - 1), {}};
  return {type_of(view, 0), statistic, statistic, type_of(view, 0)};
}

double rows_of_data(const LayerView& view) {
  const Shape& data = view.shape(0);
  return count_of(view, std::span(data).first(data.size() - 1));
}

template <std::size_t bias, void (*norm)(Work&, double, double)>
Work skip_work(const LayerView& view) {
  Work work;
  norm(work, count(view), rows_of_data(view));
  count_ops(work, count(view), {add});
  if (view.has_input(bias)) count_ops(work, count(view), {add});
  return work;
}

// ---- EmbedLayerNormalization: word and segment numbers, tables of words, positions, segments

constexpr std::size_t kWords = 2;
constexpr std::size_t kSegments = 4;

// Output, mask index, sum of the embeddings.
std::vector<TensorType> embedded(const LayerView& view, ElementType element) {
  require_dimensions(view, 0, 2, "batch, sequence");
  for (const std::size_t table : {kWords, kWords + 1}) {
    require_dimensions(view, table, 2, "entries, hidden size");
  }
  const std::int64_t hidden = view.shape(kWords)[1];
  for (const std::size_t i : {5u, 6u}) {
    require_shape(view, i, {hidden}, fmt::format("the hidden size is {}", hidden));
  }
  const Shape& ids = view.shape(0);
  const TensorType output{element, {ids[0], ids[1], hidden}, {}};
  return {output, {ElementType::i32, {ids[0]}, {}}, output};
}

std::vector<TensorType> embed_shape(const LayerView& view) {
  return embedded(view, view.input(kWords).element);
}

// Tables of 8 bits; input 8 is the first scale.
std::vector<TensorType> quantized_embed_shape(const LayerView& view) {
  return embedded(view, view.input(8).element);
}

Work embed_work(const LayerView& view) {
  const double elements = count_of(view, view.output_shape(0));
  Work work;
  add_norm(work, elements, count_of(view, view.shape(0)));
  count_ops(work, elements, {add});
  if (view.has_input(kSegments)) count_ops(work, elements, {add});
  return work;
}

Work quantized_embed_work(const LayerView& view) {
  Work work = embed_work(view);
  const double elements = count_of(view, view.output_shape(0));
  count_ops(work, elements, {multiply, add, multiply, add});
  if (view.has_input(kSegments)) count_ops(work, elements, {multiply, add});
  return work;
}

// ---- GroupNorm: data, scale, shift; SkipGroupNorm: also skip and bias

constexpr std::size_t kSkip = 3;
constexpr std::size_t kSkipBias = 4;

std::int64_t channels(const LayerView& view) {
  return view.integer("channels_last", 1) != 0 ? view.shape(0).back() : view.shape(0)[1];
}

std::int64_t groups(const LayerView& view) {
  const std::int64_t groups = required_integer(view, "groups");
  if (channels(view) % groups == 0) return groups;
  view.fail(fmt::format("the {} channels of {} do not divide into {} groups", channels(view),
                        describe_input(view, 0), groups));
}

// Output, and the sum that is normalised.
std::vector<TensorType> group_shape(const LayerView& view) {
  require_rank(view, 3);
  require_inputs(view, 3);
  (void)groups(view);
  for (const std::size_t i : {std::size_t{1}, std::size_t{2}, kSkipBias}) {
    require_shape(view, i, {channels(view)},
                  fmt::format("{} has {} channels", describe_input(view, 0), channels(view)));
  }
  return {type_of(view, 0), type_of(view, 0)};
}

std::vector<TensorType> skip_group_shape(const LayerView& view) {
  require_inputs(view, 4);
  return group_shape(view);
}

Work group_work(const LayerView& view) {
  Work work;
  const std::int64_t rows = checked_product(view, view.shape(0)[0], groups(view));
  add_norm(work, count(view), static_cast<double>(rows));
  for (const std::size_t i : {kSkip, kSkipBias}) {
    if (view.has_input(i)) count_ops(work, count(view), {add});
  }
  const bool silu = view.integer("activation", 0) != 0;
  if (silu) count_ops(work, count(view), {exponential, add, divide, multiply});
  return work;
}

// ---- rows

constexpr Operator row(std::string_view domain, std::string_view name, ShapeRule shape,
                       WorkRule work, std::string_view sentence, std::uint32_t parameters,
                       std::string_view acts_like = "LayerNormalization") {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = parameters,
          .domain = domain,
          .acts_like = acts_like};
}

constexpr std::string_view kSimplified =
    "Per element three multiplies and one add (mean square, normalisation, scale), per row two "
    "divides and a square root.";

constexpr Operator kRows[] = {
    // ONNX Runtime writes it into the standard domain.
    row("", "SimplifiedLayerNormalization", simplified_shape, simplified_work, kSimplified, 0b10),
    row(kMicrosoft, "SimplifiedLayerNormalization", simplified_shape, simplified_work, kSimplified,
        0b10),
    row(kMicrosoft, "SkipLayerNormalization", skip_shape<4>, skip_work<4, add_norm>,
        "As LayerNormalization, and one add per element for the sum before it and one for a bias.",
        0b11100),
    row(kMicrosoft, "SkipSimplifiedLayerNormalization", skip_shape<3>,
        skip_work<3, add_root_mean_square>,
        "As SimplifiedLayerNormalization, and one add per element for the sum before it and one "
        "for a bias.",
        0b1100),
    row(kMicrosoft, "EmbedLayerNormalization", embed_shape, embed_work,
        "As LayerNormalization, and one add per element for positions and one for segments.",
        0b111'1100),
    {.name = "QEmbedLayerNormalization",
     .shape = quantized_embed_shape,
     .work = quantized_embed_work,
     .sentence = "As EmbedLayerNormalization, and one multiply and one add per element of each "
                 "embedding to dequantize it.",
     .parameter_inputs = 0b111'1100,
     .statistic_inputs = 0b11'1111'1111'0000'0000,
     .domain = kMicrosoft,
     .acts_like = "LayerNormalization"},
    row(kMicrosoft, "GroupNorm", group_shape, group_work,
        "As GroupNormalization; the activation SiLU is one exponential, one add, one divide and "
        "one multiply per element.",
        0b110, "GroupNormalization"),
    row(kMicrosoft, "SkipGroupNorm", skip_group_shape, group_work,
        "As GroupNorm, and one add per element for the sum before it and one for a bias.", 0b10110,
        "GroupNormalization"),
};

}  // namespace

std::span<const Operator> contrib_norm_rows() { return kRows; }

}  // namespace roofbeam
