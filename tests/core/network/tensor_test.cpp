#include "core/network/tensor.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

TEST_CASE("an element type knows its size and name") {
  struct Row {
    ElementType type;
    int bits;
    std::string_view name;
    bool floating;
    bool integer;
  };
  const Row rows[] = {
      {ElementType::f32, 32, "float32", true, false},
      {ElementType::bf16, 16, "bfloat16", true, false},
      {ElementType::i4, 4, "int4", false, true},
      {ElementType::u8, 8, "uint8", false, true},
      {ElementType::boolean, 8, "bool", false, false},
      {ElementType::undefined, 0, "undefined", false, false},
      {ElementType::complex128, 128, "complex128", false, false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(bits(row.type) == row.bits);
    CHECK(to_text(row.type) == row.name);
    CHECK(is_float(row.type) == row.floating);
    CHECK(is_integer(row.type) == row.integer);
  }
}

TEST_CASE("a shape counts its elements, a scalar has one, an empty dimension makes none") {
  CHECK(element_count({1, 3, 224, 224}) == 150528);
  CHECK(element_count({}) == 1);
  CHECK(element_count({4, 0, 7}) == 0);
  CHECK(to_text(Shape{1, 3, 224, 224}) == "1x3x224x224");
  CHECK(to_text(Shape{}) == "scalar");
}

}  // namespace
}  // namespace roofbeam
