#include "scenarios/sensitivity.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/scenarios/subject_support.hpp"

namespace roofbeam {
namespace {

using testing::subject;

const Sensitivity* find(const Sensitivities& all, const std::string& path) {
  const auto found = std::ranges::find(all.numbers, path, &Sensitivity::path);
  return found == all.numbers.end() ? nullptr : &*found;
}

TEST_CASE("elasticities to all rates and times account for all of the time") {
  for (const char* platform :
       {"cortex-a78", "apple-m1", "raspberry-pi-5", "cortex-m7", "xbox-series-s"}) {
    for (const char* network : {"ds_cnn_mlperftiny", "mobilenet_v2_0.35_128"}) {
      CAPTURE(platform);
      CAPTURE(network);
      CHECK(sensitivities(subject(platform, network)).time_sum == doctest::Approx(1).epsilon(2e-3));
    }
  }
}

TEST_CASE("a number's shifts and elasticities are those of forecasts") {
  const Subject it = subject("cortex-a78");
  const auto all = sensitivities(it);
  const Sensitivity* clock = find(all, "platform.engines.cpu.clock");
  REQUIRE(clock != nullptr);
  const double base = it.forecast().latency.si();
  const auto at = [&](double ghz) {
    return it.forecast({{"engines.cpu.clock", std::to_string(ghz) + " GHz"}}).latency.si();
  };
  CHECK(clock->value == "2.42 GHz");
  CHECK(clock->kind == "datasheet");
  CHECK(clock->less->latency == doctest::Approx(at(2.178) / base - 1));
  CHECK(clock->more->latency == doctest::Approx(at(2.662) / base - 1));
  CHECK(clock->latency() < 0);
  CHECK(clock->latency() > -1);
  CHECK(clock->latency() ==
        doctest::Approx(std::log(at(2.42242) / at(2.41758)) / std::log(2.42242 / 2.41758))
            .epsilon(0.01));
}

TEST_CASE("whole numbers are the next ones, others ten per cent away") {
  const auto all = sensitivities(subject("cortex-a78"));
  const Sensitivity* cores = find(all, "platform.engines.cpu.cores");
  REQUIRE(cores != nullptr);
  CHECK(cores->whole);
  CHECK(cores->less->value == "2");
  CHECK(cores->more->value == "4");
  CHECK(cores->less->latency > 0);
  CHECK_FALSE(cores->latency_left);
}

TEST_CASE("a share that is whole can only be less") {
  SubjectOptions options;
  options.platform = "cortex-a78";
  options.platform_settings = {{"memory.L1.sustained", "1"}};
  const auto all = sensitivities({testing::network("ds_cnn_mlperftiny"), options});
  const Sensitivity* share = find(all, "platform.memory.L1.sustained");
  REQUIRE(share != nullptr);
  CHECK(share->less);
  CHECK_FALSE(share->more);
  CHECK_FALSE(share->latency_right);
  CHECK(share->latency() == *share->latency_left);
}

TEST_CASE("the list is sorted, and what does nothing is only counted") {
  const auto all = sensitivities(subject("cortex-a78"));
  for (std::size_t i = 1; i < all.numbers.size(); ++i) {
    CHECK(all.numbers[i - 1].reach() >= all.numbers[i].reach());
  }
  CHECK(find(all, "platform.memory.DRAM.size") == nullptr);
  CHECK(all.without_effect > 10);
}

TEST_CASE("a ridge has two sides") {
  Sensitivity number;
  number.latency_left = -1;
  number.latency_right = 0;
  CHECK(number.is_kink());
  CHECK(number.latency() == -0.5);
  number.latency_right = -0.99;
  CHECK_FALSE(number.is_kink());
}

TEST_CASE("what a descriptor leaves out is probed as assumed") {
  SubjectOptions options;
  options.platform = "raspberry-pi-5";
  const auto all = sensitivities({testing::network("mobilenet_v2_0.35_128"), options});
  const Sensitivity* overlap = find(all, "platform.engines.cpu.overlap");
  REQUIRE(overlap != nullptr);
  CHECK_FALSE(overlap->kind.empty());
}

}  // namespace
}  // namespace roofbeam
