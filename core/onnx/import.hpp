// ONNX in. The file is memory-mapped and walked once; bytes of weights are never touched, so a
// model of any size costs what its graph costs.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/network/network.hpp"

namespace roofbeam::onnx {

struct ImportOptions {
  // Values of symbolic dimensions by name: --dim batch=4.
  std::map<std::string, std::int64_t> dims = {};
  // How often loops run, by the layer's name: --trips NAME=N.
  std::map<std::string, std::int64_t> trips = {};
  // For looking at a network: dimensions of inputs without a value are no error, but what depends
  // on them is not shaped; inputs without elements are none either.
  bool keep_unbound = false;
};

// Reads, checks and shapes a model: connected, functions put in place, inferred and constants
// folded (core/operators/infer.hpp). Data in other files are looked up beside the model.
// Throws InputError with the file's name, the place, and what to do: not a file, empty, not ONNX,
// truncated, nested too deep, a dimension that is zero, negative or unbound ("--dim NAME=N"),
// external data that are missing or short, functions that call themselves, and all that Network and
// infer throw.
[[nodiscard]] Network import(const std::string& path, const ImportOptions& options = {});

// The same from bytes in memory; `name` stands for the path in messages, and external data are not
// looked up.
[[nodiscard]] Network import_bytes(std::string_view bytes, const std::string& name,
                                   const ImportOptions& options = {});

}  // namespace roofbeam::onnx
