#include "reports/trace.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/reports/sample.hpp"

using namespace roofbeam;
using Json = nlohmann::json;

namespace {

std::vector<Json> slices(const Json& trace, int track) {
  std::vector<Json> found;
  for (const auto& event : trace.at("traceEvents")) {
    if (event.at("ph") == "X" && event.at("tid") == track) found.push_back(event);
  }
  return found;
}

}  // namespace

TEST_CASE("calls follow one another: 1 ms, then 3 ms") {
  const auto trace = Json::parse(predict_trace({sample_prediction()}));
  const auto calls = slices(trace, 1);
  REQUIRE(calls.size() == 2);
  CHECK(calls[0].at("name") == "first");
  CHECK(calls[0].at("ts") == 0);
  CHECK(calls[0].at("dur").get<double>() == doctest::Approx(1000));
  CHECK(calls[1].at("ts").get<double>() == doctest::Approx(1000));
  CHECK(calls[1].at("dur").get<double>() == doctest::Approx(3000));
  CHECK(calls[1].at("args").at("bound") == "compute");
}

TEST_CASE("compute and each memory level have tracks of their own") {
  const auto trace = Json::parse(predict_trace({sample_prediction()}));
  CHECK(slices(trace, 2).size() == 2);
  const auto dram = slices(trace, 4);
  REQUIRE(dram.size() == 2);
  CHECK(dram[1].at("cat") == "DRAM");
  CHECK(dram[1].at("dur").get<double>() == doctest::Approx(200));
  CHECK(dram[1].at("args").at("bytes") == 2048);
}

TEST_CASE("dispatch is the end of its call, on the last track") {
  auto prediction = sample_prediction();
  prediction.layers[1].overhead = Seconds::from_si(500e-6);
  const auto trace = Json::parse(predict_trace({prediction}));
  const auto dispatch = slices(trace, 5);
  REQUIRE(!dispatch.empty());
  const Json& last = dispatch.back();
  CHECK(last.at("name") == "second, \"last\"");
  CHECK(last.at("cat") == "dispatch");
  CHECK(last.at("dur").get<double>() == doctest::Approx(500));
  CHECK(last.at("ts").get<double>() == doctest::Approx(3500));  // the call ends at 4 ms
}

TEST_CASE("every prediction is a process with a name") {
  const auto trace = Json::parse(predict_trace({sample_prediction(), sample_prediction()}));
  std::vector<std::string> names;
  for (const auto& event : trace.at("traceEvents")) {
    if (event.at("name") == "process_name") names.push_back(event.at("args").at("name"));
  }
  CHECK(names == std::vector<std::string>(2, "tiny on board/cpu, ncnn, int8"));
}
