// Small scenarios for the parts of a sweep.
#pragma once

#include <memory>
#include <string>

#include "scenarios/case_reader.hpp"
#include "scenarios/sweep/compiled.hpp"

namespace roofbeam::testing {

inline Scenario swept_scenario(const std::string& rest,
                               const std::string& platforms = "[apple-m1, cortex-m7]") {
  return read_scenario(
      config::parse("scenario: s\n"
                    "networks: [" ROOFBEAM_SOURCE_DIR "/networks/ds_cnn_mlperftiny.onnx]\n"
                    "platforms: " +
                        platforms + "\n" + rest,
                    "s.yaml"));
}

// A scenario with what reads and compiles it.
struct Compared {
  explicit Compared(const std::string& rest, const std::string& platforms = "[apple-m1, cortex-m7]")
      : scenario(swept_scenario(rest, platforms)), reader(scenario), compiled(scenario, reader) {}

  Scenario scenario;
  CaseReader reader;
  CompiledScenario compiled;
};

}  // namespace roofbeam::testing
