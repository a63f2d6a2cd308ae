#include "scenarios/runtime_of.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "platforms/runtime.hpp"

using namespace roofbeam;

TEST_CASE("what people call a runtime means a profile") {
  struct Row {
    std::string runtime;
    std::string profile;  // empty: none
  };
  const std::vector<Row> rows = {
      {"ncnn CPU", "ncnn"},
      {"ncnn Vulkan", "ncnn-vulkan"},
      {"ncnn CPU (inside Vulkan run)", "ncnn"},
      {"XNNPACK end2end_bench", "xnnpack"},
      {"TFLite CPU", "xnnpack"},
      {"TFLite XNNPACK (label_image)", "xnnpack"},
      {"TFLite vmaster (xnnpack)", "xnnpack"},
      {"TensorFlow Lite 2.16", "xnnpack"},
      {"onnxruntime", "onnxruntime"},
      {"onnxruntime CPU", "onnxruntime"},
      {"ONNX Runtime 1.17", "onnxruntime"},
      {"CMSIS-NN", "cmsis-nn"},
      {"microTVM + CMSIS-NN", "cmsis-nn"},
      {"TFLite Micro + CMSIS-NN", "cmsis-nn"},
      {"Plumerai Inference Engine 2023.05", "plumerai"},
      {"Plumerai Inference Engine", "plumerai-2022"},
      {"microTVM native", "microtvm"},
      {"TFLM v2.3.1", "tflm"},
      {"Bosch Hardware-Aware Lowering Engine (HALE) version 1.0.175", "hale"},
      {"ONNC", "onnc"},
      {"DirectML", "directml"},
      {"onnxruntime DirectML", "directml"},
      {"onnxruntime XnnpackExecutionProvider", "xnnpack"},
      {"TFLite (ruy)", ""},
      {"TFLite CoreML delegate", ""},
      {"TFLite GPU delegate", ""},
      {"TFLite Micro", ""},
      {"Tensorflow Lite Micro 2.3.1", ""},
      {"TFLite EdgeTPU", ""},
      {"ArmNN TFLite using neon", ""},
      {"ONNX runtime with GPU support", ""},
      {"onnxruntime CUDAExecutionProvider", ""},
      {"PyTorch", ""},
      {"TensorRT", ""},
      {"", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.runtime);
    CHECK(runtime_of(row.runtime).value_or("") == row.profile);
  }
}

TEST_CASE("every profile of the catalogue and every path is itself") {
  for (const auto& name : catalog_runtimes()) CHECK(runtime_of(name) == name);
  CHECK(runtime_of("mine/tflite.yaml") == "mine/tflite.yaml");
}

TEST_CASE("X-CUBE-AI has a profile for each generation, and one for MLPerf Tiny's submissions") {
  struct Row {
    std::string runtime;
    std::string version;
    std::string profile;
  };
  const std::vector<Row> rows = {
      {"X-CUBE-AI", "7.3.0", "x-cube-ai-7"},      {"X-CUBE-AI v7.3.0", "", "x-cube-ai-7"},
      {"X-CUBE-AI v7.1.0", "", "x-cube-ai-7.1"},  {"X-CUBE-AI v8.0.0", "", "x-cube-ai-7"},
      {"X-CUBE-AI", "8.1.0", "x-cube-ai-8"},      {"X-CUBE-AI v8.1.0", "", "x-cube-ai-8-mlperf"},
      {"X-CUBE-AI", "10.0.0", "x-cube-ai"},       {"X-CUBE-AI", "", "x-cube-ai"},
      {"X-CUBE-AI v9.0", "", "x-cube-ai-mlperf"}, {"X-CUBE-AI v10.2", "", "x-cube-ai-mlperf"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.runtime);
    CHECK(runtime_of(row.runtime, row.version) == row.profile);
  }
}

TEST_CASE("a precision is the first word") {
  CHECK(precision_of("fp32") == Precision::fp32);
  CHECK(precision_of("fp16(default precision loss allowed)") == Precision::fp16);
  CHECK(precision_of("fp16 autocast") == Precision::fp16);
  CHECK(precision_of("int8?") == Precision::int8);
  CHECK_FALSE(precision_of("fp16-storage/fp32-arith"));
  CHECK_FALSE(precision_of("int8,fp16"));
  CHECK_FALSE(precision_of("unstated"));
  CHECK_FALSE(precision_of(""));
}
