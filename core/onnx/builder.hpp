// From names in a file to a connected Network: initializers become weights, nodes become layers,
// model-local functions are put in the place of their calls, graphs in attributes become Subgraphs.
#pragma once

#include "core/network/network.hpp"
#include "core/onnx/external_files.hpp"
#include "core/onnx/import.hpp"
#include "core/onnx/model.hpp"

namespace roofbeam::onnx {

// Not inferred yet. Throws InputError as `import` says.
[[nodiscard]] Network build(Model model, const ImportOptions& options, ExternalFiles& files);

}  // namespace roofbeam::onnx
