#include "scenarios/prediction_file.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

using testing::message_of;

// As small as the schema allows; reports/predict_json.cpp writes it, and its test reads it back.
const std::string kFile = R"({"schema": "roofbeam.predict/1", "predictions": [{
  "network": "tiny", "platform": "board", "platform_title": "A board", "engine": "cpu",
  "runtime": "ncnn", "precision": "int8", "batch": 2, "threads": 4,
  "latency_s": 0.004, "latency_80_s": [0.003, 0.005], "latency_95_s": [0.001, 0.016],
  "calibrated_on": 3, "energy_j": 6, "energy_operations_j": 1, "energy_traffic_j": 2,
  "energy_power_j": 3, "energy_80_j": [6, 6], "energy_95_j": [6, 6], "average_power_w": 1500,
  "throttle": 1.5, "peak_memory_bytes": 6144, "arena_bytes": 4096, "weights_bytes": 2048,
  "fits": false, "fits_reason": "too small",
  "activations_in": {"level": "DRAM", "needed_bytes": 4096, "size_bytes": 2048, "fits": false},
  "weights_in": {"level": "DRAM", "needed_bytes": 2048, "size_bytes": 2048, "fits": true},
  "bound": "compute", "bound_share": 0.75, "macs": 2000000, "parameters": 2048,
  "levels": ["DRAM"], "alive_at_peak": [], "layers": [{
    "name": "first", "op": "Conv+Clip", "algorithm": "gemm", "precision": "int8", "repeat": 1,
    "macs": 7, "weights_bytes": 5, "latency_s": 0.004, "latency_80_s": [0.004, 0.004],
    "latency_95_s": [0.004, 0.004], "compute_s": 0.001, "overhead_s": 0.0005,
    "energy_j": 6, "energy_operations_j": 1, "energy_traffic_j": 2, "energy_power_j": 3,
    "energy_80_j": [6, 6], "energy_95_j": [6, 6], "bound": "DRAM", "tile_use": 0.5,
    "cores_used": 3, "traffic": [{"level": "DRAM", "bytes": 12, "time_s": 0.003}]}],
  "assumptions": [], "not_modelled": {}, "not_shaped": {}}]})";

std::string said(const std::string& from, const std::string& to) {
  std::string text = kFile;
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  return message_of([&] { static_cast<void>(read_predictions(text, "a.json")); });
}

TEST_CASE("everything that a comparison needs is read") {
  const auto all = read_predictions(kFile, "a.json");
  REQUIRE(all.size() == 1);
  const Prediction& p = all[0];
  CHECK(p.network == "tiny");
  CHECK(p.precision == Precision::int8);
  CHECK(p.batch == 2);
  CHECK(p.threads == 4);
  CHECK(p.latency.si() == 0.004);
  CHECK(p.latency_error.interval_95(p.latency).high.si() == doctest::Approx(0.016));
  CHECK(p.energy.total().si() == 6);
  CHECK(p.throttle == 1.5);
  CHECK(p.peak_memory.si() == 6144);
  CHECK_FALSE(p.fits);
  CHECK(p.levels == std::vector<std::string>{"DRAM"});
  REQUIRE(p.layers.size() == 1);
  CHECK(p.layers[0].algorithm == Algorithm::gemm);
  CHECK(p.layers[0].levels[0].time.si() == 0.003);
  CHECK(p.layers[0].overhead.si() == 0.0005);
}

TEST_CASE("an energy that is null is unknown, not zero") {
  std::string text = kFile;
  for (const char* part : {"\"energy_operations_j\": 1", "\"energy_traffic_j\": 2",
                           "\"energy_power_j\": 3", "\"energy_j\": 6"}) {
    const std::string key(part, std::string_view(part).find(':'));
    text.replace(text.find(part), std::string_view(part).size(), key + ": null");
  }
  text.replace(text.find("\"energy_95_j\": [6, 6]"), 21, "\"energy_95_j\": null");
  const Prediction p = read_predictions(text, "a.json")[0];
  CHECK(std::isnan(p.energy.total().si()));
  CHECK(p.energy_error.deviation == 0);
  CHECK(p.layers[0].energy.total().si() == 6);
}

TEST_CASE("the stored size is that of the weights in files that do not have it") {
  CHECK(read_predictions(kFile, "a.json")[0].stored.si() == 2048);
  std::string text = kFile;
  text.insert(text.find("\"fits\": false"), "\"stored_bytes\": 3000, ");
  CHECK(read_predictions(text, "a.json")[0].stored.si() == 3000);
}

TEST_CASE("what is wrong with a file is told with its place") {
  CHECK(said("roofbeam.predict/1", "roofbeam.scale/1") ==
        "a.json: error: its schema is not roofbeam.predict/1: write it with roofbeam predict "
        "--format json");
  CHECK(said("\"threads\": 4", "\"thread\": 4") ==
        "a.json: error: predictions[0].threads is missing");
  CHECK(said("\"batch\": 2", "\"batch\": \"two\"") ==
        "a.json: error: predictions[0].batch is not a number");
  CHECK(said("\"algorithm\": \"gemm\"", "\"algorithm\": \"gem\"")
            .starts_with(
                "a.json: error: predictions[0].layers[0].algorithm 'gem' is none of direct, "));
  CHECK(said("[\"DRAM\"]", "[\"L1\", \"DRAM\"]") ==
        "a.json: error: predictions[0].layers[0].traffic has another number of levels");
  CHECK(said("\"batch\": 2", "\"batch\": 3e9") ==
        "a.json: error: predictions[0].batch is 3000000000, not a count");
  CHECK(said("\"batch\": 2", "\"batch\": 1.5") ==
        "a.json: error: predictions[0].batch is 1.5, not a count");
  CHECK(said("\"throttle\": 1.5", "\"throttle\": 0") ==
        "a.json: error: predictions[0].throttle is 0, less than 1");
  CHECK(said("[0.001, 0.016]", "[0.001]") ==
        "a.json: error: predictions[0].latency_95_s is not [low, high]");
  CHECK(message_of([] {
          static_cast<void>(read_predictions("{", "a.json"));
        }).starts_with("a.json: error: is not JSON: "));
  CHECK(message_of([] {
          static_cast<void>(read_predictions("[]", "a.json"));
        }).starts_with("a.json: error: its schema is not roofbeam.predict/1"));
}

}  // namespace
}  // namespace roofbeam
