#include "core/onnx/type_proto.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/input_error.hpp"
#include "core/onnx/tensor_proto.hpp"

namespace roofbeam::onnx {
namespace {

using protozero::data_view;
using protozero::pbf_message;
using protozero::pbf_tag_type;

// Field numbers of onnx.proto (github.com/onnx/onnx, onnx/onnx.proto).
enum class ValueField : pbf_tag_type { name = 1, type = 2 };
enum class TypeField : pbf_tag_type { tensor = 1, sequence = 4, map = 5, sparse = 8, optional = 9 };
enum class TensorTypeField : pbf_tag_type { element = 1, shape = 2 };
enum class ItemField : pbf_tag_type { item = 1 };  // of a sequence and an optional
enum class MapField : pbf_tag_type { value = 2 };
enum class ShapeField : pbf_tag_type { dim = 1 };
enum class DimensionField : pbf_tag_type { value = 1, name = 2 };

constexpr int kDeepestType = 8;

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

ValueType read_tensor_type(data_view bytes) {
  ValueType type;
  pbf_message<TensorTypeField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case TensorTypeField::element:
        type.element = onnx_element_type(message.get_int32());
        break;
      case TensorTypeField::shape:
        type.shape = read_shape(message.get_view());
        break;
      default:
        message.skip();
    }
  }
  return type;
}

ValueType read_type(data_view bytes, int depth);

template <class Field>
ValueType read_container(data_view bytes, Container container, Field item, int depth) {
  ValueType type;
  type.container = container;
  pbf_message<Field> message(bytes);
  while (message.next(item)) type.item = {read_type(message.get_view(), depth + 1)};
  if (!type.item.empty()) type.element = type.item.front().element;
  return type;
}

ValueType read_type(data_view bytes, int depth) {
  if (depth > kDeepestType) {
    throw InputError(fmt::format("has types nested more than {} deep", kDeepestType));
  }
  ValueType type;
  pbf_message<TypeField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case TypeField::tensor:
      case TypeField::sparse:
        type = read_tensor_type(message.get_view());
        break;
      case TypeField::sequence:
        type = read_container(message.get_view(), Container::sequence, ItemField::item, depth);
        break;
      case TypeField::optional:
        type = read_container(message.get_view(), Container::optional, ItemField::item, depth);
        break;
      case TypeField::map:
        type = read_container(message.get_view(), Container::map, MapField::value, depth);
        break;
      default:
        message.skip();
    }
  }
  return type;
}

}  // namespace

ValueInfo read_value_info(data_view bytes) {
  ValueInfo info;
  pbf_message<ValueField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case ValueField::name:
        info.name = as_text(message.get_view());
        break;
      case ValueField::type:
        info.type = read_type(message.get_view(), 0);
        break;
      default:
        message.skip();
    }
  }
  return info;
}

}  // namespace roofbeam::onnx
