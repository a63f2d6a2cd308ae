#include <doctest/doctest.h>

#include "scenarios/readers/readers.hpp"
#include "tests/scenarios/samples.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::kTrtexec;
using testing::message_of;
using testing::source;
using testing::with;

namespace {

Measurements read(const std::string& text) {
  return readers::read_trtexec_profile(source(text, "profile.json"));
}
std::string complaint(const std::string& text) {
  return message_of([&] { return read(text); });
}

}  // namespace

TEST_CASE("a profile of trtexec is the sum of its layers' medians") {
  const auto found = read(kTrtexec);
  REQUIRE(found.rows.size() == 1);
  const auto& row = found.rows[0];
  CHECK(row.latency->si() == doctest::Approx(0.00024));
  CHECK(row.latency_kind == "sum of medians of 200");
  CHECK(row.runtime == "TensorRT");
  REQUIRE(row.layers.size() == 2);
  CHECK(row.layers[0].name == "conv1 + relu1");
  CHECK(row.layers[0].time.si() == doctest::Approx(0.00019));
  CHECK(found.remarks ==
        std::vector<std::string>{
            "profile.json: trtexec's profile names no network, device or precision; its latency is "
            "the sum of the layers, without the time between them"});
}

TEST_CASE("without medians the averages are taken, and said to be") {
  const auto found = read(with(kTrtexec, "\"medianMs\" : 0.19, ", ""));
  CHECK(found.rows[0].latency->si() == doctest::Approx(0.00025));
  CHECK(found.rows[0].latency_kind == "sum of averages of 200");
}

TEST_CASE("a profile that was cut short or is another file is complained of") {
  CHECK(
      complaint(kTrtexec.substr(0, kTrtexec.find(", { \"name\" : \"fc\""))) ==
      "profile.json:3:103: error: the JSON ends too early\n"
      "    , { \"name\" : \"conv1 + relu1\", \"timeMs\" : 40, \"averageMs\" : 0.2, \"medianMs\" : "
      "0.19, \"percentage\" : 80 }\n"
      "                                                                                          "
      "                ^\n"
      "  write it anew with trtexec --exportProfile=FILE");
  CHECK(complaint(with(kTrtexec, "0.19", "nan")).starts_with("profile.json:3:"));
  CHECK(complaint(with(kTrtexec, "\"name\" : \"fc\", ", "")) ==
        "profile.json: error: object 3: a layer with 'name' and 'medianMs' or 'averageMs' was "
        "expected\n"
        "  write it anew with trtexec --exportProfile=FILE");
  CHECK(complaint("[{\"count\": 3}]") ==
        "profile.json: error: holds no layers\n"
        "  write it anew with trtexec --exportProfile=FILE");
  CHECK(complaint("{\"averageMs\": 3}") ==
        "profile.json: error: is not an array\n"
        "  write it anew with trtexec --exportProfile=FILE");
}

TEST_CASE("an array with averageMs makes a profile of trtexec") {
  CHECK(readers::is_trtexec_profile(kTrtexec));
  CHECK_FALSE(readers::is_trtexec_profile(testing::kOnnxRuntime));
  CHECK_FALSE(readers::is_trtexec_profile("{\"averageMs\": 3}"));
}
