// What flows along the edges of a Network, and what layers carry as attributes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace roofbeam {

enum class ElementType : std::uint8_t {
  undefined,
  f64,
  f32,
  f16,
  bf16,
  f8,
  f4,
  i64,
  i32,
  i16,
  i8,
  i4,
  i2,
  u64,
  u32,
  u16,
  u8,
  u4,
  u2,
  boolean,
  text,
  complex64,
  complex128,
};
[[nodiscard]] int bits(ElementType);  // 32 for f32, 4 for i4; text counts a pointer, undefined 0
[[nodiscard]] std::string_view to_text(ElementType);  // "float32", "int8"
[[nodiscard]] bool is_float(ElementType);             // any floating point type
[[nodiscard]] bool is_integer(ElementType);           // signed or unsigned, boolean not

// The type that ONNX numbers so (TensorProto.DataType); `undefined` if Roofbeam does not know it.
[[nodiscard]] ElementType onnx_element_type(std::int64_t data_type);

using Shape = std::vector<std::int64_t>;  // every dimension known and not negative

// Number of elements; 1 for a scalar's empty shape. Shapes of imported networks are checked, so
// that this and the size in bits stay below 2^63 (core/operators/infer.hpp).
[[nodiscard]] std::int64_t element_count(const Shape&);
[[nodiscard]] std::string to_text(const Shape&);  // "1x3x224x224", "scalar"

// The elements of a small constant (at most kMostValues), for shape arithmetic: integers of any
// integer or boolean type, or reals of any floating type.
struct Values {
  static constexpr std::int64_t kMostValues = 4096;
  std::variant<std::vector<std::int64_t>, std::vector<double>> elements;
  [[nodiscard]] const std::vector<std::int64_t>* integers() const {
    return std::get_if<std::vector<std::int64_t>>(&elements);
  }
  [[nodiscard]] const std::vector<double>* reals() const {
    return std::get_if<std::vector<double>>(&elements);
  }
};

// What a value is besides a tensor: an ONNX sequence holds any number of items, an optional one or
// none, a map (ai.onnx.ml) is one row of named numbers.
enum class Container : std::uint8_t { tensor, sequence, optional, map };
[[nodiscard]] std::string_view to_text(Container);  // "a sequence"

// A value as a rule of the catalogue sees and makes it.
struct TensorType {
  ElementType element = ElementType::undefined;  // of a container: its items'
  Shape shape;                                   // of a container: {number of items}
  std::optional<Values> values = {};             // known elements, if constant and small
  bool upper_bound = false;  // the shape depends on data: no dimension is larger than this
  Container container = Container::tensor;
  std::vector<TensorType> items = {};  // of a sequence or optional
};

struct Subgraph;  // what a layer of control flow runs (core/network/network.hpp)

struct Attribute {
  std::string name;
  std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<double>,
               std::vector<std::string>, TensorType, std::shared_ptr<const Subgraph>>
      value;
};

}  // namespace roofbeam
