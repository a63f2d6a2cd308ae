// What a layer multiplies, as the file stores it.
#pragma once

#include <string>

#include "core/network/network.hpp"

namespace roofbeam {

struct StoredPrecision {
  ElementType activations = ElementType::undefined;
  ElementType weights = ElementType::undefined;  // undefined: the layer has none
  friend bool operator==(const StoredPrecision&, const StoredPrecision&) = default;
};

// Activations are the layer's first input that is no constant, or, where that only selects or
// tests (int64, int32, bool), its first output; weights are its first constant of trained numbers.
[[nodiscard]] StoredPrecision stored_precision(const Network& network, const Layer& layer);

// "float32", "int8", "float32, int4 weights".
[[nodiscard]] std::string to_text(const StoredPrecision& precision);

}  // namespace roofbeam
