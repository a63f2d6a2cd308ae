#include "scenarios/calibration_file.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

using testing::message_of;

Calibration sample() {
  Calibration calibration = uncalibrated(ErrorModel::unstated());
  calibration.runtime = "ncnn";
  calibration.platform = "board";
  calibration.engine = "cpu";
  calibration.measurements = 3;
  calibration.mean[0] = std::log(1.25);
  calibration.covariance[1] = calibration.covariance[kErrorTerms] = -0.01;
  return calibration;
}

TEST_CASE("what is written is read again, covariances below zero too") {
  const auto read = read_calibrations(calibration_text({sample()}), "o.yaml");
  REQUIRE(read.size() == 1);
  CHECK(read[0].runtime == "ncnn");
  CHECK(read[0].platform == "board");
  CHECK(read[0].engine == "cpu");
  CHECK(read[0].measurements == 3);
  CHECK(std::exp(read[0].mean[0]) == doctest::Approx(1.25));
  CHECK(read[0].covariance[1] == doctest::Approx(-0.01));
  CHECK(read[0].covariance[0] == doctest::Approx(0.16));
  CHECK(read[0].network == doctest::Approx(sample().network));
}

TEST_CASE("a file that is no overlay says what it lacks") {
  CHECK(message_of([] { (void)read_calibrations("platform: x\n", "x.yaml"); }) ==
        "x.yaml:1:1: error: calibration file: key 'calibrations' is missing\n"
        "    platform: x\n"
        "    ^\n"
        "  add 'calibrations:' with a list\n"
        "x.yaml:1:1: error: calibration file: unknown key 'platform'\n"
        "    platform: x\n"
        "    ^\n"
        "  known keys: calibrations");
}

TEST_CASE("a covariance that is not square, and a factor of zero, are errors") {
  std::string text = calibration_text({sample()});
  text.resize(text.rfind("      - ["));
  CHECK(message_of([&] {
          (void)read_calibrations(text, "x.yaml");
        }).find("covariance has 12 rows of 12 numbers") != std::string::npos);
  text = calibration_text({sample()});
  text.replace(text.find("all: 1.25"), 9, "all: 0.00");
  CHECK(message_of([&] {
          (void)read_calibrations(text, "x.yaml");
        }).find("a factor on time is above 0") != std::string::npos);
}

}  // namespace
}  // namespace roofbeam
