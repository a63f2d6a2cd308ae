#include "core/onnx/type_proto.hpp"

#include <doctest/doctest.h>

#include "tests/core/onnx/model_writer.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::onnx {
namespace {

// Without names, which point into the bytes.
ValueType type_of(const std::string& type) {
  const auto bytes = writer::typed("x", type);
  return read_value_info(bytes).type;
}

// Sequences of sequences of a float.
std::string nested(int depth) {
  auto type = writer::tensor_type({});
  for (int i = 0; i < depth; ++i) type = writer::sequence_type(type);
  return type;
}

}  // namespace

TEST_CASE("dimensions are numbers, names or neither") {
  const auto bytes = writer::value_info("x", {"2", "batch", "", "-1", "0"}, 10);
  const auto info = read_value_info(bytes);
  CHECK(info.name == "x");
  CHECK(info.type.element == ElementType::f16);
  const auto& shape = info.type.shape.value();
  REQUIRE(shape.size() == 5);
  CHECK(shape[0].value == 2);
  CHECK(shape[1].name == "batch");
  CHECK_FALSE(shape[1].value.has_value());
  CHECK((shape[2].name.empty() && !shape[2].value));
  CHECK(shape[3].value == -1);
  CHECK(shape[4].value == 0);
}

TEST_CASE("a scalar has a shape, an unstated shape is none") {
  CHECK(type_of(writer::tensor_type({})).shape->empty());
  CHECK_FALSE(type_of(writer::shapeless_type()).shape.has_value());
  CHECK_FALSE(type_of("").shape.has_value());
}

TEST_CASE("a sparse tensor's type is that of the dense one") {
  // TypeProto.sparse_tensor_type is field 8, with the fields of a tensor's type.
  auto bytes = writer::tensor_type({"2", "3"});
  bytes[0] = static_cast<char>(8 << 3 | 2);
  const auto type = type_of(bytes);
  CHECK(type.container == Container::tensor);
  CHECK(type.shape->size() == 2);
}

TEST_CASE("containers have the type of their items") {
  const auto bytes = writer::typed("x", writer::sequence_type(writer::tensor_type({"n"}, 7)));
  const auto sequence = read_value_info(bytes).type;
  CHECK(sequence.container == Container::sequence);
  CHECK(sequence.element == ElementType::i64);
  CHECK_FALSE(sequence.shape.has_value());
  REQUIRE(sequence.item.size() == 1);
  CHECK(sequence.item[0].shape->at(0).name == "n");
  const auto optional = type_of(writer::optional_type(writer::sequence_type(nested(0))));
  CHECK(optional.container == Container::optional);
  CHECK(optional.item.at(0).container == Container::sequence);
  CHECK(optional.element == ElementType::f32);
  CHECK(type_of(writer::sequence_type("")).item.at(0).element == ElementType::undefined);
}

TEST_CASE("types may nest 8 deep, not 9") {
  CHECK(type_of(nested(8)).element == ElementType::f32);
  CHECK(testing::message_of([] { return type_of(nested(9)); }) ==
        "has types nested more than 8 deep");
}

TEST_CASE("every element type of ONNX has its name and size") {
  const struct {
    int number;
    std::string_view name;
    int bits;
  } rows[] = {
      {1, "float32", 32},    {2, "uint8", 8},         {3, "int8", 8},       {4, "uint16", 16},
      {5, "int16", 16},      {6, "int32", 32},        {7, "int64", 64},     {9, "bool", 8},
      {10, "float16", 16},   {11, "float64", 64},     {12, "uint32", 32},   {13, "uint64", 64},
      {14, "complex64", 64}, {15, "complex128", 128}, {16, "bfloat16", 16}, {17, "float8", 8},
      {18, "float8", 8},     {19, "float8", 8},       {20, "float8", 8},    {21, "uint4", 4},
      {22, "int4", 4},       {23, "float4", 4},       {24, "float8", 8},    {25, "uint2", 2},
      {26, "int2", 2},
  };
  for (const auto& row : rows) {
    CAPTURE(row.number);
    const auto element = type_of(writer::tensor_type({}, row.number)).element;
    CHECK(to_text(element) == row.name);
    CHECK(bits(element) == row.bits);
  }
  CHECK(type_of(writer::tensor_type({}, 99)).element == ElementType::undefined);
}

}  // namespace roofbeam::onnx
