// Attention as ONNX Runtime's operators have it: queries, keys and values of several heads.
#pragma once

#include <cstdint>

#include "core/operators/operator.hpp"

namespace roofbeam {

// Sizes of scaled dot-product attention: every query of every head meets every key, masked or not.
struct Attention {
  std::int64_t batch = 0;
  std::int64_t heads = 0;
  std::int64_t queries = 0;
  std::int64_t keys = 0;        // with those of the past
  std::int64_t head_size = 0;   // of queries and keys
  std::int64_t value_size = 0;  // of values
  bool masked = false;          // something is added to the scores
};

// MACs of scores and of their sums of values; per score one multiply (scale), one add if masked,
// and softmax.
[[nodiscard]] Work attention_work(const LayerView& view, const Attention& attention);

// Adds the MACs of a projection of `rows` rows by a weight of k rows and n columns, and its bias as
// one add per element; it becomes the layer's matrix.
void add_projection(const LayerView& view, std::int64_t rows, const Shape& weight, bool bias,
                    Work& work);

// size / parts, failing if parts do not divide it.
[[nodiscard]] std::int64_t divide_evenly(const LayerView& view, std::int64_t size,
                                         std::int64_t parts, std::string_view what);

}  // namespace roofbeam
