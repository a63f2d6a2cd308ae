// The scenario files of the case studies, as they lie in scenarios/studies/.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "scenarios/scenario.hpp"

namespace roofbeam {
namespace {

namespace fs = std::filesystem;

// Those that state a scenario; what they include does not.
std::vector<std::string> scenario_files() {
  std::vector<std::string> files;
  for (const auto& entry :
       fs::recursive_directory_iterator(ROOFBEAM_SOURCE_DIR "/scenarios/studies")) {
    if (entry.path().extension() != ".yaml") continue;
    const auto path = entry.path().string();
    const auto root = load_with_includes(path);
    if (root.find("scenario") != nullptr) files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST_CASE("every scenario of the case studies can be read, and the networks it names are there") {
  const auto files = scenario_files();
  CHECK(files.size() >= 13);
  for (const auto& file : files) {
    CAPTURE(file);
    const auto scenario = load_scenario(file);
    CHECK_FALSE(scenario.title.empty());
    CHECK_FALSE(scenario.objectives.empty());
    for (const auto& network : scenario.networks) CHECK(fs::exists(network.onnx));
  }
}

}  // namespace
}  // namespace roofbeam
