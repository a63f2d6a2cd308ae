// A small network on platforms of the catalogue, for tests of questions.
#pragma once

#include <memory>

#include "core/onnx/import.hpp"
#include "scenarios/subject.hpp"

namespace roofbeam::testing {

inline std::shared_ptr<const Network> network(const std::string& name) {
  return std::make_shared<const Network>(
      onnx::import(ROOFBEAM_SOURCE_DIR "/networks/" + name + ".onnx"));
}

inline Subject subject(const std::string& platform, const std::string& name = "ds_cnn_mlperftiny",
                       LowerOptions run = {}) {
  SubjectOptions options;
  options.platform = platform;
  options.run = run;
  return {network(name), options};
}

}  // namespace roofbeam::testing
