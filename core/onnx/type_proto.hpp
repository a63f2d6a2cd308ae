// TypeProto and ValueInfoProto on the wire.
#pragma once

#include "core/onnx/model.hpp"
#include "core/onnx/pbf.hpp"

namespace roofbeam::onnx {

// Throws InputError when types are nested too deep.
[[nodiscard]] ValueInfo read_value_info(protozero::data_view bytes);

}  // namespace roofbeam::onnx
