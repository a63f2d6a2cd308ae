// What the operators share that ONNX Runtime adds to the standard ones, as its optimizer and
// quantizer write them (https://github.com/microsoft/onnxruntime, docs/ContribOperators.md).
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "core/operators/operator.hpp"

namespace roofbeam {

inline constexpr std::string_view kMicrosoft = "com.microsoft";
inline constexpr std::string_view kInternalNhwc = "com.ms.internal.nhwc";
inline constexpr std::string_view kNchwc = "com.microsoft.nchwc";

// Each operation `times` more often; one that is listed twice counts twice.
void count_ops(Work& work, double times, std::initializer_list<VectorOp> ops);

// Elements, checked, as a number of operations.
[[nodiscard]] double count_of(const LayerView& view, std::span<const std::int64_t> dims);

// The activation that attribute `activation` names, once per output element; nothing if there is
// none. Fails if it is not known.
void add_activation(const LayerView& view, Work& work);

// Softmax of that many elements.
void add_softmax(Work& work, double elements);

// Fails unless input `i` has exactly `rank` dimensions; `names` says which: "batch, length, width".
void require_dimensions(const LayerView& view, std::size_t i, std::size_t rank,
                        std::string_view names);

// An integer attribute that must be there and be at least `least`.
[[nodiscard]] std::int64_t required_integer(const LayerView& view, std::string_view name,
                                            std::int64_t least = 1);

}  // namespace roofbeam
