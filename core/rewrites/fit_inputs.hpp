// What a file hard-codes for the old sizes of its inputs follows the new ones.
#pragma once

#include "core/rewrites/refit.hpp"

namespace roofbeam {

// For inputs of another resolution, batch or length. Shapes that the graph computes follow by
// themselves; of those that the file states as constants,
// - Reshape's target is regrouped (regroup.hpp);
// - Expand's and Resize's sizes follow, the latter in proportion, and Slice's and Split's positions
//   where they stood for the whole or do not fit any more;
// - a pooling or convolution kernel as large as its input stays as large as its input;
// - the weight of a Gemm or MatMul gets as many rows as its input now has columns, and constants
//   that are added, multiplied or concatenated (position embeddings, masks) the activations' sizes.
// Each is noted. What still does not fit is left for the inference to refuse.
[[nodiscard]] Fit fit_inputs();

}  // namespace roofbeam
