#include "core/onnx/tensor_proto.hpp"

#include <doctest/doctest.h>

#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"
#include "tests/core/onnx/model_writer.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::onnx {
namespace {

using Ints = std::vector<std::int64_t>;

std::optional<Ints> integers_of(const StoredTensor& tensor) {
  const auto* known = tensor.type.values ? tensor.type.values->integers() : nullptr;
  return known ? std::optional(*known) : std::nullopt;
}

std::string message(const std::string& bytes) {
  return testing::message_of([&] { return read_tensor(bytes); });
}

// The weights of a layer that the catalogue does not know: all of them count.
Totals totals_of(const writer::Graph& graph) {
  return totals(import_bytes(writer::model(graph), "net.onnx"));
}
writer::Graph reading(const std::string& weight) {
  return {.nodes = {writer::node("Unheard", "it", {"x", "w"}, {"y"})},
          .initializers = {weight},
          .inputs = {writer::value_info("x", {"2", "3"})},
          .outputs = {writer::typed("y", "")},
          .value_infos = {}};
}

}  // namespace

TEST_CASE("weights of any element type have their true size") {
  const struct {
    std::string_view name;
    int type;
    std::int64_t bytes;
  } rows[] = {
      {"float32", 1, 60},
      {"float16", 10, 30},
      {"bfloat16", 16, 30},
      {"float8e4m3fn", 17, 15},
      {"float8e5m2fnuz", 20, 15},
      {"int4, two in a byte", 22, 8},
      {"uint4", 21, 8},
      {"float4e2m1", 23, 8},
      {"float8e8m0", 24, 15},
      {"uint2, four in a byte", 25, 4},
      {"int2", 26, 4},
      {"int8", 3, 15},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto raw = std::string(static_cast<std::size_t>(row.bytes), '\0');
    const auto sums = totals_of(reading(writer::raw_tensor("w", {3, 5}, row.type, raw)));
    CHECK(sums.parameters == 15);
    CHECK(sums.weight_bytes == row.bytes);
  }
}

TEST_CASE("raw data of another size are an error") {
  CHECK(message(writer::raw_tensor("w", {3, 5}, 22, std::string(8, '\0'))) == "no error");
  CHECK(message(writer::raw_tensor("w", {3, 5}, 22, std::string(7, '\0'))) ==
        "tensor 'w': 15 elements of int4 (3x5) need 8 bytes, the file has 7");
  CHECK(message(writer::raw_tensor("w", {3, 5}, 16, std::string(31, '\0'))) ==
        "tensor 'w': 15 elements of bfloat16 (3x5) need 30 bytes, the file has 31");
}

TEST_CASE("small integers are known, from raw data or from numbers, packed or not") {
  CHECK(integers_of(read_tensor(writer::integers("s", {2, -1}))) == Ints{2, -1});
  const auto single = writer::tensor("s", {2}, 7) + writer::message([](auto& out) {
                        out.add_int64(7, 5);
                        out.add_int64(7, -6);
                      });
  CHECK(integers_of(read_tensor(single)) == Ints{5, -6});
  CHECK(integers_of(read_tensor(writer::raw_tensor("s", {3}, 3, "\x01\xff\x7f"))) ==
        Ints{1, -1, 127});
  CHECK(integers_of(read_tensor(writer::raw_tensor("s", {2}, 2, "\x01\xff"))) == Ints{1, 255});
  CHECK(integers_of(read_tensor(writer::raw_tensor("s", {}, 9, "\x01"))) == Ints{1});
}

TEST_CASE("integers that are packed into one number are weights, not numbers") {
  const auto one =
      writer::tensor("s", {1}, 22) + writer::message([](auto& out) { out.add_int32(5, 15); });
  CHECK_FALSE(read_tensor(one).type.values.has_value());
}

TEST_CASE("up to 4096 integers are known, not 4097") {
  CHECK(integers_of(read_tensor(writer::integers("s", Ints(4096, 1))))->size() == 4096);
  CHECK_FALSE(integers_of(read_tensor(writer::integers("s", Ints(4097, 1)))).has_value());
}

TEST_CASE("fewer numbers than elements are no values") {
  const auto stripped =
      writer::tensor("s", {3}, 7) + writer::message([](auto& out) { out.add_int64(7, 5); });
  CHECK_FALSE(read_tensor(stripped).type.values.has_value());
}

TEST_CASE("a sparse initializer is a weight with the shape of the dense one") {
  auto graph = reading(writer::tensor("unused", {1}));
  graph.sparse_initializers = {writer::sparse_tensor(writer::tensor("w", {1}), {3, 5})};
  CHECK(totals_of(graph).parameters == 15);
  const auto outside = writer::external_tensor("w", {1}, {{"location", "w.bin"}});
  const auto bytes = writer::sparse_tensor(outside, {3, 5});
  const auto read = read_sparse_tensor(bytes);
  CHECK(read.name == "w");
  CHECK(read.type.shape == Shape{3, 5});
  CHECK_FALSE(read.external.has_value());
  CHECK(testing::message_of([] {
          return read_sparse_tensor(writer::sparse_tensor(writer::tensor("w", {1}), {3, -5}));
        }) == "tensor 'w' has a negative dimension: 3x-5");
}

TEST_CASE("a tensor of 2^63 bits or more is an error, a dimension of 0 makes none") {
  CHECK(message(writer::tensor("w", {1LL << 57})) == "no error");
  CHECK(message(writer::tensor("w", {1LL << 58})) ==
        "tensor 'w' (288230376151711744 float32) has more than 2^63 bits");
  CHECK(message(writer::tensor("w", {0, 1LL << 40, 1LL << 40})) == "no error");
}

}  // namespace roofbeam::onnx
