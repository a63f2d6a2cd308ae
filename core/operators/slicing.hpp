// Slice: which elements, at which opset.
#pragma once

#include <vector>

#include "core/operators/operator.hpp"

namespace roofbeam {

// Starts, ends, axes and steps are attributes before opset 10 and inputs after that. Negative
// positions count from the end, and what lies outside is clamped, as in NumPy.
[[nodiscard]] std::vector<TensorType> slice_shape(const LayerView& view);

}  // namespace roofbeam
