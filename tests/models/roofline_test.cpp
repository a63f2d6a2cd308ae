#include "models/roofline.hpp"

#include <doctest/doctest.h>

#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

struct OneCall {
  Workload workload;
  Engine engine = make::engine();
  Runtime runtime = make::runtime();
  Traffic traffic = {{0}};
  std::vector<LevelRoof> roofs = {{1e9, false}};
  [[nodiscard]] CallTime time() const {
    return time_calls(workload, traffic, roofs, engine, runtime).front();
  }
};

TEST_CASE("compute time is MACs over what the kernel reaches of the peak") {
  OneCall one;
  one.workload.calls = {make::product(8, 8, 1000, {8, 8, 1})};  // 64,000 MACs at 4 G/s
  CHECK(one.time().compute_s == doctest::Approx(16e-6));
  one.workload.calls[0].efficiency = 0.5;
  CHECK(one.time().compute_s == doctest::Approx(32e-6));
  one.workload.calls[0].mac_factor = 0.25;
  CHECK(one.time().compute_s == doctest::Approx(8e-6));
}

TEST_CASE("vector operations cost instructions on full registers") {
  OneCall one;
  KernelCall call;
  call.algorithm = Algorithm::elementwise;
  call.vector_ops[static_cast<std::size_t>(VectorOp::exponential)] = 4000;
  one.workload.calls = {call};
  one.runtime.vector_instructions[static_cast<std::size_t>(VectorOp::exponential)] = 10;
  CHECK(one.time().compute_s == doctest::Approx(10e-6));  // 40,000 over 4 lanes at 1 GHz
  one.runtime.vector_efficiency = {0.5, {}};
  CHECK(one.time().compute_s == doctest::Approx(20e-6));
}

TEST_CASE("a dual-issue core gains what the kernels pair") {
  OneCall one;
  one.workload.calls = {make::product(8, 8, 1000, {8, 8, 1})};
  one.engine.issue = {2, {}};
  CHECK(one.time().compute_s == doctest::Approx(16e-6));  // the profile pairs nothing
  one.runtime.pairing = {0.6, {}};
  CHECK(one.time().compute_s == doctest::Approx(10e-6));
  one.engine.issue = {1, {}};
  CHECK(one.time().compute_s == doctest::Approx(16e-6));
}

TEST_CASE("the slowest level is the memory time, and overlap hides the shorter side") {
  OneCall one;
  one.workload.calls = {make::product(8, 8, 1000, {8, 8, 1})};  // compute 16 us
  one.traffic = {{100e3, 4e3}};
  one.roofs = {{100e9, true}, {1e9, false}};  // 1 us and 4 us
  const auto full = one.time();
  CHECK(full.level_s == std::vector<double>{1e-6, 4e-6});
  CHECK(full.memory_s == 4e-6);
  CHECK(full.latency_s == doctest::Approx(16e-6));
  one.engine.overlap = {0.0, {}};
  CHECK(one.time().latency_s == doctest::Approx(20e-6));
  one.engine.overlap = {0.5, {}};
  CHECK(one.time().latency_s == doctest::Approx(18e-6));
  one.roofs[0].bandwidth = 4e9;  // 25 us of the kernel's own loads: longer than its compute
  CHECK(one.time().latency_s == doctest::Approx(25e-6 + 2e-6));
}

TEST_CASE("dispatch and launch are paid per call, fork only by several threads") {
  OneCall one;
  one.workload.calls = {KernelCall{}};
  one.runtime.dispatch = make::si<Seconds>(2e-6);
  one.runtime.fork = make::si<Seconds>(5e-6);
  one.engine.launch = make::si<Seconds>(1e-6);
  one.engine.cores = {4, {}};
  CHECK(one.time().overhead_s == doctest::Approx(3e-6));
  one.workload.threads = 4;
  CHECK(one.time().overhead_s == doctest::Approx(8e-6));
}

TEST_CASE("a serial share limits what more cores gain") {
  OneCall one;
  one.engine.cores = {4, {}};
  one.workload.calls = {make::product(64, 64, 1000, {8, 8, 1})};
  const double alone = one.time().compute_s;
  one.workload.threads = 4;
  CHECK(one.time().compute_s == doctest::Approx(alone / 4));
  one.runtime.serial_share = {0.2, {}};  // 1 / (0.2 + 0.8 / 4) = 2.5
  CHECK(one.time().compute_s == doctest::Approx(alone / 2.5));
}

}  // namespace
}  // namespace roofbeam
