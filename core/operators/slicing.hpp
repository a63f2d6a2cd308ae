// Slice: which elements, at which opset.
#pragma once

#include <vector>

#include "core/operators/operator.hpp"

namespace roofbeam {

// Starts, ends, axes and steps are attributes before opset 10 and inputs after that. Negative
// positions count from the end, and what lies outside is clamped, as in NumPy. Positions that
// depend on data leave at most what the known ones do.
[[nodiscard]] std::vector<TensorType> slice_shape(const LayerView& view);

}  // namespace roofbeam
