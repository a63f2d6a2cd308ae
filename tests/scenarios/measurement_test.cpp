#include "scenarios/measurement.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "scenarios/readers/readers.hpp"
#include "tests/scenarios/samples.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::Folder;
using testing::message_of;

namespace {

const std::vector<std::string>& samples() {
  static const std::vector<std::string> all = {
      testing::kCsv,     testing::kYaml,           testing::kOnnxRuntime,
      testing::kTrtexec, testing::kBenchmarkModel, testing::kBenchncnn};
  return all;
}

}  // namespace

TEST_CASE("a file's content says what its format is, whatever its name") {
  const Folder folder;
  const std::vector<std::string> runtimes = {"ncnn CPU", "ncnn",           "onnxruntime CPU",
                                             "TensorRT", "TFLite XNNPACK", "ncnn CPU"};
  for (std::size_t i = 0; i < samples().size(); ++i) {
    const auto path = folder.file("measured.txt", samples()[i]);
    REQUIRE_FALSE(read_measurements(path).rows.empty());
    CHECK(read_measurements(path).rows[0].runtime == runtimes[i]);
    CHECK(read_measurements(path).rows[0].place.starts_with(path + ":"));
  }
}

TEST_CASE("a byte order mark is no part of the text") {
  const Folder folder;
  for (const auto& sample : samples()) {
    const auto path = folder.file("bom", "\xEF\xBB\xBF" + sample);
    CHECK_FALSE(read_measurements(path).rows.empty());
  }
}

TEST_CASE("notes may quote the tools") {
  const Folder folder;
  const auto path = folder.file(
      "a.csv",
      "network,latency_ms,notes\na,1,\"Inference timings in us: 3\nx min = 1 max = 2 avg = 3\"\n");
  CHECK(read_measurements(path).rows.size() == 1);
}

TEST_CASE("what is no file of measurements is refused") {
  const Folder folder;
  const auto none = folder.path() + "/none.csv";
  CHECK(message_of([&] { return read_measurements(none); }) ==
        none + ": error: cannot be opened: No such file or directory");
  CHECK(message_of([&] { return read_measurements(folder.path()); }) ==
        folder.path() + ": error: is a directory; a file was expected");
  CHECK(message_of([] { return read_measurements("/dev/null"); }) ==
        "/dev/null: error: is not a regular file");
  const auto empty = folder.file("empty");
  CHECK(message_of([&] { return read_measurements(empty); }) == empty + ": error: is empty");
  const auto poem = folder.file("poem", "Roses are red,\nviolets are blue\n");
  CHECK(message_of([&] { return read_measurements(poem); }) ==
        poem +
            ": error: holds no measurements in a format that is known\n"
            "  write one of: CSV with a column 'network', ONNX Runtime's profile JSON, trtexec "
            "--exportProfile JSON, the output of benchmark_model, the output of benchncnn, a YAML "
            "list of maps");
}

TEST_CASE("a file that is too large is refused before it is read") {
  const Folder folder;
  const auto path = folder.file("large", "network,latency_ms\n");
  std::filesystem::resize_file(path, (std::uintmax_t{256} << 20) + 1);  // a hole
  CHECK(message_of([&] { return read_measurements(path); }) ==
        path +
            ": error: is larger than 256 MiB, the most that is read\n"
            "  split it");
}

TEST_CASE("texts that were cut anywhere are read or complained of") {
  for (const auto& sample : samples()) {
    for (std::size_t size = 1; size < sample.size(); ++size) {
      const auto text = testing::source(sample.substr(0, size));
      (void)message_of([&] { return readers::read(text); });
    }
  }
}

TEST_CASE("texts with a wrong byte anywhere are read or complained of") {
  for (const auto& sample : samples()) {
    for (std::size_t at = 0; at < sample.size(); ++at) {
      for (const char wrong : {'\0', '"', '[', '\n', '-', '9', '\xff'}) {
        auto text = sample;
        text[at] = wrong;
        (void)message_of([&] { return readers::read(testing::source(text)); });
      }
    }
  }
}
