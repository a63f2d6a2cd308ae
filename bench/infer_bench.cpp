// Parsing and shape inference beside those of ONNX's own library, on the same bytes in the same
// run.
//
// Roofbeam also counts work and folds constants meanwhile; libonnx only parses and infers shapes.
// Rounds alternate between both, and the median of each is shown.
#include <fmt/core.h>
#include <onnx/onnx_pb.h>
#include <onnx/shape_inference/implementation.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/onnx/import.hpp"

namespace roofbeam::bench {
namespace {

constexpr int kRounds = 25;
constexpr const char* kOwnNetworks = ROOFBEAM_SOURCE_DIR "/networks";

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// ONNX's light networks (weights without numbers), where libonnx-testdata is installed, and ours.
std::vector<std::filesystem::path> networks() {
  std::vector<std::filesystem::path> found;
  for (const std::string folder : {"/usr/share/libonnx-testdata/data/real", kOwnNetworks}) {
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".onnx") found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

// "test_resnet50" for .../test_resnet50/model.onnx.
std::string name_of(const std::filesystem::path& path) {
  return path.stem() == "model" ? path.parent_path().filename().string() : path.stem().string();
}

template <class Work>
double microseconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
      .count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Tensors that both give a shape: that neither gets away with less.
int shaped_by_libonnx(const std::string& bytes) {
  ::onnx::ModelProto model;
  if (!model.ParseFromString(bytes)) throw std::runtime_error("libonnx cannot parse it");
  ::onnx::shape_inference::InferShapes(model);
  return model.graph().value_info_size();
}

std::size_t shaped_by_roofbeam(const std::string& bytes) {
  const auto network = onnx::import_bytes(bytes, "bench", {{}, {}, true});
  return network.tensors().size();
}

double compare(const std::filesystem::path& path) {
  const auto bytes = bytes_of(path);
  std::vector<double> ours;
  std::vector<double> theirs;
  int shaped = 0;
  std::size_t tensors = 0;
  for (int round = 0; round < kRounds; ++round) {
    ours.push_back(microseconds([&] { tensors = shaped_by_roofbeam(bytes); }));
    theirs.push_back(microseconds([&] { shaped = shaped_by_libonnx(bytes); }));
  }
  const double ratio = median(theirs) / median(ours);
  fmt::print("{:<36}{:>9}{:>9}{:>12.1f}{:>12.1f}{:>8.1f}\n", name_of(path), tensors, shaped,
             median(ours), median(theirs), ratio);
  return ratio;
}

void run() {
  fmt::print("{:<36}{:>9}{:>9}{:>12}{:>12}{:>8}\n", "network", "tensors", "shaped", "roofbeam us",
             "libonnx us", "ratio");
  std::vector<double> ratios;
  for (const auto& path : networks()) ratios.push_back(compare(path));
  fmt::print("libonnx takes {:.1f} times as long in the median, {:.1f} times at the least\n",
             median(ratios), *std::min_element(ratios.begin(), ratios.end()));
}

}  // namespace
}  // namespace roofbeam::bench

int main() { roofbeam::bench::run(); }
