#include "models/columns/compile.hpp"

#include <doctest/doctest.h>

#include <string_view>

#include "tests/models/make.hpp"

namespace roofbeam::columns {
namespace {

// Toy platform and runtime (tests/models/make.hpp); numbers that vary by name.
struct Setup {
  Platform platform = make::platform();
  Runtime runtime = make::runtime();
  Workload workload;

  void compiled(std::vector<std::string_view> varied, Compiled& to) const {
    const auto numbers = numbers_of(platform, platform.engines[0], runtime);
    for (const auto name : varied) to.varied.push_back(numbers.find(name).value());
    const auto belief = uncalibrated(runtime.errors);
    compile({workload, platform, platform.engines[0], runtime, belief}, to);
  }
};

Setup products(int count) {
  Setup setup;
  setup.workload.calls.assign(static_cast<std::size_t>(count),
                              make::product(8, 8, 1000, {8, 8, 1}));
  return setup;
}

constexpr std::string_view kClock = "platform.engines.cpu.clock";
constexpr std::string_view kDram = "platform.memory.DRAM.bandwidth";
constexpr std::string_view kL1 = "platform.memory.L1.bandwidth";

TEST_CASE("where no rate varies nothing is left to loop over") {
  Compiled to;
  products(3).compiled({}, to);
  CHECK(to.runs.empty());
  REQUIRE(to.constant.size() == 1);
  CHECK(to.constant[0] == doctest::Approx(3 * 32e-6));  // 32,000 bytes of weights at 1 GB/s
}

TEST_CASE("layers that are alike become one with so many times their coefficients") {
  Compiled to;
  products(3).compiled({kClock, kL1, kDram}, to);
  REQUIRE(to.runs.size() == 1);
  CHECK(to.runs[0].layers == 1);
  CHECK(to.runs[0].compute == 1);
  CHECK(to.runs[0].loads == 0);  // with full overlap, one more level
  CHECK(to.runs[0].memory == 2);
  CHECK(to.coefficients[0][0] == 3 * 16000);  // cycles of 64,000 MACs, 4 a cycle
  CHECK(to.coefficients[0][2] == 3 * 32000);  // bytes from DRAM
}

TEST_CASE("rates of one cycle fold into cycles, unless they vary themselves") {
  auto setup = products(1);
  setup.workload.calls[0].vector_ops[0] = 400;
  Compiled folded;
  setup.compiled({kClock}, folded);
  CHECK(folded.runs.at(0).compute == 1);
  CHECK(folded.coefficients[0][0] == 16100);
  Compiled apart;
  setup.compiled({kClock, "runtime.vector_efficiency"}, apart);
  CHECK(apart.runs.at(0).compute == 2);
}

TEST_CASE("levels that do not vary fold into the slowest of them") {
  Compiled to;
  products(1).compiled({kClock}, to);
  REQUIRE(to.runs.size() == 1);
  CHECK(to.runs[0].memory == 1);
  CHECK(to.coefficients[0][1] == doctest::Approx(32e-6));  // DRAM, not L1
}

TEST_CASE("without overlap single terms add up to one layer a class") {
  auto setup = products(2);
  setup.platform.engines[0].overlap.value = 0;
  setup.workload.calls[1] = make::product(16, 8, 1000, {8, 8, 1});
  Compiled to;
  setup.compiled({kClock, kL1, kDram}, to);
  REQUIRE(to.runs.size() == 1);
  CHECK(to.runs[0].layers == 1);
  CHECK(to.runs[0].compute == 3);
  CHECK(to.coefficients[0][0] == 16000 + 32000);
}

TEST_CASE("with a share of overlap what is settled is worked out") {
  auto setup = products(1);
  setup.platform.engines[0].overlap.value = 0.5;
  Compiled to;
  setup.compiled({kDram}, to);
  REQUIRE(to.runs.size() == 1);
  CHECK(to.runs[0].compute == 1);  // compute and L1
  CHECK(to.runs[0].loads == 0);
  CHECK(to.runs[0].memory == 1);
  Compiled all;
  setup.compiled({kDram, "platform.engines.cpu.overlap"}, all);
  CHECK(all.runs.at(0).loads == 1);
}

TEST_CASE("each class has a run of its own, and independent errors no mixed terms") {
  auto setup = products(2);
  setup.workload.calls[1].algorithm = Algorithm::direct;
  setup.runtime.errors = ErrorModel::unstated();
  Compiled to;
  setup.compiled({kClock}, to);
  CHECK(to.runs.size() == 2);
  CHECK(to.covariance.size() == 4);  // common, two classes, overhead
  CHECK(to.covariance[1].i == to.covariance[1].j);
}

}  // namespace
}  // namespace roofbeam::columns
