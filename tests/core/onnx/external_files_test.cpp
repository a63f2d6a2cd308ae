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

// A folder with a model that adds w (4 floats at offset 8 of the file that `location` names) to x
// and reshapes the sum to s, two integers at the file's beginning.
class Folder {
 public:
  explicit Folder(const std::string& location, const std::string& offset = "8",
                  const std::string& length = "16")
      : path_(std::filesystem::temp_directory_path() /
              ("roofbeam_external_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
    writer::Graph graph;
    graph.nodes = {writer::node("Add", "add", {"x", "w"}, {"a"}),
                   writer::node("Reshape", "reshape", {"a", "s"}, {"y"})};
    graph.initializers = {external("w", 1, {4}, location, offset, length),
                          external("s", 7, {1}, "weights.bin", "0", "8")};
    graph.inputs = {writer::value_info("x", {"1", "4"})};
    graph.outputs = {writer::name_only("y")};
    write("model.onnx", writer::model(graph));
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  [[nodiscard]] std::string model() const { return (path_ / "model.onnx").string(); }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::string complaint() const {
    const auto text = testing::message_of([&] { return import(model()); });
    const auto start = model() + ": error: ";
    return text.starts_with(start) ? text.substr(start.size()) : text;
  }

 private:
  static std::string entry(const std::string& key, const std::string& value) {
    return writer::message([&](auto& out) {
      out.add_string(1, key);
      out.add_string(2, value);
    });
  }
  static std::string external(const std::string& name, int type,
                              const std::vector<std::int64_t>& dims, const std::string& location,
                              const std::string& offset, const std::string& length) {
    return writer::message([&](auto& out) {
      for (const auto dim : dims) out.add_int64(1, dim);
      out.add_int32(2, type);
      out.add_string(8, name);
      out.add_message(13, entry("location", location));
      out.add_message(13, entry("offset", offset));
      if (!length.empty()) out.add_message(13, entry("length", length));
      out.add_int32(14, 1);
    });
  }

  std::filesystem::path path_;
};

const std::string kFour = std::string("\4\0\0\0\0\0\0\0", 8);  // the integer 4, as s holds it

}  // namespace

TEST_CASE("weights and shapes in another file are read from there") {
  const Folder folder("weights.bin");
  folder.write("weights.bin", kFour + std::string(16, '\0'));
  const auto network = import(folder.model());
  CHECK(to_text(*network.tensor(network.outputs()[0]).shape) == "4");
  CHECK(totals(network).weight_bytes == 16);
}

TEST_CASE("a file that is missing, short or elsewhere is named with tensor and offset") {
  {
    const Folder missing("gone.bin");
    CHECK(missing.complaint() ==
          "tensor 'w' lies at offset 8 of 'gone.bin', which cannot be "
          "opened: No such file or directory; put it beside the model");
  }
  {
    const Folder enough("weights.bin");
    enough.write("weights.bin", kFour + std::string(16, '\0'));
    CHECK(enough.complaint() == "no error");
    enough.write("weights.bin", kFour + std::string(15, '\0'));
    CHECK(enough.complaint() ==
          "tensor 'w' lies at offset 8 of 'weights.bin', which is too short: 16 bytes are needed "
          "there, the file has 23 in all; copy or export it again");
  }
  for (const std::string location : {"../weights.bin", "/etc/passwd", ""}) {
    const Folder outside(location);
    CHECK(outside.complaint() == "tensor 'w' lies at offset 8 of '" + location +
                                     "', which is not a file in the model's folder");
  }
}

TEST_CASE("lengths and offsets that contradict the tensor are refused") {
  const Folder little("weights.bin", "8", "12");
  little.write("weights.bin", kFour + std::string(16, '\0'));
  CHECK(little.complaint() ==
        "tensor 'w' lies at offset 8 of 'weights.bin', which gives it 12 "
        "bytes, but 4 float32 need 16");
  const Folder words("weights.bin", "eight");
  CHECK(words.complaint() == "has external data whose offset is 'eight', not a whole number");
  const Folder beyond("weights.bin", "9223372036854775807", "");
  beyond.write("weights.bin", kFour);
  CHECK(beyond.complaint().find("is too short: 16 bytes are needed there") != std::string::npos);
}

TEST_CASE("a model in memory does not look for its files") {
  const Folder folder("gone.bin");
  std::ifstream file(folder.model(), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  CHECK(totals(import_bytes(bytes, "memory.onnx")).weight_bytes == 16);
}

}  // namespace roofbeam::onnx
