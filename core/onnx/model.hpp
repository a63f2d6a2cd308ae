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

// Where data lie that are not in the model's own file.
struct ExternalData {
  std::string_view location;  // a path relative to the model's folder
  std::int64_t offset = 0;
  std::optional<std::int64_t> length;
};

// TensorProto: its type and, if small, its elements; large data stay untouched in the file.
struct StoredTensor {
  std::string_view name;
  TensorType type;
  std::optional<ExternalData> external;
};

struct NamedGraph;

struct Node {
  std::string_view name;
  std::string_view op;
  std::string_view domain;
  std::string_view overload;  // which function of that name
  std::vector<std::string_view> inputs;
  std::vector<std::string_view> outputs;
  std::vector<Attribute> attributes;  // all but graphs and references
  std::vector<NamedGraph> graphs;
  // Attributes, in a function, that are attributes of the call: (its own name, the call's).
  std::vector<std::pair<std::string_view, std::string_view>> references;
};

// One dimension of a value: a number, a name, or neither.
struct Dimension {
  std::optional<std::int64_t> value;
  std::string_view name;
};

// TypeProto. `shape` is empty when the file states no shape at all; a sequence or an optional has
// the type of its items.
struct ValueType {
  Container container = Container::tensor;
  ElementType element = ElementType::undefined;
  std::optional<std::vector<Dimension>> shape;
  std::vector<ValueType> item;
};

struct ValueInfo {
  std::string_view name;
  ValueType type;
};

struct Graph {
  std::string_view name;
  std::vector<Node> nodes;
  std::vector<StoredTensor> initializers;
  std::vector<ValueInfo> inputs;
  std::vector<ValueInfo> outputs;
  std::vector<ValueInfo> value_infos;
};

// What the node of a branch or a loop runs.
struct NamedGraph {
  std::string_view name;  // of the attribute
  Graph graph;
};

using Opsets = std::vector<std::pair<std::string_view, std::int64_t>>;  // domain, version

// FunctionProto: an operator that the model itself defines.
struct Function {
  std::string_view name;
  std::string_view domain;
  std::string_view overload;
  std::vector<std::string_view> inputs;
  std::vector<std::string_view> outputs;
  std::vector<Node> nodes;
  std::vector<Attribute> defaults;  // of its attributes
  std::vector<ValueInfo> value_infos;
  Opsets opsets;
};

struct Model {
  std::int64_t ir_version = 0;
  Opsets opsets;
  Graph graph;
  std::vector<Function> functions;
};

// Walks the protobuf once. Throws InputError: not ONNX, truncated, tensors whose data do not fit
// their shape, graphs or types nested too deep.
[[nodiscard]] Model parse(std::string_view bytes);

}  // namespace roofbeam::onnx
