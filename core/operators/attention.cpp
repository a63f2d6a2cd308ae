// Attention of transformers as one operator, and what stands around it: rotary embedding and the
// update of a cache of keys and values.
#include <fmt/core.h>

#include <array>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

// Inputs of Attention.
constexpr std::size_t kQuery = 0;
constexpr std::size_t kKey = 1;
constexpr std::size_t kValue = 2;
constexpr std::size_t kMask = 3;
constexpr std::size_t kPastKey = 4;
constexpr std::size_t kPastValue = 5;
constexpr std::size_t kLengths = 6;

// A query, key or value as four dimensions, heads before tokens.
struct Heads {
  std::int64_t batch;
  std::int64_t heads;
  std::int64_t tokens;
  std::int64_t size;  // of one head
};

std::int64_t stated_heads(const LayerView& view, std::string_view attribute) {
  const auto heads = view.integer(attribute, 0);
  if (heads >= 1) return heads;
  view.fail(
      fmt::format("{} is {}; it must be at least 1 for inputs of 3 dimensions", attribute, heads));
}

// 3 dimensions are batch, tokens, and all heads side by side.
Heads heads_of(const LayerView& view, std::size_t i, std::string_view attribute) {
  const Shape& shape = view.shape(i);
  if (shape.size() == 4) return {shape[0], shape[1], shape[2], shape[3]};
  if (shape.size() != 3) {
    view.fail(fmt::format("{} must have 3 or 4 dimensions", describe_input(view, i)));
  }
  const auto heads = stated_heads(view, attribute);
  if (shape[2] % heads != 0) {
    view.fail(fmt::format("the {} features of {} do not divide into {} heads", shape[2],
                          describe_input(view, i), heads));
  }
  return {shape[0], heads, shape[1], shape[2] / heads};
}

// ---- Attention

struct Sizes {
  Heads query;
  Heads key;
  Heads value;
  std::int64_t tokens;  // of past and incoming keys together
};

void check_ranks(const LayerView& view) {
  for (const std::size_t i : {kKey, kValue}) {
    if (view.shape(i).size() == view.shape(kQuery).size()) continue;
    view.fail(fmt::format("{} and {} must have the same number of dimensions",
                          describe_input(view, kQuery), describe_input(view, i)));
  }
}

void check_heads(const LayerView& view, const Sizes& sizes) {
  const auto& [query, key, value, tokens] = sizes;
  const bool match = query.batch == key.batch && query.size == key.size &&
                     key.batch == value.batch && key.heads == value.heads &&
                     key.tokens == value.tokens;
  if (!match) {
    view.fail(fmt::format("{}, {} and {} do not belong together", describe_input(view, kQuery),
                          describe_input(view, kKey), describe_input(view, kValue)));
  }
  if (key.heads == 0 || query.heads % key.heads != 0) {
    view.fail(fmt::format("the {} heads of the query do not divide among the {} of the key",
                          query.heads, key.heads));
  }
}

// Tokens in the past; 0 without a past.
std::int64_t past_tokens(const LayerView& view) {
  if (view.has_input(kPastKey) != view.has_input(kPastValue)) {
    view.fail("past_key and past_value must be used together");
  }
  if (!view.has_input(kPastKey)) return 0;
  const Shape& past = view.shape(kPastKey);
  if (past.size() != 4) {
    view.fail(fmt::format("{} must have 4 dimensions", describe_input(view, kPastKey)));
  }
  return past[2];
}

Shape cache_shape(const Heads& heads, std::int64_t tokens) {
  return {heads.batch, heads.heads, tokens, heads.size};
}

Sizes sizes_of(const LayerView& view) {
  check_ranks(view);
  Sizes sizes{heads_of(view, kQuery, "q_num_heads"), heads_of(view, kKey, "kv_num_heads"),
              heads_of(view, kValue, "kv_num_heads"), 0};
  sizes.tokens = checked_sum(view, past_tokens(view), sizes.key.tokens);
  return sizes;
}

Shape score_shape(const Sizes& sizes) {
  return {sizes.query.batch, sizes.query.heads, sizes.query.tokens, sizes.tokens};
}

// The last dimension of a mask may be shorter than there are keys: the others take no part.
void check_mask(const LayerView& view, const Sizes& sizes) {
  if (!view.has_input(kMask)) return;
  Shape target = score_shape(sizes);
  const Shape& mask = view.shape(kMask);
  if (!mask.empty() && mask.back() < target.back()) target.back() = mask.back();
  require_broadcast_to(view, kMask, target);
}

void check_inputs(const LayerView& view, const Sizes& sizes) {
  check_heads(view, sizes);
  check_mask(view, sizes);
  const std::string_view why = "it extends the key and value";
  const auto past = sizes.tokens - sizes.key.tokens;
  require_shape(view, kPastKey, cache_shape(sizes.key, past), why);
  require_shape(view, kPastValue, cache_shape(sizes.value, past), why);
  const auto batch = sizes.query.batch;
  require_shape(view, kLengths, {batch}, fmt::format("the batch is {}", batch));
}

Shape result_shape(const LayerView& view, const Sizes& sizes) {
  const Heads& query = sizes.query;
  const auto size = sizes.value.size;
  if (view.shape(kQuery).size() == 4) return {query.batch, query.heads, query.tokens, size};
  return {query.batch, query.tokens, checked_product(view, query.heads, size)};
}

// Result, present key, present value and, to look at, the scores.
std::vector<TensorType> attention_shape(const LayerView& view) {
  const Sizes sizes = sizes_of(view);
  check_inputs(view, sizes);
  const auto element = view.input(kQuery).element;
  return {{element, result_shape(view, sizes), {}},
          {view.input(kKey).element, cache_shape(sizes.key, sizes.tokens), {}},
          {view.input(kValue).element, cache_shape(sizes.value, sizes.tokens), {}},
          {element, score_shape(sizes), {}}};
}

// How often each score is compared for being masked by its place.
int place_masks(const LayerView& view) {
  int masks = view.integer("is_causal", 0) != 0 ? 1 : 0;
  if (view.integer("left_window_size", -1) >= 0) ++masks;
  if (view.integer("right_window_size", -1) >= 0) ++masks;
  return masks;
}

// Scores and results are two products over the same queries and keys, counted as one over the sizes
// of both heads; query heads that share a key are further rows.
Work attention_work(const LayerView& view) {
  const auto sizes = sizes_of(view);
  const auto sharing = sizes.query.heads / sizes.key.heads;
  Work work =
      matrix_product(view, {.batch = checked_product(view, sizes.key.batch, sizes.key.heads),
                            .m = checked_product(view, sizes.query.tokens, sharing),
                            .n = sizes.tokens,
                            .k = checked_sum(view, sizes.key.size, sizes.value.size)});
  const auto scores = static_cast<double>(elements(view, score_shape(sizes)));
  work.ops(multiply) = scores;
  work.ops(compare) = scores * (1 + place_masks(view));
  work.ops(add) = scores * (view.has_input(kMask) ? 3 : 2);
  work.ops(exponential) = scores;
  work.ops(divide) = scores;
  if (view.real("softcap", 0) != 0) {
    work.ops(multiply) += 2 * scores;
    work.ops(exponential) += scores;
  }
  return work;
}

// ---- RotaryEmbedding

constexpr std::size_t kCosine = 1;
constexpr std::size_t kSine = 2;
constexpr std::size_t kPositions = 3;

std::int64_t rotated_size(const LayerView& view) {
  const auto head = heads_of(view, 0, "num_heads").size;
  const auto stated = view.integer("rotary_embedding_dim", 0);
  const auto rotated = stated == 0 ? head : stated;
  if (rotated >= 0 && rotated <= head && rotated % 2 == 0) return rotated;
  view.fail(
      fmt::format("it rotates {} of the {} elements of a head; it must be an even number of "
                  "them",
                  rotated, head));
}

// Without positions there is one row of cosines and sines per token.
std::vector<TensorType> rotary_shape(const LayerView& view) {
  require_inputs(view, 3);
  const auto [batch, heads, tokens, size] = heads_of(view, 0, "num_heads");
  const auto half = rotated_size(view) / 2;
  Shape cache{batch, tokens, half};
  if (view.has_input(kPositions)) {
    require_shape(view, kPositions, {batch, tokens}, "each token has a position");
    if (view.shape(kCosine).size() != 2) {
      view.fail(fmt::format("{} must have 2 dimensions", describe_input(view, kCosine)));
    }
    cache = {view.shape(kCosine)[0], half};
  }
  for (const std::size_t i : {kCosine, kSine}) {
    require_shape(view, i, cache, fmt::format("{} elements of a head are rotated", 2 * half));
  }
  return {type_of(view, 0)};
}

Work rotary_work(const LayerView& view) {
  const auto [batch, heads, tokens, size] = heads_of(view, 0, "num_heads");
  const auto rotated =
      static_cast<double>(elements(view, std::array{batch, heads, tokens, rotated_size(view)}));
  Work work;
  work.ops(multiply) = 2 * rotated;
  work.ops(add) = rotated;
  return work;
}

// ---- TensorScatter

std::vector<TensorType> cache_update_shape(const LayerView& view) {
  require_rank(view, 2);
  const Shape& cache = view.shape(0);
  const Shape& update = view.shape(1);
  const auto axis = view.axis(view.integer("axis", -2), cache.size());
  if (axis == 0) view.fail("axis is 0, which is the batch; it must be another one");
  Shape room = cache;
  if (update.size() == cache.size() && update[axis] < room[axis]) room[axis] = update[axis];
  require_shape(view, 1, room, fmt::format("it must fit into {}", describe_input(view, 0)));
  require_shape(view, 2, {cache[0]}, fmt::format("the batch is {}", cache[0]));
  return {type_of(view, 0)};
}

constexpr Operator kRows[] = {
    {.name = "Attention",
     .shape = attention_shape,
     .work = attention_work,
     .sentence =
         "MACs are scores (batch, query heads, queries, past and incoming keys) times the sizes of "
         "a key and of a value head; per score a multiply (scale), a softmax of one compare, two "
         "adds, one exponential and one divide, an add for a mask, a compare for each bound of "
         "places, and two multiplies and an exponential for a soft cap; masked scores count.",
     .parameter_inputs = 0},
    {.name = "RotaryEmbedding",
     .shape = rotary_shape,
     .work = rotary_work,
     .sentence = "Two multiplies and one add per rotated element.",
     .parameter_inputs = 0},
    {.name = "TensorScatter",
     .shape = cache_update_shape,
     .work = only_bytes,
     .sentence = "No arithmetic: its cost is the bytes it moves.",
     .parameter_inputs = 0},
};

}  // namespace

std::span<const Operator> attention_rows() { return kRows; }

}  // namespace roofbeam
