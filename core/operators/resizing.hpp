// Pad, Resize and Upsample: the same tensor at another size.
#pragma once

#include <vector>

#include "core/operators/operator.hpp"

namespace roofbeam {

// Pads are an attribute before opset 11, input 1 after that, for the axes of input 3 from 18 on;
// negative ones crop.
[[nodiscard]] std::vector<TensorType> pad_shape(const LayerView& view);

// By scales (input 2, at opset 10 input 1) or sizes (input 3), for all axes or those of `axes`;
// keep_aspect_ratio_policy not_larger and not_smaller take one scale for all of them. With
// tf_crop_and_resize scales are of the region that input 1 keeps.
[[nodiscard]] std::vector<TensorType> resize_shape(const LayerView& view);
[[nodiscard]] Work resize_work(const LayerView& view);

// Resize's ancestor: scales as an attribute, from opset 9 as input 1.
[[nodiscard]] std::vector<TensorType> upsample_shape(const LayerView& view);

}  // namespace roofbeam
