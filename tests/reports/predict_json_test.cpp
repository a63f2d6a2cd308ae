#include "reports/predict_json.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/reports/sample.hpp"

using namespace roofbeam;
using Json = nlohmann::ordered_json;

TEST_CASE("every number of a prediction is there, in SI units") {
  const Json p = Json::parse(predict_json({sample_prediction()}))["predictions"][0];
  CHECK(p["latency_s"] == 0.004);
  CHECK(p["energy_j"] == 0.004);
  CHECK(p["average_power_w"] == 1.0);
  CHECK(p["precision"] == "int8");
  CHECK(p["fits"] == false);
  CHECK(p["activations_in"]["needed_bytes"] == 4096);
  CHECK(p["layers"][1]["traffic"][1]["level"] == "DRAM");
  CHECK(p["layers"][1]["traffic"][1]["time_s"] == 0.0002);
  CHECK(p["not_modelled"]["com.acme.Twist"] == 2);
  CHECK(p["not_shaped"] == Json::object());
}

TEST_CASE("how far the engine is used is there; what there is not is null") {
  Prediction sample = sample_prediction();
  sample.unpooled = Bytes::from_si(8192);
  sample.utilisation = {0.5, std::nullopt, {0.25, 0.125}};
  Json p = Json::parse(predict_json({sample}))["predictions"][0];
  CHECK(p["unpooled_bytes"] == 8192);
  CHECK(p["utilisation"]["simd"] == 0.5);
  CHECK(p["utilisation"]["caches"].is_null());
  CHECK(p["utilisation"]["bandwidths"][1] == Json{{"level", "DRAM"}, {"share", 0.125}});
  CHECK(p["loading"].is_null());
  sample.loading = Loading{"NVMe", Seconds::from_si(0.25), Seconds::from_si(0.5),
                           Seconds::from_si(0.375), Bytes::from_si(4096)};
  p = Json::parse(predict_json({sample}))["predictions"][0];
  CHECK(p["loading"] == Json{{"storage", "NVMe"},
                             {"load_s", 0.25},
                             {"first_whole_s", 0.5},
                             {"first_sections_s", 0.375},
                             {"section_memory_bytes", 4096}});
}

TEST_CASE("roofs and the memory plan are there, as far as they are known") {
  Prediction sample = sample_prediction();
  sample.bandwidths = {BytesPerSecond::from_si(2e9), BytesPerSecond::from_si(1e9)};
  sample.peaks = {{Precision::fp32, MacsPerSecond::from_si(4e9)}};
  sample.buffers = {{"x", 64, -1, 0, {}}, {"y", 32, 0, 2, 0}};
  sample.plan.placements = {{0}, {0}};
  sample.plan.peak_bytes = 64;
  const Json p = Json::parse(predict_json({sample}))["predictions"][0];
  CHECK(p["roofs"]["compute"] == Json::parse(R"([{"precision": "fp32", "macs_per_s": 4e9}])"));
  CHECK(p["roofs"]["memory"][1] ==
        Json::parse(R"({"level": "DRAM", "bandwidth_bytes_per_s": 1e9})"));
  CHECK(p["memory_plan"]["peak_bytes"] == 64);
  CHECK(p["memory_plan"]["buffers"][0] ==
        Json::parse(R"({"name": "x", "bytes": 64, "offset_bytes": 0, "born": -1, "dies": 0,
                        "shares": null})"));
  CHECK(p["memory_plan"]["buffers"][1]["shares"] == 0);
}

TEST_CASE("the text begins with the schema and ends in a newline") {
  CHECK(predict_json({}) == "{\n  \"schema\": \"roofbeam.predict/1\",\n  \"predictions\": []\n}\n");
}

TEST_CASE("numbers read back as the same bits") {
  Prediction p = sample_prediction();
  p.latency = Seconds::from_si(0.1 + 0.2);  // 0.30000000000000004
  const Json json = Json::parse(predict_json({p}));
  CHECK(json["predictions"][0]["latency_s"].get<double>() == 0.1 + 0.2);
}

TEST_CASE("what takes no time has unknown power") {
  Prediction p = sample_prediction();
  p.latency = Seconds{};
  CHECK(Json::parse(predict_json({p}))["predictions"][0]["average_power_w"].is_null());
}

TEST_CASE("names that are not UTF-8 still make JSON") {
  Prediction p = sample_prediction();
  p.network = "a\xFF";
  CHECK(Json::parse(predict_json({p}))["predictions"][0]["network"] == "a\uFFFD");
}
