// ONNX in. The file is memory-mapped and walked once; bytes of weights are never touched, so a
// model of any size costs what its graph costs.
#pragma once

#include <map>
#include <string>

#include "core/network/network.hpp"

namespace roofbeam::onnx {

struct ImportOptions {
  // Values of symbolic dimensions by name: --dim batch=4.
  std::map<std::string, std::int64_t> dims;
};

// Reads, checks and shapes a model: connected, inferred (core/operators/infer.hpp), constants
// folded. Throws InputError with the file's name, the place, and what to do: not a file, empty, not
// ONNX, truncated, nested too deep, a dimension that is zero, negative or unbound ("--dim NAME=N"),
// and all that Network and infer throw.
[[nodiscard]] Network import(const std::string& path, const ImportOptions& options = {});

// The same from bytes in memory; `name` stands for the path in messages.
[[nodiscard]] Network import_bytes(std::string_view bytes, const std::string& name,
                                   const ImportOptions& options = {});

}  // namespace roofbeam::onnx
