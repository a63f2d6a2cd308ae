// How much of a network a function makes each time it is put in the place of a call.
#pragma once

#include <cstdint>

#include "core/onnx/model.hpp"

namespace roofbeam::onnx {

// Counts layers, their inputs, outputs and attributes, elements of attributes, and all of that in
// the graphs within: what takes memory, but for weights, which stay in the file.
[[nodiscard]] std::int64_t inlined_size(const Function& function);

}  // namespace roofbeam::onnx
