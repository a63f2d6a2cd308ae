#include "models/rates.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "tests/models/make.hpp"

namespace roofbeam::rates {
namespace {

TEST_CASE("a core that issues two instructions a cycle is as fast as its kernels pair them") {
  CHECK(cycle(1e9, 1, 0.5) == 1e-9);
  CHECK(cycle(1e9, 2, 0) == 1e-9);
  CHECK(cycle(1e9, 2, 1) == 0.5e-9);
  CHECK(cycle(1e9, 2, 0.25) == doctest::Approx(0.8e-9));
}

TEST_CASE("the shorter time hides behind the longer one but for what is exposed") {
  CHECK(overlapped(3.0, 2.0, 0.0) == 3);
  CHECK(overlapped(2.0, 3.0, 1.0) == 5);
  CHECK(overlapped(3.0, 2.0, 0.25) == 3.5);
  CHECK(overlapped(0.0, 2.0, 0.25) == 2);
}

TEST_CASE("a level's bandwidth is that of the descriptor") {
  auto level = make::cache("L2", 1000, 100);
  level.per_core = true;
  level.sustained.value = 0.5;
  const double none = std::numeric_limits<double>::infinity();
  CHECK(bandwidth(100, 0.5, 4, none) == level.bandwidth_for(4).si());
  level.core_bandwidth = make::si<BytesPerSecond>(30);
  CHECK(bandwidth(100, 0.5, 4, 4 * 30) == level.bandwidth_for(4).si());
  CHECK(bandwidth(100, 0.5, 4, 4 * 30) == 120);
}

TEST_CASE("only calls that fork pay for it") {
  const Dispatch cost{1e-6, 2e-6, 1000, 4e-6, 3000};
  CHECK(dispatch(cost, 0, 1e9) == doctest::Approx(4e-6));   // 1 + 2 + 1
  CHECK(dispatch(cost, 1, 1e9) == doctest::Approx(11e-6));  // and 3 + 4
  CHECK(dispatch(cost, 1, 2e9) == doctest::Approx(9e-6));   // cycles take half as long
}

}  // namespace
}  // namespace roofbeam::rates
