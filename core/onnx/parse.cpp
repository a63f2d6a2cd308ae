#include <fmt/format.h>

#include "core/input_error.hpp"
#include "core/onnx/model.hpp"
#include "core/onnx/pbf.hpp"
#include "core/onnx/tensor_proto.hpp"
#include "core/onnx/type_proto.hpp"

namespace roofbeam::onnx {
namespace {

using protozero::data_view;
using protozero::pbf_message;
using protozero::pbf_tag_type;
using Reader = protozero::pbf_reader;

// Field numbers of onnx.proto (github.com/onnx/onnx, onnx/onnx.proto).
enum class ModelField : pbf_tag_type {
  ir_version = 1,
  graph = 7,
  opset_import = 8,
  functions = 25
};
enum class OpsetField : pbf_tag_type { domain = 1, version = 2 };
enum class GraphField : pbf_tag_type {
  node = 1,
  name = 2,
  initializer = 5,
  input = 11,
  output = 12,
  value_info = 13,
  sparse_initializer = 15,
};
enum class NodeField : pbf_tag_type {
  input = 1,
  output = 2,
  name = 3,
  op_type = 4,
  attribute = 5,
  domain = 7,
  overload = 8,
};
enum class FunctionField : pbf_tag_type {
  name = 1,
  input = 4,
  output = 5,
  node = 7,
  opset_import = 9,
  domain = 10,
  attribute_proto = 11,
  value_info = 12,
  overload = 13,
};
enum class AttributeField : pbf_tag_type {
  name = 1,
  real = 2,
  integer = 3,
  text = 4,
  tensor = 5,
  graph = 6,
  reals = 7,
  integers = 8,
  texts = 9,
  type = 20,
  reference = 21,
  sparse_tensor = 22,
};
// AttributeProto.AttributeType, for attributes whose value field is left out because it is empty.
enum class AttributeType : std::int32_t { unstated = 0, integers = 7, reals = 6, texts = 8 };

// Repeated values of an attribute, gathered before its type is known.
struct Lists {
  std::vector<double> reals;
  std::vector<std::int64_t> integers;
  std::vector<std::string> texts;
  AttributeType type = AttributeType::unstated;
};

void set_list(Attribute& attribute, Lists lists) {
  if (!lists.integers.empty() || lists.type == AttributeType::integers) {
    attribute.value = std::move(lists.integers);
  } else if (!lists.reals.empty() || lists.type == AttributeType::reals) {
    attribute.value = std::move(lists.reals);
  } else if (!lists.texts.empty() || lists.type == AttributeType::texts) {
    attribute.value = std::move(lists.texts);
  }
}

// An attribute of any kind, on its way into a node.
struct ReadAttribute {
  Attribute attribute;
  std::optional<Graph> graph;
  std::string_view reference;
  Lists lists;
};

Graph read_graph(data_view bytes, int depth);

// One field of an attribute that holds a value.
void read_value(pbf_message<AttributeField>& message, ReadAttribute& read, int depth) {
  auto& value = read.attribute.value;
  switch (message.tag()) {
    case AttributeField::real:
      value = static_cast<double>(message.get_float());
      break;
    case AttributeField::integer:
      value = message.get_int64();
      break;
    case AttributeField::text:
      value = message.get_string();
      break;
    case AttributeField::tensor:
      value = read_tensor(message.get_view()).type;
      break;
    case AttributeField::sparse_tensor:
      value = read_sparse_tensor(message.get_view()).type;
      break;
    case AttributeField::graph:
      read.graph = read_graph(message.get_view(), depth + 1);
      break;
    case AttributeField::reals:
      for_each_value(message, &Reader::get_packed_float, &Reader::get_float,
                     [&](float each) { return read.lists.reals.push_back(each), true; });
      break;
    case AttributeField::integers:
      for_each_value(message, &Reader::get_packed_int64, &Reader::get_int64,
                     [&](std::int64_t each) { return read.lists.integers.push_back(each), true; });
      break;
    case AttributeField::texts:
      read.lists.texts.push_back(message.get_string());
      break;
    default:
      message.skip();
  }
}

ReadAttribute read_attribute(data_view bytes, int depth) {
  ReadAttribute read;
  pbf_message<AttributeField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case AttributeField::name:
        read.attribute.name = message.get_string();
        break;
      case AttributeField::type:
        read.lists.type = AttributeType{message.get_int32()};
        break;
      case AttributeField::reference:
        read.reference = as_text(message.get_view());
        break;
      default:
        read_value(message, read, depth);
    }
  }
  set_list(read.attribute, std::move(read.lists));
  return read;
}

// The name of an attribute as the file has it, which lives as long as the file.
std::string_view attribute_name(data_view bytes) {
  pbf_message<AttributeField> message(bytes);
  std::string_view name;
  while (message.next(AttributeField::name)) name = as_text(message.get_view());
  return name;
}

void add_attribute(Node& node, data_view bytes, int depth) {
  auto read = read_attribute(bytes, depth);
  if (read.graph) {
    node.graphs.push_back({attribute_name(bytes), *std::move(read.graph)});
  } else if (!read.reference.empty()) {
    node.references.emplace_back(attribute_name(bytes), read.reference);
  } else {
    node.attributes.push_back(std::move(read.attribute));
  }
}

std::string_view standard_or(std::string_view domain) { return domain == "ai.onnx" ? "" : domain; }

Node read_node(data_view bytes, int depth) {
  Node node;
  pbf_message<NodeField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case NodeField::input:
        node.inputs.push_back(as_text(message.get_view()));
        break;
      case NodeField::output:
        node.outputs.push_back(as_text(message.get_view()));
        break;
      case NodeField::name:
        node.name = as_text(message.get_view());
        break;
      case NodeField::op_type:
        node.op = as_text(message.get_view());
        break;
      case NodeField::attribute:
        add_attribute(node, message.get_view(), depth);
        break;
      case NodeField::domain:
        node.domain = standard_or(as_text(message.get_view()));
        break;
      case NodeField::overload:
        node.overload = as_text(message.get_view());
        break;
      default:
        message.skip();
    }
  }
  return node;
}

// So that a graph's largest lists need not grow.
void reserve_for(Graph& graph, data_view bytes) {
  std::size_t nodes = 0;
  std::size_t initializers = 0;
  pbf_message<GraphField> message(bytes);
  while (message.next()) {
    if (message.tag() == GraphField::node) ++nodes;
    if (message.tag() == GraphField::initializer) ++initializers;
    message.skip();
  }
  graph.nodes.reserve(nodes);
  graph.initializers.reserve(initializers);
}

constexpr int kDeepestGraph = 32;

Graph read_graph(data_view bytes, int depth) {
  if (depth > kDeepestGraph) {
    throw InputError(fmt::format("has graphs nested more than {} deep", kDeepestGraph));
  }
  Graph graph;
  reserve_for(graph, bytes);
  pbf_message<GraphField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case GraphField::node:
        graph.nodes.push_back(read_node(message.get_view(), depth));
        break;
      case GraphField::name:
        graph.name = as_text(message.get_view());
        break;
      case GraphField::initializer:
        graph.initializers.push_back(read_tensor(message.get_view()));
        break;
      case GraphField::sparse_initializer:
        graph.initializers.push_back(read_sparse_tensor(message.get_view()));
        break;
      case GraphField::input:
        graph.inputs.push_back(read_value_info(message.get_view()));
        break;
      case GraphField::output:
        graph.outputs.push_back(read_value_info(message.get_view()));
        break;
      case GraphField::value_info:
        graph.value_infos.push_back(read_value_info(message.get_view()));
        break;
      default:
        message.skip();
    }
  }
  return graph;
}

Opsets::value_type read_opset(data_view bytes) {
  Opsets::value_type opset{"", 1};
  pbf_message<OpsetField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case OpsetField::domain:
        opset.first = standard_or(as_text(message.get_view()));
        break;
      case OpsetField::version:
        opset.second = message.get_int64();
        break;
      default:
        message.skip();
    }
  }
  return opset;
}

Function read_function(data_view bytes) {
  Function function;
  pbf_message<FunctionField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case FunctionField::name:
        function.name = as_text(message.get_view());
        break;
      case FunctionField::domain:
        function.domain = standard_or(as_text(message.get_view()));
        break;
      case FunctionField::overload:
        function.overload = as_text(message.get_view());
        break;
      case FunctionField::input:
        function.inputs.push_back(as_text(message.get_view()));
        break;
      case FunctionField::output:
        function.outputs.push_back(as_text(message.get_view()));
        break;
      case FunctionField::node:
        function.nodes.push_back(read_node(message.get_view(), 0));
        break;
      case FunctionField::opset_import:
        function.opsets.push_back(read_opset(message.get_view()));
        break;
      case FunctionField::attribute_proto:
        function.defaults.push_back(read_attribute(message.get_view(), 0).attribute);
        break;
      case FunctionField::value_info:
        function.value_infos.push_back(read_value_info(message.get_view()));
        break;
      default:
        message.skip();
    }
  }
  return function;
}

constexpr std::string_view kNotOnnx =
    "is not an ONNX model: a protobuf ModelProto was expected, as written by onnx.save or an "
    "exporter";

}  // namespace

Model parse(std::string_view bytes) {
  Model model;
  bool has_graph = false;
  try {
    pbf_message<ModelField> message(bytes.data(), bytes.size());
    while (message.next()) {
      switch (message.tag()) {
        case ModelField::ir_version:
          model.ir_version = message.get_int64();
          break;
        case ModelField::graph:
          has_graph = true;
          model.graph = read_graph(message.get_view(), 0);
          break;
        case ModelField::opset_import:
          model.opsets.push_back(read_opset(message.get_view()));
          break;
        case ModelField::functions:
          model.functions.push_back(read_function(message.get_view()));
          break;
        default:
          message.skip();
      }
    }
  } catch (const protozero::end_of_buffer_exception&) {
    if (model.ir_version == 0) throw InputError(std::string(kNotOnnx));
    throw InputError(fmt::format(
        "is truncated: it ends after {} bytes in the middle of a field; copy or export it again",
        bytes.size()));
  } catch (const protozero::exception& error) {
    if (model.ir_version == 0) throw InputError(std::string(kNotOnnx));
    throw InputError(
        fmt::format("is damaged: {} in its protobuf; copy or export it again", error.what()));
  }
  if (!has_graph) throw InputError(std::string(kNotOnnx));
  return model;
}

}  // namespace roofbeam::onnx
