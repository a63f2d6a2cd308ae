// Pooling in any layout. The work depends on the numbers of elements only.
#pragma once

#include "core/operators/operator.hpp"

namespace roofbeam {

// The output, in the layout of input 0: (batch, channels, spatial dimensions) or channels last.
[[nodiscard]] Shape pooled_shape(const LayerView& view, bool channels_last = false);
[[nodiscard]] Shape globally_pooled_shape(const LayerView& view, bool channels_last = false);

// One compare, or one add, per element of every window; an average divides once per output element.
[[nodiscard]] Work max_pool_work(const LayerView& view);
[[nodiscard]] Work average_pool_work(const LayerView& view);
[[nodiscard]] Work global_max_pool_work(const LayerView& view);
[[nodiscard]] Work global_average_pool_work(const LayerView& view);

}  // namespace roofbeam
