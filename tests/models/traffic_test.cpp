#include "models/traffic.hpp"

#include <doctest/doctest.h>

#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

TEST_CASE("a register tile loads activations once per column of tiles, weights once per row") {
  // 8 x 16 results, sums over 32: 8 rows in 2 tiles of 4, 16 columns in 4 tiles of 4.
  const auto call = make::product(8, 16, 32, {4, 4, 1});
  const Operands once{4 * 8 * 32, 4 * 16 * 32, 4 * 8 * 16};
  const auto loads = register_traffic(call, once, 4);
  CHECK(loads.activations == 4 * 8 * 32 * 4);
  CHECK(loads.weights == 4 * 16 * 32 * 2);
  CHECK(loads.results == 4 * 8 * 16);
  // One column more makes one more tile.
  CHECK(register_traffic(make::product(8, 17, 32, {4, 4, 1}), once, 4).activations ==
        4 * 8 * 32 * 5);
}

TEST_CASE("a depthwise kernel loads the square root of its window per result") {
  auto call = make::product(100, 1, 9, {});
  call.algorithm = Algorithm::depthwise;
  call.matrix.batch = 16;
  const auto loads = register_traffic(call, {1, 2, 3}, 4);
  CHECK(loads.activations == 16 * 100 * 3 * 4);
  CHECK(loads.weights == 2);
}

TEST_CASE("what fits is moved once, one byte less and it is not") {
  // 64 x 64 times 64 x 64 floats: 16384 bytes an operand, tiles of 8 x 8.
  const auto call = make::product(64, 64, 64, {8, 8, 1});
  const Operands once{16384, 16384, 16384};
  // All weights and a row of tiles: 8 x (64 + 64) x 4 = 4096 bytes more.
  const double enough = 16384 + 4096;
  CHECK(blocked_traffic(call, once, 4, enough).weights == 16384);
  // Half of 20479 bytes holds floor(10239.5 / 256) = 39 rows: two blocks, so weights move twice.
  const auto less = blocked_traffic(call, once, 4, enough - 1);
  CHECK(less.weights == 2 * 16384);
  CHECK(less.activations == 16384);
  CHECK(less.results == 16384);
}

TEST_CASE("a level smaller than a tile still moves whole tiles") {
  const auto call = make::product(64, 64, 64, {8, 8, 1});
  const auto moved = blocked_traffic(call, {16384, 16384, 16384}, 4, 100);
  CHECK(moved.weights == 8 * 16384);  // 64 rows in 8 tiles
}

TEST_CASE("a call without a matrix product moves everything once") {
  KernelCall call;
  call.algorithm = Algorithm::elementwise;
  const auto moved = blocked_traffic(call, {10, 20, 30}, 4, 1);
  CHECK(moved.activations == 10);
  CHECK(moved.weights == 20);
  CHECK(moved.results == 30);
}

// in (400 B) -> first -> mid (400 B) -> second -> out (400 B), elementwise, no weights.
Workload chain() {
  Workload workload;
  workload.buffers = {{"in", 400, -1, 0, {}}, {"mid", 400, 0, 1, {}}, {"out", 400, 1, 2, {}}};
  for (int i = 0; i < 2; ++i) {
    KernelCall call;
    call.algorithm = Algorithm::elementwise;
    call.inputs = {i};
    call.outputs = {i + 1};
    workload.calls.push_back(call);
  }
  return workload;
}

Hierarchy one_cache(double capacity) { return {{{capacity, 1}, {1e9, 1}}, {0, 1}, {0, 1}}; }

TEST_CASE("a result that fits the cache is not fetched again, one byte less and it is") {
  const auto fits = find_traffic(chain(), one_cache(400));
  CHECK(fits[0] == std::vector<double>{800, 400});  // the input comes from memory, mid stays
  CHECK(fits[1] == std::vector<double>{800, 400});  // mid is there, the output leaves
  const auto small = find_traffic(chain(), one_cache(399));
  CHECK(small[0] == std::vector<double>{800, 800});
  CHECK(small[1] == std::vector<double>{800, 800});
}

TEST_CASE("what other calls touch in between pushes a tensor out") {
  // The third call reads 'in' again, after the second touched 400 + 400 bytes.
  auto workload = chain();
  workload.buffers.push_back({"sum", 400, 2, 3, {}});
  KernelCall again;
  again.algorithm = Algorithm::elementwise;
  again.inputs = {0};
  again.outputs = {3};
  workload.calls.push_back(again);
  CHECK(find_traffic(workload, one_cache(1200))[2][1] == 400);        // the output leaves
  CHECK(find_traffic(workload, one_cache(1199))[2][1] == 400 + 400);  // 'in' comes again
}

TEST_CASE("weights stay from one inference to the next only if a whole inference fits") {
  auto workload = chain();
  workload.calls[0].weight_bytes = 100;
  const double whole = 800 + 100 + 800;
  CHECK(find_traffic(workload, one_cache(whole))[0][1] == 400);
  CHECK(find_traffic(workload, one_cache(whole - 1))[0][1] == 400 + 100);
}

TEST_CASE("every private cache fetches all weights") {
  auto workload = chain();
  workload.calls[0].weight_bytes = 100;
  Hierarchy hierarchy{{{800, 4}, {1e9, 1}}, {0, 1}, {0, 1}};
  CHECK(find_traffic(workload, hierarchy)[0][1] == 400 + 4 * 100);
}

TEST_CASE("a memory that is not cached serves every load itself") {
  auto workload = chain();
  workload.calls[0].weight_bytes = 100;
  // Level 0 is a TCM for activations, level 1 a cache over level 2, flash.
  const Hierarchy hierarchy{{{1e4, 1}, {50, 1}, {1e6, 1}}, {0}, {1, 2}};
  CHECK(find_traffic(workload, hierarchy)[0] == std::vector<double>{800, 100, 100});
}

TEST_CASE("a view is as close as what it shows") {
  auto workload = chain();
  workload.buffers.push_back({"view", 400, 0, 1, 1});
  workload.calls[1].inputs = {3};
  CHECK(find_traffic(workload, one_cache(400))[1][1] == 400);
}

}  // namespace
}  // namespace roofbeam
