// Before any header of protozero: sets it up.
#include "core/onnx/pbf.hpp"
//
#include <doctest/doctest.h>

#include <sstream>

#include "core/onnx/annotate.hpp"
#include "core/onnx/import.hpp"
#include "tests/core/onnx/model_writer.hpp"
#include "tests/message_of.hpp"

using namespace roofbeam;
using roofbeam::onnx::NodeNotes;
using roofbeam::testing::message_of;
namespace writer = roofbeam::onnx::writer;

namespace {

std::string two_relus(const std::string& first_node) {
  return writer::model({{first_node, writer::node("Relu", "second", {"y"}, {"z"})},
                        {},
                        {writer::value_info("x", {"2", "3"})},
                        {writer::value_info("z", {"2", "3"})},
                        {}});
}

std::string first() { return writer::node("Relu", "first", {"x"}, {"y"}); }

std::string noted(std::string node, const std::string& key, const std::string& value) {
  protozero::pbf_writer out(node);
  out.add_message(9, writer::message([&](auto& entry) {
                    entry.add_string(1, key);
                    entry.add_string(2, value);
                  }));
  return node;
}

std::string annotated(const std::string& model, const NodeNotes& notes) {
  std::ostringstream out;
  onnx::AnnotatedModel(model, notes).write(out);
  return out.str();
}

}  // namespace

TEST_CASE("a note is one more entry of the node that makes the tensor") {
  const auto made = annotated(two_relus(first()), {{"y", {{"latency", "1 ms"}}}});
  CHECK(made == two_relus(noted(first(), "latency", "1 ms")));
  CHECK(onnx::import_bytes(made, "made").layers().size() == 2);
}

TEST_CASE("without notes a model stays as it is, byte for byte") {
  CHECK(annotated(two_relus(first()), {}) == two_relus(first()));
  CHECK(annotated(two_relus(first()), {{"nowhere", {{"a", "b"}}}}) == two_relus(first()));
}

TEST_CASE("a note of the same key is replaced, others stay") {
  const auto before = two_relus(noted(noted(first(), "latency", "9 ms"), "author", "me"));
  const auto after = two_relus(noted(noted(first(), "author", "me"), "latency", "1 ms"));
  CHECK(annotated(before, {{"y", {{"latency", "1 ms"}}}}) == after);
}

TEST_CASE("the number of nodes with notes is known") {
  const auto model = two_relus(first());
  CHECK(onnx::AnnotatedModel(model, {{"y", {{"a", "b"}}}, {"z", {{"a", "b"}}}}).noted() == 2);
}

TEST_CASE("what is no protobuf is an error") {
  CHECK(message_of([] { return annotated(std::string("\x3A\x7F", 2), {}); }) ==
        "not an ONNX model: end of buffer exception");
}
