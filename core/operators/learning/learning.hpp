// What the operators of ai.onnx.ml share: rows of features, and lists as attributes.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/operators/operator.hpp"

namespace roofbeam {

inline constexpr std::string_view kLearning = "ai.onnx.ml";

// A tensor [N, C], or a vector [C] as one row.
struct Table {
  std::int64_t rows = 1;
  std::int64_t columns = 0;
};
[[nodiscard]] Table table(const LayerView& view, std::size_t i);

// How many elements an attribute lists, also as a tensor; 0 if it is absent.
[[nodiscard]] std::int64_t listed(const LayerView& view, std::string_view name);

}  // namespace roofbeam
