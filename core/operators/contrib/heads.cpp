// Attention after its projections: MultiHeadAttention, its decoders' and its grouped variant, and
// what encodes positions for them.
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/operators/contrib/attention.hpp"
#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

std::int64_t heads_of(const LayerView& view) { return required_integer(view, "num_heads"); }

// Scalars of 4-D caches: (batch, heads, length, head size).
constexpr std::string_view kCache = "batch, heads, length, head size";

// ---- MultiHeadAttention: queries, keys, values; then by operator

struct HeadInputs {
  std::size_t bias;
  std::size_t mask;
  std::size_t bias_of_scores;
  std::size_t past_key;
  std::size_t past_value;
  std::size_t past_length;
  bool length_shares;  // the past is in a shared buffer if its length is stated
};
constexpr HeadInputs kMultiHead{3, 4, 5, 6, 7, 8, true};
constexpr HeadInputs kDecoder{10, 3, 4, 5, 6, 7, false};

// New keys, and the sizes of a head; all of the keys lie in input 1 if it has 4 dimensions.
struct Keys {
  std::int64_t count;
  std::int64_t head_size;
  std::int64_t value_size;
};

// Queries, keys and values in one: (batch, sequence, heads, 3, head size) or their channels joined.
Keys packed_keys(const LayerView& view) {
  const Shape& query = view.shape(0);
  if (query.size() == 5) return {query[1], query[4], query[4]};
  require_dimensions(view, 0, 3, "batch, sequence, channels");
  const std::int64_t third = divide_evenly(view, query[2], 3, "channels");
  const std::int64_t size = divide_evenly(view, third, heads_of(view), "channels of queries");
  return {query[1], size, size};
}

Keys separate_keys(const LayerView& view) {
  require_dimensions(view, 0, 3, "batch, sequence, channels");
  const Shape& key = view.shape(1);
  const std::int64_t size =
      divide_evenly(view, view.shape(0)[2], heads_of(view), "channels of queries");
  if (key.size() == 5) return {key[1], size, size};  // with values
  const Shape& value = view.shape(2);
  if (key.size() == 4) {
    require_dimensions(view, 2, 4, kCache);
    return {key[2], size, value[3]};
  }
  require_dimensions(view, 1, 3, "batch, sequence, channels");
  require_dimensions(view, 2, 3, "batch, sequence, channels");
  return {key[1], size, divide_evenly(view, value[2], heads_of(view), "channels of values")};
}

Keys keys_of(const LayerView& view) {
  return view.has_input(1) ? separate_keys(view) : packed_keys(view);
}

bool shares_buffer(const LayerView& view, const HeadInputs& inputs) {
  return (inputs.length_shares && view.has_input(inputs.past_length)) ||
         view.integer("past_present_share_buffer", 0) != 0;
}

// Keys of the past. In a buffer that is shared with the present, as many as are known to be there,
// or all that fit less the new ones.
std::int64_t past_length(const LayerView& view, const HeadInputs& inputs, std::int64_t added) {
  if (!view.has_input(inputs.past_key)) return 0;
  require_dimensions(view, inputs.past_key, 4, kCache);
  const std::int64_t length = view.shape(inputs.past_key)[2];
  if (!shares_buffer(view, inputs)) return length;
  const auto* known = view.integers(inputs.past_length);
  const bool usable = known && known->size() == 1 && known->front() >= 0;
  return usable ? std::min(length, known->front()) : std::max<std::int64_t>(0, length - added);
}

Attention heads_attention(const LayerView& view, const HeadInputs& inputs) {
  const Keys keys = keys_of(view);
  const Shape& query = view.shape(0);
  const bool masked = view.has_input(inputs.mask) || view.has_input(inputs.bias_of_scores) ||
                      view.integer("unidirectional", 0) != 0;
  return {.batch = query[0],
          .heads = heads_of(view),
          .queries = query[1],
          .keys = checked_sum(view, past_length(view, inputs, keys.count), keys.count),
          .head_size = keys.head_size,
          .value_size = keys.value_size,
          .masked = masked};
}

// Output, present keys, present values, scores.
template <const HeadInputs& inputs>
std::vector<TensorType> heads_shape(const LayerView& view) {
  const Attention it = heads_attention(view, inputs);
  const ElementType element = view.input(0).element;
  Shape key{it.batch, it.heads, it.keys, it.head_size};
  Shape value{it.batch, it.heads, it.keys, it.value_size};
  if (view.has_input(inputs.past_key) && shares_buffer(view, inputs)) {
    require_dimensions(view, inputs.past_value, 4, kCache);
    key = view.shape(inputs.past_key);
    value = view.shape(inputs.past_value);
  }
  const std::int64_t channels = checked_product(view, it.heads, it.value_size);
  return {{element, {it.batch, it.queries, channels}, {}},
          {element, std::move(key), {}},
          {element, std::move(value), {}},
          {element, {it.batch, it.heads, it.queries, it.keys}, {}}};
}

template <const HeadInputs& inputs>
Work heads_work(const LayerView& view) {
  const Attention it = heads_attention(view, inputs);
  Work work = attention_work(view, it);
  if (view.has_input(inputs.bias)) {
    const std::int64_t rows = checked_product(view, it.batch, it.heads);
    const std::int64_t news = keys_of(view).count;
    count_ops(work,
              count_of(view, std::array{rows, it.queries, it.head_size}) +
                  count_of(view, std::array{rows, news, it.head_size}) +
                  count_of(view, std::array{rows, news, it.value_size}),
              {add});
  }
  return work;
}

// ---- GroupQueryAttention: several heads of queries share one of keys and values

constexpr std::size_t kPastKey = 3;
constexpr std::size_t kPastValue = 4;
constexpr std::size_t kTotalLength = 6;
constexpr std::size_t kBiasOfScores = 10;
constexpr std::size_t kKeyScale = 12;
constexpr std::size_t kQueryNorm = 14;

struct Grouped {
  std::int64_t heads;
  std::int64_t key_heads;
  std::int64_t size;   // of a head
  std::int64_t added;  // new keys
  std::int64_t total;  // with those of the past
};

std::int64_t grouped_size(const LayerView& view, std::int64_t heads, std::int64_t key_heads) {
  const std::int64_t channels = view.shape(0)[2];
  if (view.has_input(1)) return divide_evenly(view, channels, heads, "channels of queries");
  const std::int64_t both = checked_sum(view, heads, checked_product(view, key_heads, 2));
  return divide_evenly(view, channels, both, "channels of queries, keys and values");
}

// Keys altogether: as the file says, or the past's and the new ones.
std::int64_t total_length(const LayerView& view, std::int64_t added) {
  const auto* known = view.integers(kTotalLength);
  if (known && known->size() == 1 && known->front() >= 1) return known->front();
  if (!view.has_input(kPastKey)) return added;
  return checked_sum(view, view.shape(kPastKey)[2], added);
}

Grouped grouped_sizes(const LayerView& view) {
  require_dimensions(view, 0, 3, "batch, sequence, channels");
  if (view.has_input(1)) require_dimensions(view, 1, 3, "batch, sequence, channels");
  for (const std::size_t past : {kPastKey, kPastValue}) {
    if (view.has_input(past)) require_dimensions(view, past, 4, kCache);
  }
  const std::int64_t heads = heads_of(view);
  const std::int64_t key_heads = required_integer(view, "kv_num_heads");
  (void)divide_evenly(view, heads, key_heads, "heads");
  const std::int64_t added = view.shape(view.has_input(1) ? 1 : 0)[1];
  return {heads, key_heads, grouped_size(view, heads, key_heads), added, total_length(view, added)};
}

// The past with the new keys or values; a buffer that has room for them keeps its size. Packed and
// quantized elements stay as they are.
TensorType present(const LayerView& view, std::size_t past, const Grouped& it) {
  const Shape& query = view.shape(0);
  if (!view.has_input(past)) {
    return {view.input(0).element, {query[0], it.key_heads, it.total, it.size}, {}};
  }
  TensorType type = type_of(view, past);
  type.shape[2] = std::max(type.shape[2], it.total);
  return type;
}

std::vector<TensorType> grouped_shape(const LayerView& view) {
  const Grouped it = grouped_sizes(view);
  const Shape& query = view.shape(0);
  const Shape output{query[0], query[1], checked_product(view, it.heads, it.size)};
  const ElementType element = view.input(0).element;
  return {{element, output, {}},
          present(view, kPastKey, it),
          present(view, kPastValue, it),
          {element, {query[0], it.heads, query[1], it.total}, {}}};
}

// Keys that a query meets: those of its window, if there is one.
std::int64_t keys_met(const LayerView& view, const Grouped& it) {
  const std::int64_t window = view.integer("local_window_size", -1);
  return window > 0 ? std::min(it.total, window) : it.total;
}

// What happens to queries and new keys before they meet.
void add_preparation(const LayerView& view, const Grouped& it, Work& work) {
  const Shape& query = view.shape(0);
  const double rows = count_of(view, std::array{query[0], query[1], it.heads}) +
                      count_of(view, std::array{query[0], it.added, it.key_heads});
  const double elements = rows * static_cast<double>(it.size);
  if (view.integer("do_rotary", 0) != 0) count_ops(work, elements, {multiply, multiply, add});
  if (view.has_input(kQueryNorm)) {
    count_ops(work, elements, {add, multiply, multiply, multiply});
    count_ops(work, rows, {divide, divide, square_root});
  }
}

Work grouped_work(const LayerView& view) {
  const Grouped it = grouped_sizes(view);
  const Shape& query = view.shape(0);
  const bool masked = view.has_input(kBiasOfScores) || view.integer("causal", 1) != 0;
  Work work = attention_work(view, {.batch = query[0],
                                    .heads = it.heads,
                                    .queries = query[1],
                                    .keys = keys_met(view, it),
                                    .head_size = it.size,
                                    .value_size = it.size,
                                    .masked = masked});
  add_preparation(view, it, work);
  if (view.has_input(kKeyScale)) {
    const std::int64_t rows = checked_product(view, query[0], it.key_heads);
    count_ops(work, 2 * count_of(view, std::array{rows, keys_met(view, it), it.size}), {multiply});
  }
  return work;
}

// ---- positions

std::vector<TensorType> rotary_shape(const LayerView& view) {
  require_inputs(view, 4);
  return {type_of(view, 0)};
}

std::int64_t length(const LayerView& view, std::size_t i, std::string_view what) {
  const auto& known = view.constant_integers(i, what);
  if (known.size() == 1 && known.front() >= 0) return known.front();
  view.fail(fmt::format("{} ({}) must be one number, not negative", describe_input(view, i), what));
}

// A table of (buckets, heads), numbers of queries and keys.
std::vector<TensorType> relative_shape(const LayerView& view) {
  require_dimensions(view, 0, 2, "buckets, heads");
  const std::int64_t queries = length(view, 1, "the number of queries");
  const std::int64_t keys = length(view, 2, "the number of keys");
  return {{view.input(0).element, {1, view.shape(0)[1], queries, keys}, {}}};
}

// A bucket, logarithmic in the distance, for every pair.
Work relative_work(const LayerView& view) {
  const Shape& output = view.output_shape(0);
  Work work;
  if (output.size() != 4) return work;
  count_ops(work, count_of(view, std::span(output).last(2)),
            {add, compare, compare, exponential, multiply});
  return work;
}

// Queries, their bias, positions, weight, its bias, eco_a, offsets of tokens if not padded.
std::vector<TensorType> gated_shape(const LayerView& view) {
  require_inputs(view, 6);
  require_dimensions(view, 3, 2, "head size, gates");
  const bool packed = view.has_input(6);
  require_dimensions(view, 0, packed ? 2 : 3,
                     packed ? "tokens, channels" : "batch, sequence, channels");
  const std::size_t outer = packed ? 6 : 0;
  if (packed) require_dimensions(view, 6, 2, "batch, sequence");
  const std::int64_t batch = view.shape(outer)[0];
  const std::int64_t sequence = view.shape(outer)[1];
  const Shape output{batch, heads_of(view), sequence, sequence};
  require_broadcast_to(view, 2, output);
  return {{view.input(0).element, output, {}}};
}

Work gated_work(const LayerView& view) {
  const Shape& output = view.output_shape(0);
  const Shape& weight = view.shape(3);
  const std::int64_t rows = elements(view, std::span(output).first(output.size() - 1));
  Work work;
  add_projection(view, rows, weight, true, work);
  count_ops(work, count_of(view, view.shape(0)), {add});
  count_ops(work, count_of(view, std::array{rows, weight[1]}), {add});
  // Two gates a row, each a sigmoid, then three multiplies and adds between them.
  count_ops(work, 2 * static_cast<double>(rows), {exponential, add, divide, multiply, add});
  count_ops(work, count_of(view, output), {multiply});
  return work;
}

// ---- rows

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence, std::uint32_t parameters,
                       std::string_view acts_like = "Attention") {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = parameters,
          .domain = kMicrosoft,
          .acts_like = acts_like};
}

constexpr std::string_view kHeads =
    "MACs of every query with every key, past ones too, and of the values' sums, masked or not; "
    "per score a multiply (scale), an add if masked, and softmax; a bias is one add per new query, "
    "key and value.";

constexpr Operator kRows[] = {
    row("DecoderMaskedMultiHeadAttention", heads_shape<kDecoder>, heads_work<kDecoder>, kHeads,
        0b100'0000'0000),
    row("GatedRelativePositionBias", gated_shape, gated_work,
        "MACs of the gates' projection; one add per query and gate, two sigmoids and their product "
        "per row, and one multiply per output element.",
        0b111010, ""),
    row("GroupQueryAttention", grouped_shape, grouped_work,
        "MACs as of MultiHeadAttention, of each head of queries with the keys of its group or of "
        "its window; rotary positions are two multiplies and one add per query and new key, a "
        "quantized cache one multiply per element.",
        0b1100'0000'0000'0000),
    row("MultiHeadAttention", heads_shape<kMultiHead>, heads_work<kMultiHead>, kHeads, 0b1000),
    row("RelativePositionBias", relative_shape, relative_work,
        "Per query and key one add, two compares, one logarithm and one multiply to find the "
        "bucket.",
        0b1, ""),
    row("RotaryEmbedding", rotary_shape, elementwise<multiply, multiply, add>,
        "Two multiplies and one add per element.", 0, "RotaryEmbedding"),
};

}  // namespace

std::span<const Operator> contrib_heads_rows() { return kRows; }

}  // namespace roofbeam
