// An ONNX file as it is written, before names are resolved: the part of onnx.proto that Roofbeam
// reads. Text points into the file's bytes, which must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/network/tensor.hpp"

namespace roofbeam::onnx {

// TensorProto: its type and, if small, its elements; large data stay untouched in the file.
struct StoredTensor {
  std::string_view name;
  TensorType type;
};

struct Node {
  std::string_view name;
  std::string_view op;
  std::string_view domain;
  std::vector<std::string_view> inputs;
  std::vector<std::string_view> outputs;
  std::vector<Attribute> attributes;
};

// One dimension of a value: a number, a name, or neither.
struct Dimension {
  std::optional<std::int64_t> value;
  std::string_view name;
};

// ValueInfoProto of a tensor. `shape` is empty when the file states no shape at all.
struct ValueInfo {
  std::string_view name;
  ElementType element = ElementType::undefined;
  std::optional<std::vector<Dimension>> shape;
};

struct Graph {
  std::string_view name;
  std::vector<Node> nodes;
  std::vector<StoredTensor> initializers;
  std::vector<ValueInfo> inputs;
  std::vector<ValueInfo> outputs;
  std::vector<ValueInfo> value_infos;
};

struct Model {
  std::int64_t ir_version = 0;
  std::vector<std::pair<std::string_view, std::int64_t>> opsets;  // domain, version
  Graph graph;
};

// Walks the protobuf once. Throws InputError: not ONNX, truncated, tensors whose data do not fit
// their shape.
[[nodiscard]] Model parse(std::string_view bytes);

}  // namespace roofbeam::onnx
