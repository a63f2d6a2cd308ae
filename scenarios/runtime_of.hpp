// Which profile and which precision a measurement's words mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platforms/precision.hpp"

namespace roofbeam {

// The profile, for load_runtime, that a measurement's `runtime` means: a catalogue name or path is
// itself; "ncnn CPU" and "ncnn Vulkan" are ncnn, "TFLite CPU" is xnnpack, "X-CUBE-AI" of version
// 8.1.0 is x-cube-ai-8, "X-CUBE-AI v8.1.0", as MLPerf Tiny has it, x-cube-ai-8-mlperf, and so on.
// nullopt: no profile describes it, as with TFLite on GPUs and accelerators or with its own kernels
// (ruy, TFLite Micro).
[[nodiscard]] std::optional<std::string> runtime_of(const std::string& runtime,
                                                    const std::string& version = "");

// The precision that a word means, with what the file adds to it: "fp32", "fp16(default)", "int8?".
// nullopt: none, or more than one ("fp16-storage/fp32-arith").
[[nodiscard]] std::optional<Precision> precision_of(std::string_view text);

}  // namespace roofbeam
