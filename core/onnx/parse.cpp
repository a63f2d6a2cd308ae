#include <fmt/format.h>

#include "core/input_error.hpp"
#include "core/onnx/model.hpp"
#include "core/onnx/pbf.hpp"
#include "core/onnx/tensor_proto.hpp"

namespace roofbeam::onnx {
namespace {

using protozero::data_view;
using protozero::pbf_message;
using protozero::pbf_tag_type;
using Reader = protozero::pbf_reader;

// Field numbers of onnx.proto (github.com/onnx/onnx, onnx/onnx.proto).
enum class ModelField : pbf_tag_type { ir_version = 1, graph = 7, opset_import = 8 };
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
  graphs = 11,
  type = 20,
};
enum class ValueField : pbf_tag_type { name = 1, type = 2 };
enum class TypeField : pbf_tag_type { tensor = 1 };
enum class TensorTypeField : pbf_tag_type { element = 1, shape = 2 };
enum class ShapeField : pbf_tag_type { dim = 1 };
enum class DimensionField : pbf_tag_type { value = 1, name = 2 };

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

Attribute read_attribute(data_view bytes) {
  Attribute attribute;
  Lists lists;
  pbf_message<AttributeField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case AttributeField::name:
        attribute.name = message.get_string();
        break;
      case AttributeField::real:
        attribute.value = static_cast<double>(message.get_float());
        break;
      case AttributeField::integer:
        attribute.value = message.get_int64();
        break;
      case AttributeField::text:
        attribute.value = message.get_string();
        break;
      case AttributeField::tensor:
        attribute.value = read_tensor(message.get_view()).type;
        break;
      case AttributeField::graph:
      case AttributeField::graphs:
        message.skip();
        attribute.value = Attribute::Subgraph{};
        break;
      case AttributeField::reals:
        for_each_value(message, &Reader::get_packed_float, &Reader::get_float,
                       [&](float value) { return lists.reals.push_back(value), true; });
        break;
      case AttributeField::integers:
        for_each_value(message, &Reader::get_packed_int64, &Reader::get_int64,
                       [&](std::int64_t value) { return lists.integers.push_back(value), true; });
        break;
      case AttributeField::texts:
        lists.texts.push_back(message.get_string());
        break;
      case AttributeField::type:
        lists.type = AttributeType{message.get_int32()};
        break;
      default:
        message.skip();
    }
  }
  set_list(attribute, std::move(lists));
  return attribute;
}

Node read_node(data_view bytes) {
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
        node.attributes.push_back(read_attribute(message.get_view()));
        break;
      case NodeField::domain:
        node.domain = as_text(message.get_view());
        break;
      default:
        message.skip();
    }
  }
  if (node.domain == "ai.onnx") node.domain = "";
  return node;
}

Dimension read_dimension(data_view bytes) {
  Dimension dimension;
  pbf_message<DimensionField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case DimensionField::value:
        dimension.value = message.get_int64();
        break;
      case DimensionField::name:
        dimension.name = as_text(message.get_view());
        break;
      default:
        message.skip();
    }
  }
  return dimension;
}

std::vector<Dimension> read_shape(data_view bytes) {
  std::vector<Dimension> shape;
  pbf_message<ShapeField> message(bytes);
  while (message.next(ShapeField::dim)) shape.push_back(read_dimension(message.get_view()));
  return shape;
}

void read_tensor_type(data_view bytes, ValueInfo& info) {
  pbf_message<TensorTypeField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case TensorTypeField::element:
        info.element = onnx_element_type(message.get_int32());
        break;
      case TensorTypeField::shape:
        info.shape = read_shape(message.get_view());
        break;
      default:
        message.skip();
    }
  }
}

ValueInfo read_value_info(data_view bytes) {
  ValueInfo info;
  pbf_message<ValueField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case ValueField::name:
        info.name = as_text(message.get_view());
        break;
      case ValueField::type: {
        pbf_message<TypeField> type(message.get_view());
        while (type.next(TypeField::tensor)) read_tensor_type(type.get_view(), info);
        break;
      }
      default:
        message.skip();
    }
  }
  return info;
}

Graph read_graph(data_view bytes) {
  Graph graph;
  pbf_message<GraphField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case GraphField::node:
        graph.nodes.push_back(read_node(message.get_view()));
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

std::pair<std::string_view, std::int64_t> read_opset(data_view bytes) {
  std::pair<std::string_view, std::int64_t> opset{"", 1};
  pbf_message<OpsetField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case OpsetField::domain:
        opset.first = as_text(message.get_view());
        break;
      case OpsetField::version:
        opset.second = message.get_int64();
        break;
      default:
        message.skip();
    }
  }
  if (opset.first == "ai.onnx") opset.first = "";
  return opset;
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
          model.graph = read_graph(message.get_view());
          break;
        case ModelField::opset_import:
          model.opsets.push_back(read_opset(message.get_view()));
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
