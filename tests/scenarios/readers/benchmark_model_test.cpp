#include <doctest/doctest.h>

#include "scenarios/readers/readers.hpp"
#include "tests/scenarios/samples.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::kBenchmarkModel;
using testing::message_of;
using testing::source;
using testing::with;

namespace {

Measurements read(const std::string& text) {
  return readers::read_benchmark_model(source(text, "log.txt"));
}

// "op name us" for each layer.
std::string layers(const Measurement& row) {
  std::string text;
  for (const auto& layer : row.layers) {
    text += layer.op + " " + layer.name + " " +
            std::to_string(static_cast<int>(layer.time.si() * 1e6 + 0.5)) + "\n";
  }
  return text;
}

const std::string kHeader = "\t [node type]\t [first]\t [avg ms]\t [%]\t [times called]\t[Name]\n";

}  // namespace

TEST_CASE("the average is the latency, and the flags say what ran") {
  const auto found = read(kBenchmarkModel);
  REQUIRE(found.rows.size() == 1);
  const auto& row = found.rows[0];
  CHECK(row.network == "mobilenet");
  CHECK(row.runtime == "TFLite XNNPACK");
  CHECK(row.threads == 4);
  CHECK(row.latency->si() == doctest::Approx(0.0332094));
  CHECK(row.latency_kind == "avg");
  CHECK(row.place == "log.txt:10");
  CHECK(found.remarks ==
        std::vector<std::string>{
            "log.txt: benchmark_model prints neither the device nor the precision"});
}

TEST_CASE("the layers are those of the regular runs, each once, with all its calls in a run") {
  CHECK(layers(read(kBenchmarkModel).rows[0]) ==
        "CONV_2D net/conv1;net/relu1 29500\n"
        "SOFTMAX net/prob 3000\n");
}

TEST_CASE("older versions print other words") {
  const auto found = read(
      "Average inference timings in us: Warmup: 420, Init: 63, Inference: 400\n"
      "Average inference timings in us: Warmup: 420, Init: 63, no stats: 300\n");
  REQUIRE(found.rows.size() == 2);
  CHECK(found.rows[0].latency->si() == doctest::Approx(400e-6));
  CHECK(found.rows[0].runtime == "TFLite CPU");
  CHECK(found.rows[1].latency->si() == doctest::Approx(300e-6));
}

TEST_CASE("what a delegate did inside stands in its place") {
  const auto found = read(
      "Inference timings in us: Init: 1, Inference (avg): 5000\n"
      "Operator-wise Profiling Info for Regular Benchmark Runs:\n"
      "===== Run Order =====\n" +
      kHeader +
      "\tTfLiteXNNPackDelegate\t4\t4\t80%\t1\t[prob]:64\n"
      "\tSOFTMAX\t1\t1\t20%\t1\t[out]:65\n"
      "\n"
      "Delegate internal: \n"
      "===== Run Order =====\n" +
      kHeader +
      "\tDelegate/Convolution (NHWC, F32) IGEMM\t3\t3\t80%\t1\t"
      "Delegate/Convolution (NHWC, F32) IGEMM:0\n"
      "\n");
  CHECK(layers(found.rows[0]) ==
        "SOFTMAX out 1000\n"
        "Delegate/Convolution (NHWC, F32) IGEMM Delegate/Convolution (NHWC, F32) IGEMM:0 3000\n");
}

TEST_CASE("tables may be CSV, and may stand above the timings") {
  const auto found = read(
      "===== Run Order =====\n"
      "node type, first, avg_ms, %, cdf%, mem KB, times called, name\n"
      "CONV_2D, 1.0, 2.5, 100%, 100%, 0, 1, conv1\n"
      "\n"
      "Inference timings in us: Init: 1, Inference (avg): 2600\n");
  CHECK(layers(found.rows[0]) == "CONV_2D conv1 2500\n");
}

TEST_CASE("tabs may have become blanks, and what no run calls takes no time") {
  const auto found = read(
      "INFO: Inference timings in us: Init: 1, Inference (avg): 500\n"
      "INFO: Operator-wise Profiling Info for Regular Benchmark Runs:\n"
      "===== Run Order =====\n"
      "                     [node type]   [avg ms]    [%]  [times called]  [Name]\n"
      "                 AllocateTensors      0.100   1.0%               0  AllocateTensors/0\n"
      "    Convolution (NHWC, F32) GEMM      0.025  90.0%              13  "
      "Delegate/Convolution (NHWC, F32) GEMM:2\n"
      "a line that is cut\n");
  CHECK(layers(found.rows[0]) ==
        "Convolution (NHWC, F32) GEMM Delegate/Convolution (NHWC, F32) GEMM:2 325\n");
  CHECK(found.remarks[1] == "log.txt: line 7 of the layers could not be read; left out");
}

TEST_CASE("a file may hold several models, each with its own flags and layers") {
  const auto found = read(kBenchmarkModel +
                          "STARTING!\nGraph: [second.tflite]\nInference timings in us: Init: 1, "
                          "Inference (avg): 1e+03\n");
  REQUIRE(found.rows.size() == 2);
  CHECK(found.rows[1].network == "second");
  CHECK_FALSE(found.rows[1].threads);
  CHECK(found.rows[1].runtime == "TFLite CPU");
  CHECK(found.rows[1].latency->si() == doctest::Approx(0.001));
  CHECK(found.rows[1].layers.empty());
}

TEST_CASE("a timing that is none is complained of") {
  CHECK(message_of([] { return read("Inference timings in us: Init: 855\n"); }) ==
        "log.txt:1:1: error: 'Inference (avg): ' with microseconds was expected\n"
        "    Inference timings in us: Init: 855\n"
        "    ^\n"
        "  run benchmark_model again to its end");
}
