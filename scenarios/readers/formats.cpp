#include <array>

#include "scenarios/readers/readers.hpp"

namespace roofbeam::readers {

std::span<const Format> formats() {
  // CSV before the tools' outputs, whose words its notes may quote; YAML last, for almost any text
  // is YAML.
  static constexpr std::array kFormats = {
      Format{"CSV with a column 'network'", is_csv, read_csv},
      Format{"ONNX Runtime's profile JSON", is_onnxruntime_profile, read_onnxruntime_profile},
      Format{"trtexec --exportProfile JSON", is_trtexec_profile, read_trtexec_profile},
      Format{"the output of benchmark_model", is_benchmark_model, read_benchmark_model},
      Format{"the output of benchncnn", is_benchncnn, read_benchncnn},
      Format{"a YAML list of maps", is_yaml, read_yaml},
  };
  return kFormats;
}

}  // namespace roofbeam::readers
