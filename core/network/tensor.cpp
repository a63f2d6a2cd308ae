#include "core/network/tensor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace roofbeam {
namespace {

enum class Family : std::uint8_t { none, floating, integer, other };
struct TypeFacts {
  std::string_view name;
  int bits;
  Family family;
};

// In the order of ElementType.
constexpr std::array<TypeFacts, 23> kTypes = {{
    {"undefined", 0, Family::none},     {"float64", 64, Family::floating},
    {"float32", 32, Family::floating},  {"float16", 16, Family::floating},
    {"bfloat16", 16, Family::floating}, {"float8", 8, Family::floating},
    {"float4", 4, Family::floating},    {"int64", 64, Family::integer},
    {"int32", 32, Family::integer},     {"int16", 16, Family::integer},
    {"int8", 8, Family::integer},       {"int4", 4, Family::integer},
    {"int2", 2, Family::integer},       {"uint64", 64, Family::integer},
    {"uint32", 32, Family::integer},    {"uint16", 16, Family::integer},
    {"uint8", 8, Family::integer},      {"uint4", 4, Family::integer},
    {"uint2", 2, Family::integer},      {"bool", 8, Family::other},
    {"string", 64, Family::other},      {"complex64", 64, Family::other},
    {"complex128", 128, Family::other},
}};

const TypeFacts& facts(ElementType type) { return kTypes[static_cast<std::size_t>(type)]; }

}  // namespace

int bits(ElementType type) { return facts(type).bits; }
std::string_view to_text(ElementType type) { return facts(type).name; }
bool is_float(ElementType type) { return facts(type).family == Family::floating; }
bool is_integer(ElementType type) { return facts(type).family == Family::integer; }

std::string_view to_text(Container container) {
  static constexpr std::array<std::string_view, 4> kNames = {"a tensor", "a sequence",
                                                             "an optional", "a map"};
  return kNames[static_cast<std::size_t>(container)];
}

ElementType onnx_element_type(std::int64_t data_type) {
  using enum ElementType;
  // TensorProto.DataType 0 to 26 of onnx.proto (github.com/onnx/onnx).
  static constexpr std::array kNumbered = {
      undefined, f32,        u8,   i8, u16, i16, i32, i64, text, boolean, f16, f64, u32, u64,
      complex64, complex128, bf16, f8, f8,  f8,  f8,  u4,  i4,   f4,      f8,  u2,  i2};
  const auto index = static_cast<std::size_t>(data_type);
  return data_type >= 0 && index < kNumbered.size() ? kNumbered[index] : undefined;
}

std::int64_t element_count(const Shape& shape) {
  std::int64_t count = 1;
  for (const auto dim : shape) count *= dim;
  return count;
}

std::string to_text(const Shape& shape) {
  return shape.empty() ? "scalar" : fmt::format("{}", fmt::join(shape, "x"));
}

}  // namespace roofbeam
