#include "core/onnx/external_files.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"
#include "tests/core/onnx/model_writer.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::onnx {
namespace {

namespace fs = std::filesystem;
using writer::Entries;

// A folder for the length of a test case.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("roofbeam_external_" + std::to_string(getpid()))) {
    fs::create_directories(path_ / "sub");
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

// x (2x6) by `tensors` through `nodes` to y.
std::string model_of(const std::vector<std::string>& nodes,
                     const std::vector<std::string>& tensors) {
  return writer::model({.nodes = nodes,
                        .initializers = tensors,
                        .inputs = {writer::value_info("x", {"2", "6"})},
                        .outputs = {writer::typed("y", "")},
                        .value_infos = {}});
}

std::string product(const std::string& weight, const std::string& from = "x",
                    const std::string& to = "y") {
  return writer::node("MatMul", "by " + weight, {from, weight}, {to});
}

// One weight of 6x3 floats, 72 bytes.
std::string one_weight(const Entries& entries) {
  return model_of({product("w")}, {writer::external_tensor("w", {6, 3}, entries)});
}

// What comes after the file's name.
std::string complaint(const Folder& folder, const Entries& entries) {
  const auto path = folder.write("net.onnx", one_weight(entries));
  const auto text = testing::message_of([&] { return import(path); });
  const auto name = path + ": error: ";
  return text.starts_with(name) ? text.substr(name.size()) : text;
}

std::string bytes_of(const std::vector<std::int64_t>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0])};
}

Shape output_shape(const Network& network) {
  return network.tensor(network.outputs().at(0)).shape.value();
}

}  // namespace

TEST_CASE("weights may lie in one file or in several, at any place") {
  const Folder folder;
  (void)folder.write("a.bin", std::string(100, '\0'));
  (void)folder.write("sub/b.bin", std::string(84, '\0'));
  const auto path = folder.write(
      "net.onnx",
      model_of(
          {product("w", "x", "h"), product("v", "h", "g"), product("u", "g", "y")},
          {writer::external_tensor("w", {6, 3}, {{"location", "a.bin"}, {"length", "72"}}),
           writer::external_tensor("v", {3, 2}, {{"location", "a.bin"}, {"offset", "76"}}),
           writer::external_tensor(
               "u", {2, 8}, {{"location", "sub/b.bin"}, {"offset", "20"}, {"length", "64"}})}));
  const auto network = import(path);
  CHECK(output_shape(network) == Shape{2, 8});
  CHECK(totals(network).parameters == 18 + 6 + 16);
  CHECK(totals(network).weight_bytes == 4 * 40);
}

TEST_CASE("small integers in another file take part in shape arithmetic") {
  const Folder folder;
  (void)folder.write("shapes.bin", "pad." + bytes_of({3, 4}));
  const auto path = folder.write(
      "net.onnx", model_of({writer::node("Reshape", "reshape", {"x", "s"}, {"y"})},
                           {writer::external_tensor(
                               "s", {2}, {{"location", "shapes.bin"}, {"offset", "4"}}, 7)}));
  CHECK(output_shape(import(path)) == Shape{3, 4});
}

TEST_CASE("a model in memory does not look other files up") {
  const auto network = import_bytes(one_weight({{"location", "none.bin"}}), "net.onnx");
  CHECK(totals(network).parameters == 18);
}

TEST_CASE("data that are not there are named with tensor, file and place") {
  const Folder folder;
  (void)folder.write("w.bin", std::string(80, '\0'));
  (void)folder.write("empty.bin", "");
  CHECK(complaint(folder, {{"location", "w.bin"}, {"offset", "8"}}) == "no error");
  CHECK(complaint(folder, {{"location", "none.bin"}, {"offset", "8"}}) ==
        "tensor 'w' lies at offset 8 of 'none.bin', which cannot be opened: No such file or "
        "directory; put it beside the model");
  CHECK(complaint(folder, {{"location", "w.bin"}, {"offset", "9"}}) ==
        "tensor 'w' lies at offset 9 of 'w.bin', which is too short: 72 bytes are needed there, "
        "the file has 80 in all; copy or export it again");
  CHECK(complaint(folder, {{"location", "w.bin"}, {"offset", "9223372036854775807"}}) ==
        "tensor 'w' lies at offset 9223372036854775807 of 'w.bin', which is too short: 72 bytes "
        "are needed there, the file has 80 in all; copy or export it again");
  CHECK(complaint(folder, {{"location", "w.bin"}, {"length", "71"}}) ==
        "tensor 'w' lies at offset 0 of 'w.bin', which gives it 71 bytes, but 6x3 float32 need 72");
  CHECK(
      complaint(folder, {{"location", "empty.bin"}}) ==
      "tensor 'w' lies at offset 0 of 'empty.bin', which is too short: 72 bytes are needed there, "
      "the file has 0 in all; copy or export it again");
  CHECK(complaint(folder, {{"location", "sub"}}) ==
        "tensor 'w' lies at offset 0 of 'sub', which is a directory; put it beside the model");
}

TEST_CASE("only files in the model's folder are opened") {
  const Folder folder;
  for (const std::string place : {"../w", "sub/../../w", "/etc/passwd", ""}) {
    CHECK(complaint(folder, {{"location", place}}) ==
          "tensor 'w' lies at offset 0 of '" + place +
              "', which is not a file in the model's folder");
  }
  CHECK(complaint(folder, {}) ==
        "tensor 'w' lies at offset 0 of '', which is not a file in the model's folder");
}

TEST_CASE("a place that is no number is an error") {
  const Folder folder;
  for (const std::string text : {"-1", "0x10", "1.5", "", "9223372036854775808"}) {
    CHECK(complaint(folder, {{"location", "w.bin"}, {"offset", text}}) ==
          "tensor 'w' has external data whose offset is '" + text + "', not a whole number");
    CHECK(complaint(folder, {{"location", "w.bin"}, {"length", text}}) ==
          "tensor 'w' has external data whose length is '" + text + "', not a whole number");
  }
}

TEST_CASE("a tensor without elements needs no bytes") {
  const Folder folder;
  (void)folder.write("empty.bin", "");
  const auto path = folder.write(
      "net.onnx",
      model_of(
          {writer::node("Concat", "join", {"x", "w"}, {"y"}, "", {writer::attribute("axis", 0)})},
          {writer::external_tensor("w", {0, 6}, {{"location", "empty.bin"}, {"length", "0"}})}));
  CHECK(output_shape(import(path)) == Shape{2, 6});
}

}  // namespace roofbeam::onnx
