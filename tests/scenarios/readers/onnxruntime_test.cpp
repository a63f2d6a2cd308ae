#include <doctest/doctest.h>

#include "scenarios/readers/readers.hpp"
#include "tests/scenarios/samples.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::kOnnxRuntime;
using testing::message_of;
using testing::source;
using testing::with;

namespace {

Measurements read(const std::string& text) {
  return readers::read_onnxruntime_profile(source(text, "trace.json"));
}
std::string complaint(const std::string& text) {
  return message_of([&] { return read(text); });
}

// An event, for traces of one's own.
std::string event(const std::string& cat, const std::string& name, int ts, int dur,
                  const std::string& args = "") {
  return "{\"cat\":\"" + cat + "\",\"ph\":\"X\",\"name\":\"" + name +
         "\",\"ts\":" + std::to_string(ts) + ",\"dur\":" + std::to_string(dur) + ",\"args\":{" +
         args + "}}";
}
std::string run(int ts, int dur) { return event("Session", "model_run", ts, dur); }
std::string node(int ts, int dur, const std::string& args = "\"op_name\":\"Conv\"") {
  return event("Node", "a_kernel_time", ts, dur, args);
}

}  // namespace

TEST_CASE("a profile of several runs is that of all but the first") {
  const auto found = read(kOnnxRuntime);
  REQUIRE(found.rows.size() == 1);
  const auto& row = found.rows[0];
  CHECK(row.runtime == "onnxruntime CPU");
  CHECK(row.latency->si() == doctest::Approx(400e-6));
  CHECK(row.latency_kind == "median of 1");
  CHECK(row.place == "trace.json:1");
  REQUIRE(row.layers.size() == 2);
  CHECK(row.layers[0].name == "conv1");
  CHECK(row.layers[0].op == "Conv");
  CHECK(row.layers[0].time.si() == doctest::Approx(300e-6));
  CHECK(row.layers[1].name == "fc");
  CHECK(row.layers[1].time.si() == doctest::Approx(50e-6));
  CHECK(found.remarks ==
        std::vector<std::string>{
            "trace.json: ONNX Runtime's profile names no network, device, threads or precision; "
            "profiling adds some microseconds to each node"});
}

TEST_CASE("a single run counts although it is the first") {
  const auto found = read("[" + node(110, 70) + "," + run(100, 90) + "]");
  CHECK(found.rows[0].latency->si() == doctest::Approx(90e-6));
  CHECK(found.rows[0].layers[0].time.si() == doctest::Approx(70e-6));
}

TEST_CASE("medians are taken over runs, after the calls of a run are added up") {
  // After the first run: 10 + 20, 40, 60 in runs of 100, 200 and 300 us.
  const auto found = read("[" + node(5, 900) + "," + run(0, 1000) + "," + node(2000, 10) + "," +
                          node(2050, 20) + "," + run(2000, 100) + "," + node(3010, 40) + "," +
                          run(3000, 200) + "," + node(4010, 60) + "," + run(4000, 300) + "]");
  CHECK(found.rows[0].latency->si() == doctest::Approx(200e-6));
  CHECK(found.rows[0].latency_kind == "median of 3");
  REQUIRE(found.rows[0].layers.size() == 1);
  CHECK(found.rows[0].layers[0].time.si() == doctest::Approx(40e-6));
}

TEST_CASE("nodes without names are called by operator and index") {
  const auto found = read(
      "[" + event("Node", "_kernel_time", 1, 5, "\"op_name\":\"Conv\",\"node_index\":\"7\"") + "," +
      event("Node", "_kernel_time", 7, 3, "\"op_name\":\"Conv\",\"node_index\":\"8\"") + "]");
  REQUIRE(found.rows[0].layers.size() == 2);
  CHECK(found.rows[0].layers[0].name == "Conv_7");
  CHECK(found.rows[0].layers[1].name == "Conv_8");
}

TEST_CASE("without runs the nodes' medians are added up, and said to be") {
  const auto found = read("[" + node(1, 500) + "," + node(600, 10) + "," + node(700, 30) + "]");
  CHECK(found.rows[0].latency->si() == doctest::Approx(20e-6));
  CHECK(found.rows[0].latency_kind == "sum of medians");
  CHECK(found.remarks[0] ==
        "trace.json: has no 'model_run' events; its latency is the sum of the nodes'");
}

TEST_CASE("where the time is not the CPU's, a remark says that the host's clock ran") {
  const std::string cuda = "\"op_name\":\"Conv\",\"provider\":\"CUDAExecutionProvider\"";
  const auto found = read("[" + node(110, 70, cuda) + "," + run(100, 90) + "]");
  CHECK(found.rows[0].runtime == "onnxruntime CUDAExecutionProvider");
  CHECK(found.remarks[0] ==
        "trace.json: the nodes' times are those of the host (CUDAExecutionProvider); the device may"
        " work on");
  const std::string directml = "\"op_name\":\"Conv\",\"provider\":\"DmlExecutionProvider\"";
  CHECK(read("[" + node(110, 70, directml) + "]").rows[0].runtime == "DirectML");
}

TEST_CASE("a trace that is wrong says where") {
  const std::string remedy =
      "\n  profile again, and end the session (end_profiling) before reading the file";
  CHECK(
      complaint("[\n" + run(0, 5) + ",\n") ==
      "trace.json:2:72: error: the JSON ends too early\n"
      "    "
      "{\"cat\":\"Session\",\"ph\":\"X\",\"name\":\"model_run\",\"ts\":0,\"dur\":5,\"args\":{}},\n"
      "                                                                           ^" +
          remedy);
  CHECK(complaint("[" + run(0, 5) + "]") == "trace.json: error: holds no kernel times" + remedy);
  CHECK(
      complaint("[" + with(node(0, 5), "\"dur\":5,", "") + "]") ==
      "trace.json: error: event 1 ('a_kernel_time'): 'ts' and 'dur' in microseconds were expected" +
          remedy);
  CHECK(complaint("[" + node(0, 5) + "," + run(0, 0) + "]") ==
        "trace.json: error: all runs take no time" + remedy);
  CHECK(complaint("[1, 2]") == "trace.json: error: is not an array of objects" + remedy);
  CHECK(complaint("[[1]]") == "trace.json: error: is not an array of objects" + remedy);
  CHECK(complaint("[{\"a\": }]") ==
        "trace.json:1:8: error: this is not JSON\n"
        "    [{\"a\": }]\n"
        "           ^" +
            remedy);
}

TEST_CASE("nesting and objects without end are refused") {
  const std::string remedy =
      "\n  profile again, and end the session (end_profiling) before reading the file";
  CHECK(complaint("[{\"a\":" + std::string(100, '[')) ==
        "trace.json: error: is nested deeper than 64 levels" + remedy);
  std::string many = "[{\"a\":0";
  for (int i = 0; i < 300; ++i) many += ",\"a\":0";
  CHECK(complaint(many + "}]") == "trace.json: error: object 1 has more than 256 values" + remedy);
}

TEST_CASE("an array of events makes a profile of ONNX Runtime") {
  CHECK(readers::is_onnxruntime_profile(kOnnxRuntime));
  CHECK_FALSE(readers::is_onnxruntime_profile(testing::kTrtexec));
  CHECK_FALSE(readers::is_onnxruntime_profile("[]"));
}
