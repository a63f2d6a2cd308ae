#include "core/operators/contrib/attention.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/quantization.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

std::int64_t heads_of(const LayerView& view) { return required_integer(view, "num_heads"); }

// ---- Attention with its projection: data, weight of queries, keys and values, bias

// Where else an operator has its inputs.
struct ProjectedInputs {
  std::size_t mask = kNoInput;
  std::size_t past = kNoInput;
  std::size_t bias_of_scores = kNoInput;
  std::size_t past_length = kNoInput;
};
constexpr ProjectedInputs kAttention{.mask = 3, .past = 4, .bias_of_scores = 5, .past_length = 6};
constexpr ProjectedInputs kQAttention{.mask = 5, .past = 8};
constexpr ProjectedInputs kDecoder{.mask = 3, .past = 4, .bias_of_scores = 5, .past_length = 6};

struct Sizes {
  std::int64_t hidden;        // of queries and keys
  std::int64_t value_hidden;  // of values
};

// A third of the weight's columns each, unless qkv_hidden_sizes says otherwise.
Sizes projected_sizes(const LayerView& view) {
  const Shape& weight = view.shape(1);
  const auto sizes = view.integers("qkv_hidden_sizes");
  if (sizes.empty()) {
    const std::int64_t third = divide_evenly(view, weight[1], 3, "columns of the weight");
    return {third, third};
  }
  const bool fits = sizes.size() == 3 && sizes[0] == sizes[1] && sizes[0] > 0 && sizes[2] > 0 &&
                    sizes[0] <= weight[1] && sizes[2] <= weight[1] - sizes[0] &&
                    weight[1] - sizes[0] - sizes[2] == sizes[1];
  if (fits) return {sizes[0], sizes[2]};
  view.fail(
      fmt::format("qkv_hidden_sizes {} must be three sizes that add up to the {} columns of "
                  "{}, the first two equal",
                  to_text(sizes), weight[1], describe_input(view, 1)));
}

void check_projection(const LayerView& view, std::string_view names, std::size_t rank) {
  require_dimensions(view, 0, rank, names);
  require_dimensions(view, 1, 2, "input size, sizes of queries, keys and values");
  const Shape& weight = view.shape(1);
  if (weight[0] != view.shape(0).back()) {
    view.fail(fmt::format("{} and {} do not multiply: {} columns meet {} rows",
                          describe_input(view, 0), describe_input(view, 1), view.shape(0).back(),
                          weight[0]));
  }
  require_shape(view, 2, {weight[1]}, fmt::format("the weight has {} columns", weight[1]));
}

bool shares_buffer(const LayerView& view) {
  return view.integer("past_present_share_buffer", 0) != 0;
}

// Keys that the past holds. In a buffer that is shared with the present, as many as are known to
// be there, or all that fit less the new ones.
std::int64_t past_length(const LayerView& view, const ProjectedInputs& inputs, std::int64_t added) {
  if (!view.has_input(inputs.past)) return 0;
  require_dimensions(view, inputs.past, 5, "keys and values, batch, heads, length, head size");
  const std::int64_t length = view.shape(inputs.past)[3];
  if (!shares_buffer(view)) return length;
  const auto* known = view.integers(inputs.past_length);
  const bool usable = known && known->size() == 1 && known->front() >= 0;
  return usable ? std::min(length, known->front()) : std::max<std::int64_t>(0, length - added);
}

Attention projected_attention(const LayerView& view, const ProjectedInputs& inputs) {
  const Sizes sizes = projected_sizes(view);
  const std::int64_t heads = heads_of(view);
  const Shape& data = view.shape(0);
  const bool masked = view.has_input(inputs.mask) || view.has_input(inputs.bias_of_scores) ||
                      view.integer("unidirectional", 0) != 0;
  return {.batch = data[0],
          .heads = heads,
          .queries = data[1],
          .keys = checked_sum(view, past_length(view, inputs, data[1]), data[1]),
          .head_size = divide_evenly(view, sizes.hidden, heads, "channels of queries"),
          .value_size = divide_evenly(view, sizes.value_hidden, heads, "channels of values"),
          .masked = masked};
}

// Output, and the past with the new keys and values.
std::vector<TensorType> projected(const LayerView& view, const ProjectedInputs& inputs,
                                  ElementType element) {
  check_projection(view, "batch, sequence, input size", 3);
  const Attention it = projected_attention(view, inputs);
  const Shape& data = view.shape(0);
  const Shape output{data[0], data[1], projected_sizes(view).value_hidden};
  Shape present{2, it.batch, it.heads, it.keys, it.head_size};
  if (view.has_input(inputs.past) && shares_buffer(view)) present = view.shape(inputs.past);
  return {{element, output, {}}, {element, present, {}}};
}

template <const ProjectedInputs& inputs>
std::vector<TensorType> projected_shape(const LayerView& view) {
  return projected(view, inputs, view.input(0).element);
}

template <const ProjectedInputs& inputs>
Work projected_work(const LayerView& view) {
  const Shape& data = view.shape(0);
  Work work = attention_work(view, projected_attention(view, inputs));
  add_projection(view, checked_product(view, data[0], data[1]), view.shape(1), view.has_input(2),
                 work);
  if (view.integer("do_rotary", 0) != 0) {
    const double rotated =
        2 * count_of(view, std::array{data[0], data[1], projected_sizes(view).hidden});
    count_ops(work, rotated, {multiply, multiply, add});
  }
  return work;
}

// Data and weight of 8 bits, bias, their scales, mask, their zero points, past.
std::vector<TensorType> quantized_shape(const LayerView& view) {
  require_inputs(view, 5);
  return projected(view, kQAttention, view.input(3).element);
}

Work quantized_work(const LayerView& view) {
  Work work = projected_work<kQAttention>(view);
  const Shape& data = view.shape(0);
  const double scaled = count_of(view, std::array{data[0], data[1], view.shape(1)[1]});
  count_ops(work, scaled, {multiply});
  return work;
}

// ---- the same without padding: (tokens, channels), and each token's offset in (batch, sequence)

// Every token meets as many keys as the longest sequence has: at most.
std::vector<TensorType> packed_shape(const LayerView& view) {
  check_projection(view, "tokens, input size", 2);
  require_dimensions(view, 3, 2, "batch, sequence");
  const Shape& data = view.shape(0);
  return {{view.input(0).element, {data[0], projected_sizes(view).value_hidden}, {}}};
}

Attention packed_attention(const LayerView& view, const Sizes& sizes, const Shape& offsets,
                           bool masked) {
  const std::int64_t heads = heads_of(view);
  return {.batch = 1,
          .heads = heads,
          .queries = view.shape(0)[0],
          .keys = offsets[1],
          .head_size = divide_evenly(view, sizes.hidden, heads, "channels of queries"),
          .value_size = divide_evenly(view, sizes.value_hidden, heads, "channels of values"),
          .masked = masked};
}

Work packed_work(const LayerView& view) {
  Work work = attention_work(
      view, packed_attention(view, projected_sizes(view), view.shape(3), view.has_input(5)));
  add_projection(view, view.shape(0)[0], view.shape(1), view.has_input(2), work);
  return work;
}

// Queries, keys, values, bias; or queries as (tokens, heads, 3, head size) with all of them.
Sizes packed_heads_sizes(const LayerView& view) {
  const Shape& query = view.shape(0);
  if (!view.has_input(1)) {
    require_dimensions(view, 0, 4, "tokens, heads, 3, head size");
    const std::int64_t hidden = checked_product(view, query[1], query[3]);
    return {hidden, hidden};
  }
  for (const std::size_t i : {0u, 1u, 2u}) require_dimensions(view, i, 2, "tokens, channels");
  return {query[1], view.shape(2)[1]};
}

std::vector<TensorType> packed_heads_shape(const LayerView& view) {
  const Sizes sizes = packed_heads_sizes(view);
  require_dimensions(view, 4, 2, "batch, sequence");
  (void)packed_attention(view, sizes, view.shape(4), false);
  return {{view.input(0).element, {view.shape(0)[0], sizes.value_hidden}, {}}};
}

Work packed_heads_work(const LayerView& view) {
  const Sizes sizes = packed_heads_sizes(view);
  Work work = attention_work(view, packed_attention(view, sizes, view.shape(4), view.has_input(6)));
  if (view.has_input(3)) {
    const double channels =
        2 * static_cast<double>(sizes.hidden) + static_cast<double>(sizes.value_hidden);
    count_ops(work, static_cast<double>(view.shape(0)[0]) * channels, {add});
  }
  return work;
}

// ---- LongformerAttention: a window of tokens on both sides

constexpr std::size_t kGlobalWeight = 4;

std::vector<TensorType> longformer_shape(const LayerView& view) {
  check_projection(view, "batch, sequence, input size", 3);
  (void)required_integer(view, "window");
  (void)divide_evenly(view, view.shape(0)[2], heads_of(view), "channels");
  require_shape(view, kGlobalWeight, view.shape(1), "the local weight has this shape");
  return {type_of(view, 0)};
}

Work longformer_work(const LayerView& view) {
  const Shape& data = view.shape(0);
  const std::int64_t heads = heads_of(view);
  const std::int64_t window = checked_product(view, required_integer(view, "window"), 2);
  const std::int64_t keys = std::min(data[1], checked_sum(view, window, 1));
  const std::int64_t size = divide_evenly(view, data[2], heads, "channels");
  Work work = attention_work(view, {.batch = data[0],
                                    .heads = heads,
                                    .queries = data[1],
                                    .keys = keys,
                                    .head_size = size,
                                    .value_size = size,
                                    .masked = true});
  const std::int64_t rows = checked_product(view, data[0], data[1]);
  for (const std::size_t weight : {std::size_t{1}, kGlobalWeight}) {
    add_projection(view, rows, view.shape(weight), true, work);
  }
  return work;
}

// ---- rows

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence, std::uint32_t parameters,
                       std::uint32_t statistics = 0) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = parameters,
          .statistic_inputs = statistics,
          .domain = kMicrosoft,
          .acts_like = "Attention"};
}

constexpr std::string_view kProjected =
    "MACs of the projection to queries, keys and values, of every query with every key, past ones "
    "too, and of the values' sums, masked or not; per score a multiply (scale), an add if masked, "
    "and softmax.";

constexpr Operator kRows[] = {
    row("Attention", projected_shape<kAttention>, projected_work<kAttention>, kProjected, 0b110),
    row("DecoderMaskedSelfAttention", projected_shape<kDecoder>, projected_work<kDecoder>,
        kProjected, 0b110),
    row("LongformerAttention", longformer_shape, longformer_work,
        "MACs of a local and a global projection and of every query with the keys of its window on "
        "both sides; which tokens attend globally is known only at run time and not counted.",
        0b110110),
    row("PackedAttention", packed_shape, packed_work,
        "As Attention, where every token meets as many keys as the longest sequence has.", 0b110),
    row("PackedMultiHeadAttention", packed_heads_shape, packed_heads_work,
        "As MultiHeadAttention, where every token meets as many keys as the longest sequence has.",
        0b1000),
    row("QAttention", quantized_shape, quantized_work,
        "As Attention, and one multiply per projected element to dequantize it.", 0b110,
        0b011011000),
};

}  // namespace

Work attention_work(const LayerView& view, const Attention& it) {
  const std::int64_t batch = checked_product(view, it.batch, it.heads);
  Work work = matrix_product(view, {.batch = batch,
                                    .m = it.queries,
                                    .n = it.keys,
                                    .k = checked_sum(view, it.head_size, it.value_size)});
  const double scores = count_of(view, std::array{batch, it.queries, it.keys});
  count_ops(work, scores, {multiply});
  if (it.masked) count_ops(work, scores, {add});
  add_softmax(work, scores);
  return work;
}

void add_projection(const LayerView& view, std::int64_t rows, const Shape& weight, bool bias,
                    Work& work) {
  const Work projection =
      matrix_product(view, {.batch = 1, .m = rows, .n = weight[1], .k = weight[0]});
  work.macs = checked_sum(view, work.macs, projection.macs);
  work.matrix = projection.matrix;
  if (bias) count_ops(work, count_of(view, std::array{rows, weight[1]}), {add});
}

std::int64_t divide_evenly(const LayerView& view, std::int64_t size, std::int64_t parts,
                           std::string_view what) {
  if (parts > 0 && size % parts == 0) return size / parts;
  view.fail(fmt::format("its {} {} do not divide into {} parts", size, what, parts));
}

std::span<const Operator> contrib_attention_rows() { return kRows; }

}  // namespace roofbeam
