#include "models/occupancy.hpp"

#include <doctest/doctest.h>

#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

// 8 cores of two pipes with 32 float32 lanes each: 512 lanes.
Engine gpu() {
  auto engine = make::engine();
  engine.kind = EngineKind::gpu;
  engine.cores = {8, {}};
  engine.pipes = {2, {}};
  engine.vector_bits = {1024, {}};
  return engine;
}

Shaders half_at(double invocations) {
  Shaders shaders;
  shaders.occupancy = {invocations, {}};
  return shaders;
}

TEST_CASE("a GPU has the lanes of all its cores' pipes") {
  CHECK(lanes_of(gpu(), 8) == 512);
  CHECK(lanes_of(gpu(), 1) == 64);
}

TEST_CASE("every tile of the output is an invocation") {
  CHECK(tiles_of(make::product(64, 32, 100, {4, 4, 1})) == 16 * 8);
  CHECK(tiles_of(make::product(65, 32, 100, {4, 4, 1})) == 17 * 8);  // a row over: another tile
  auto depthwise = make::product(100, 1, 9, {1, 4, 1});
  depthwise.algorithm = Algorithm::depthwise;
  depthwise.matrix.batch = 12;  // channels
  CHECK(tiles_of(depthwise) == 100 * 3);
}

TEST_CASE("lanes are half busy at so many invocations as the profile states") {
  const auto call = [](std::int64_t invocations) {
    return make::product(invocations, 1, 1, {1, 1, 1});
  };
  CHECK(busy_lanes(call(1024), half_at(2), gpu(), 8) == doctest::Approx(0.5));
  CHECK(busy_lanes(call(3072), half_at(2), gpu(), 8) == doctest::Approx(0.75));
  CHECK(busy_lanes(call(1), half_at(2), gpu(), 8) == doctest::Approx(1.0 / 1025));
}

TEST_CASE("without a stated occupancy, or without multiply-adds, all lanes are busy") {
  CHECK(busy_lanes(make::product(1, 1, 1, {}), half_at(0), gpu(), 8) == 1);
  KernelCall copy;
  CHECK(busy_lanes(copy, half_at(2), gpu(), 8) == 1);
}

}  // namespace
}  // namespace roofbeam
