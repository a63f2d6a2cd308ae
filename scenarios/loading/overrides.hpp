// What the command line adds to a scenario file, or says instead of one.
#pragma once

#include <string>
#include <vector>

#include "core/config/node.hpp"

namespace roofbeam {

struct ScenarioOverrides {
  std::string objectives = {};                 // "min latency,max accuracy"; empty: the file's
  std::vector<std::string> requirements = {};  // "latency <= 33 ms", besides the file's
  std::vector<std::string> settings = {};      // "PATH=VALUE", for every case
  std::vector<std::string> vary = {};          // "PATH=10..100 GB/s:20" or "PATH=A,B,C"
  std::vector<std::string> platforms = {};     // instead of all that the file lists, unless empty
};

// A scenario without a file: one network, on the platforms stated.
[[nodiscard]] config::Node scenario_of_network(const std::string& onnx);

// Writes them into a file's tree. A path without a room is the platform's. A platform that the file
// lists by that name stays as it describes it; rules about platforms that are left out go. Throws
// InputError: an option that is not PATH=VALUE, a value that is no YAML.
void apply_overrides(config::Node& root, const ScenarioOverrides& overrides);

}  // namespace roofbeam
