// What one run of a layer reads and writes, at the sizes that the file stores.
#pragma once

#include "core/network/network.hpp"

namespace roofbeam {

struct LayerBytes {
  double read = 0;     // inputs, constants among them, each once
  double written = 0;  // outputs
};

// Nothing for a view. Of a table that is looked up (Gather) only as much is read as comes out.
// Tensors whose shape is unknown are left out.
[[nodiscard]] LayerBytes layer_bytes(const Network& network, const Layer& layer);

// Elements at their stored size; of a container, its items'.
[[nodiscard]] double tensor_bytes(const Tensor& tensor);

}  // namespace roofbeam
