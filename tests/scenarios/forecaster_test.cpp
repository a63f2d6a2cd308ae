#include "scenarios/forecaster.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

using testing::message_of;

ForecastOptions options() {
  ForecastOptions made;
  made.networks = {ROOFBEAM_SOURCE_DIR "/networks"};
  return made;
}

Measurement row(const std::string& network, const std::string& device, const std::string& core) {
  Measurement made;
  made.network = network;
  made.device = device;
  made.core = core;
  made.runtime = "ncnn CPU";
  made.precision = "fp32";
  made.threads = 1;
  made.latency = Seconds::from_si(0.1);
  made.place = "m.csv:2";
  return made;
}

TEST_CASE("a row finds its network, platform and profile by their names") {
  const auto found = forecast({row("ncnn/mobilenet", "Raspberry Pi 3B+", "Cortex-A53")}, options());
  REQUIRE(found.rows.size() == 1);
  CHECK(found.rows[0].prediction.platform == "raspberry-pi-3b-plus");
  CHECK(found.rows[0].prediction.runtime == "ncnn");
  CHECK(found.rows[0].prediction.threads == 1);
  CHECK(found.left_out.empty());
}

TEST_CASE("rows that cannot be forecast are counted with the reason") {
  auto flagged = row("ncnn/mobilenet", "Raspberry Pi 3B+", "Cortex-A53");
  flagged.notes = "flag: throttled";
  auto many = row("ncnn/mobilenet", "Raspberry Pi 3B+", "Cortex-A53");
  many.threads = 5;
  auto odd = row("ncnn/mobilenet", "Raspberry Pi 3B+", "Cortex-A53");
  odd.precision = "fp12";
  auto runtime = row("ncnn/mobilenet", "Raspberry Pi 3B+", "Cortex-A53");
  runtime.runtime = "Abacus";
  const auto found = forecast(
      {flagged, many, odd, runtime, row("ncnn/mobilenet", "A toaster", "coil")}, options());
  CHECK(found.rows.empty());
  CHECK(found.left_out.at("flagged in the notes") == 1);
  CHECK(found.left_out.at("more threads than 'cpu' has cores") == 1);
  CHECK(found.left_out.at("unknown precision 'fp12'") == 1);
  CHECK(found.left_out.at("no profile is known for runtime 'Abacus'") == 1);
  CHECK(found.left_out.at("no platform is known for device 'A toaster' (coil)") == 1);
  CHECK(forecast({flagged}, options(), true).rows.size() == 1);
}

TEST_CASE("what the options state wins over the row") {
  auto how = options();
  how.platform = "apple-m1";
  how.engine = "e-cluster";
  how.runtime = "xnnpack";
  const auto found = forecast({row("ncnn/mobilenet", "A toaster", "coil")}, how);
  REQUIRE(found.rows.size() == 1);
  CHECK(found.rows[0].prediction.platform == "apple-m1");
  CHECK(found.rows[0].prediction.engine == "e-cluster");
  CHECK(found.rows[0].prediction.runtime == "xnnpack");
}

TEST_CASE("ncnn before 2022 is another profile, by version or date") {
  auto old = row("ncnn/mobilenet", "AMD Threadripper 3970X", "Zen2");
  old.runtime_version = "git master c.2020-12-15";
  auto dated = old;
  dated.runtime_version = "";
  dated.date = "2021-12-31";
  auto later = old;
  later.runtime_version = "git master c.2022-01-01";
  const auto found = forecast({old, dated, later}, options());
  REQUIRE(found.rows.size() == 3);
  CHECK(found.rows[0].prediction.runtime == "ncnn-2021");
  CHECK(found.rows[1].prediction.runtime == "ncnn-2021");
  CHECK(found.rows[2].prediction.runtime == "ncnn");
  CHECK(found.rows[0].prediction.latency > found.rows[2].prediction.latency);
}

TEST_CASE("a calibration counts for its platform, engine and runtime") {
  Calibration one = uncalibrated({});
  one.platform = "board";
  one.engine = "cpu";
  CHECK(find_calibration({one}, "board", "cpu", "ncnn") != nullptr);  // no runtime stated: any
  CHECK(find_calibration({one}, "board", "gpu", "ncnn") == nullptr);
  CHECK(find_calibration({one}, "other", "cpu", "ncnn") == nullptr);
}

}  // namespace
}  // namespace roofbeam
