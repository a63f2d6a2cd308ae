#include "core/onnx/import.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/operators/totals.hpp"
#include "tests/core/onnx/model_writer.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::onnx {
namespace {

namespace fs = std::filesystem;

// relu(x), x of the given dimensions.
std::string relu_model(const std::vector<std::string>& dims) {
  return writer::model({.nodes = {writer::node("Relu", "act", {"x"}, {"y"})},
                        .initializers = {},
                        .inputs = {writer::value_info("x", dims)},
                        .outputs = {writer::value_info("y", {})},
                        .value_infos = {}});
}

std::string message(std::string_view bytes, const ImportOptions& options = {}) {
  return testing::message_of([&] { return import_bytes(bytes, "net.onnx", options); });
}

std::string file_message(const std::string& path) {
  return testing::message_of([&] { return import(path); });
}

TEST_CASE("a small model is read as it is written") {
  const auto network = import_bytes(relu_model({"1", "3", "8", "8"}), "net.onnx");
  REQUIRE(network.layers().size() == 1);
  CHECK(network.name() == "net");
  CHECK(network.layers()[0].name == "act");
  CHECK(network.layers()[0].op == "Relu");
  CHECK(network.layers()[0].opset == 17);
  CHECK(network.tensor(network.outputs()[0]).shape == Shape{1, 3, 8, 8});
}

TEST_CASE("symbolic dimensions are bound by name, nameless ones by input and position") {
  const auto bytes = relu_model({"batch", "3", ""});
  const auto network = import_bytes(bytes, "net.onnx", {{{"batch", 4}, {"x.2", 7}}});
  CHECK(network.tensor(network.outputs()[0]).shape == Shape{4, 3, 7});
}

TEST_CASE("dimensions that cannot be used are explained") {
  struct Row {
    std::vector<std::string> dims;
    std::map<std::string, std::int64_t> given;
    std::string_view message;
  };
  const Row rows[] = {
      {{"batch", "3"},
       {},
       "net.onnx: error: has unknown dimensions: 'batch' (dimension 0 of input 'x'); give it with "
       "--dim batch=N"},
      {{"batch", ""},
       {},
       "net.onnx: error: has unknown dimensions: 'batch' (dimension 0 of input 'x'), 'x.1' "
       "(dimension 1 of input 'x'); give them with --dim batch=N --dim x.1=N"},
      {{"0", "3"},
       {},
       "net.onnx: error: dimension 0 of input 'x' is 0; it must be at least 1: give it with --dim "
       "x.0=N"},
      {{"-1", "3"},
       {},
       "net.onnx: error: has unknown dimensions: 'x.0' (dimension 0 of input 'x'); give it with "
       "--dim x.0=N"},
      {{"batch", "3"},
       {{"batch", 0}},
       "net.onnx: error: dimension 0 of input 'x' is 0; it must be at least 1: give it with --dim "
       "batch=N"},
      {{"1", "3"},
       {{"batch", 2}},
       "net.onnx: error: --dim batch=2: no input has a dimension 'batch'; all dimensions are "
       "numbers"},
      {{"batch", "seq"},
       {{"batch", 2}, {"seq", 3}, {"sec", 4}},
       "net.onnx: error: --dim sec=4: no input has a dimension 'sec'; unknown ones are: batch, "
       "seq; "
       "did you mean 'seq'?"},
  };
  for (const auto& row : rows) CHECK(message(relu_model(row.dims), {row.given}) == row.message);
}

TEST_CASE("a zero dimension can be given by its place") {
  const auto network = import_bytes(relu_model({"0", "3"}), "net.onnx", {{{"x.0", 2}}});
  CHECK(network.tensor(network.outputs()[0]).shape == Shape{2, 3});
}

TEST_CASE("initializers listed among the inputs (IR 3) are weights") {
  const auto bytes = writer::model(
      {.nodes = {writer::node("Add", "add", {"x", "w"}, {"y"})},
       .initializers = {writer::tensor("w", {3})},
       .inputs = {writer::value_info("x", {"2", "3"}), writer::value_info("w", {"3"})},
       .outputs = {writer::value_info("y", {})},
       .value_infos = {}},
      8, {}, 3);
  const auto network = import_bytes(bytes, "net.onnx");
  CHECK(network.inputs().size() == 1);
  CHECK(totals(network).parameters == 3);
}

TEST_CASE("an operator without a row is counted, and its stated shape is used") {
  const auto foo = writer::node("Foo", "foo", {"x"}, {"h"}, "my.domain");
  const auto relu = writer::node("Relu", "act", {"h"}, {"y"});
  writer::Graph graph{.nodes = {foo, relu},
                      .initializers = {},
                      .inputs = {writer::value_info("x", {"2", "3"})},
                      .outputs = {writer::value_info("y", {})},
                      .value_infos = {}};
  graph.outputs.clear();
  const auto unknown = totals(import_bytes(writer::model(graph), "net.onnx"));
  CHECK(unknown.not_modelled == std::map<std::string, std::int64_t>{{"my.domain.Foo", 1}});
  CHECK(unknown.not_shaped == std::map<std::string, std::int64_t>{{"Relu", 1}});
  graph.value_infos = {writer::value_info("h", {"2", "3"})};
  const auto stated = totals(import_bytes(writer::model(graph), "net.onnx"));
  CHECK(stated.not_modelled.size() == 1);
  CHECK(stated.not_shaped.empty());
}

TEST_CASE("files that are not models say what they are") {
  const auto folder = fs::temp_directory_path() / ("roofbeam_import_" + std::to_string(getpid()));
  fs::create_directories(folder);
  const auto write = [&](const std::string& name, std::string_view bytes) {
    const auto path = (folder / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  };
  constexpr auto kNotOnnx =
      ": error: is not an ONNX model: a protobuf ModelProto was expected, as written by onnx.save "
      "or an exporter";
  const auto empty = write("empty.onnx", "");
  CHECK(file_message(empty) == empty + ": error: is empty; an ONNX model was expected");
  CHECK(file_message(folder.string()) ==
        folder.string() + ": error: is a directory; give the .onnx file inside it");
  const auto missing = (folder / "missing.onnx").string();
  CHECK(file_message(missing) == missing + ": error: cannot be opened: No such file or directory");
  const auto text = write("text.onnx", "layers:\n  - conv\n");
  CHECK(file_message(text) == text + kNotOnnx);
  const auto prose = write("prose.txt", "Hello, I am not a model.\n");
  CHECK(file_message(prose) == prose + kNotOnnx);
  fs::remove_all(folder);
}

TEST_CASE("a model cut anywhere gives a message, never a crash") {
  const auto whole = relu_model({"1", "3", "8", "8"});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto text = message(whole.substr(0, size));
    CAPTURE(size);
    const bool complete_enough = text == "no error";
    CHECK((complete_enough || text.starts_with("net.onnx: error: ")));
  }
  const auto cut = whole.substr(0, whole.size() - 10);
  CHECK(message(cut) == "net.onnx: error: is truncated: it ends after " +
                            std::to_string(cut.size()) +
                            " bytes in the middle of a field; copy or export it again");
}

TEST_CASE("a field of another type than the format's is damage, not a crash") {
  const auto model = writer::message([](auto& out) {
    out.add_int64(1, 8);
    out.add_string(7, writer::message([](auto& graph) {
                     graph.add_string(1,
                                      writer::message([](auto& node) { node.add_int64(4, 42); }));
                   }));
  });
  CHECK(message(model) ==
        "net.onnx: error: is damaged: a field of the wrong type in its protobuf; copy or export it "
        "again");
}

TEST_CASE("contradictions inside a model are named") {
  const auto x = writer::value_info("x", {"1", "3", "8", "8"});
  const auto conv = [&](const std::string& weight) {
    return writer::model({.nodes = {writer::node("Conv", "conv1", {"x", "w"}, {"y"})},
                          .initializers = {weight},
                          .inputs = {x},
                          .outputs = {writer::value_info("y", {})},
                          .value_infos = {}});
  };
  CHECK(message(conv(writer::tensor("w", {8, 16, 3, 3})))
            .starts_with("net.onnx: error: layer 'conv1' (Conv): "));
  CHECK(message(conv(writer::tensor("w", {8, -3, 3, 3}))) ==
        "net.onnx: error: tensor 'w' has a negative dimension: 8x-3x3x3");
  CHECK(message(conv(writer::tensor("w", {1LL << 40, 1LL << 40, 3, 3}))) ==
        "net.onnx: error: tensor 'w' (1099511627776x1099511627776x3x3 float32) has more than 2^63 "
        "bits");
  const auto short_data = writer::message([](auto& out) {
    for (const std::int64_t dim : {2, 3}) out.add_int64(1, dim);
    out.add_int32(2, 1);
    out.add_string(8, "w");
    out.add_bytes(9, std::string(20, '\0'));
  });
  CHECK(message(conv(short_data)) ==
        "net.onnx: error: tensor 'w': 6 elements of float32 (2x3) need 24 bytes, the file has 20");
  CHECK(message(relu_model({"4611686018427387904", "4611686018427387904"}))
            .starts_with("net.onnx: error: "));
}

TEST_CASE("cycles and missing producers are named with the file") {
  const auto x = writer::value_info("x", {"1"});
  const auto cycle = writer::model({.nodes = {writer::node("Add", "a", {"x", "q"}, {"p"}),
                                              writer::node("Relu", "b", {"p"}, {"q"})},
                                    .initializers = {},
                                    .inputs = {x},
                                    .outputs = {writer::value_info("q", {})},
                                    .value_infos = {}});
  CHECK(message(cycle) ==
        "net.onnx: error: the network has a cycle through layer 'a' (Add), layer 'b' (Relu)");
  const auto orphan = writer::model({.nodes = {writer::node("Relu", "b", {"z"}, {"q"})},
                                     .initializers = {},
                                     .inputs = {x},
                                     .outputs = {writer::value_info("q", {})},
                                     .value_infos = {}});
  CHECK(message(orphan) ==
        "net.onnx: error: layer 'b' (Relu) reads tensor 'z', which no layer makes and which is "
        "neither a weight nor an input of the network");
}

}  // namespace
}  // namespace roofbeam::onnx
