#include "models/call_cost.hpp"

#include <doctest/doctest.h>

#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

TEST_CASE("tile use is the share of useful work after rounding up") {
  struct Row {
    MatrixWork matrix;
    Tile tile;
    double use;
  };
  const Row rows[] = {
      {{1, 8, 8, 8}, {8, 8, 1}, 1.0},
      {{1, 9, 8, 8}, {8, 8, 1}, 9.0 / 16},            // one row over: a second tile
      {{1, 7, 8, 8}, {8, 8, 1}, 7.0 / 8},             // one row under
      {{1, 8, 12, 6}, {8, 8, 4}, 12.0 / 16 * 6 / 8},  // columns and sum round up too
      {{32, 1, 1, 9}, {1, 1, 1}, 1.0},
  };
  for (const auto& row : rows) {
    auto call = make::product(row.matrix.m, row.matrix.n, row.matrix.k, row.tile);
    call.matrix = row.matrix;
    CHECK(tile_use(call) == doctest::Approx(row.use).epsilon(1e-15));
  }
}

TEST_CASE("the channels of a depthwise kernel are its columns") {
  auto call = make::product(100, 1, 9, {1, 8, 1});
  call.algorithm = Algorithm::depthwise;
  call.matrix.batch = 12;  // channels
  CHECK(tile_use(call) == doctest::Approx(12.0 / 16).epsilon(1e-15));
}

TEST_CASE("tiles are dealt out in whole rounds") {
  const auto tiles = [](std::int64_t count) { return make::product(count, 1, 1, {}); };
  CHECK(cores_with_work(tiles(8), 4) == 4);
  CHECK(cores_with_work(tiles(9), 4) == 3);  // three rounds for nine tiles
  CHECK(cores_with_work(tiles(7), 4) == 3.5);
  CHECK(cores_with_work(tiles(2), 4) == 2);
  CHECK(cores_with_work(tiles(9), 1) == 1);
}

// One product of 64,000 MACs in full tiles.
Workload one_product(int threads) {
  Workload workload;
  workload.calls = {make::product(8, 8, 1000, {8, 8, 1})};
  workload.threads = threads;
  return workload;
}

CallCost cost(const Workload& workload, const Runtime& runtime) {
  return cost_calls(workload, make::engine(), runtime).front();
}

TEST_CASE("multiplies are MACs over what the kernel reaches") {
  auto workload = one_product(1);
  CHECK(cost(workload, make::runtime()).multiplies == 64000);
  workload.calls[0].efficiency = 0.5;
  CHECK(cost(workload, make::runtime()).multiplies == 128000);
  workload.calls[0].mac_factor = 0.25;
  CHECK(cost(workload, make::runtime()).multiplies == 32000);
}

TEST_CASE("one tile keeps one of four cores busy") {
  const auto one = cost(one_product(4), make::runtime());
  CHECK(one.cores_used == 1);
  CHECK(one.multiplies == 64000);
  auto workload = one_product(4);
  workload.calls = {make::product(32, 8, 1000, {8, 8, 1})};  // four tiles
  CHECK(cost(workload, make::runtime()).multiplies == 64000);
  auto runtime = make::runtime();
  runtime.serial_share.value = 0.2;
  CHECK(cost(workload, runtime).multiplies == doctest::Approx(256000 * (0.2 + 0.8 / 4)));
}

TEST_CASE("vectors and passes take cycles of full registers") {
  Workload workload;
  KernelCall call;
  call.vector_ops[0] = 4000;  // 4 lanes of float32
  workload.buffers = {{"out", 400, 0, 1, {}}};
  call.outputs = {0};
  workload.calls = {call};
  CHECK(cost(workload, make::runtime()).vectors == 1000);
  CHECK(cost(workload, make::runtime()).cycles == 0);
  workload.calls[0].passes = 2;  // 2 x 100 elements
  CHECK(cost(workload, make::runtime()).cycles == 50);
  workload.calls[0].cycles = 3;  // 3 x 100 elements, one after another
  CHECK(cost(workload, make::runtime()).cycles == 350);
}

TEST_CASE("half of the vectors' width doubles what they take") {
  auto runtime = make::runtime();
  runtime.widest_vector = 64;
  CHECK(cost(one_product(1), runtime).multiplies == 128000);
  runtime.widest_vector = 256;
  CHECK(cost(one_product(1), runtime).multiplies == 64000);
}

TEST_CASE("the first call hands over once, a call on the host twice more") {
  KernelCall call;
  CHECK(starts_of(call, true).submits == 1);
  CHECK(starts_of(call, false).submits == 0);
  call.host = true;
  call.repeat = 3;
  CHECK(starts_of(call, true).submits == 7);
  CHECK(starts_of(call, false).dispatches == 3);
}

TEST_CASE("only several threads of a CPU fork") {
  auto engine = make::engine();
  CHECK_FALSE(forks(one_product(1), engine));
  CHECK(forks(one_product(2), engine));
  engine.kind = EngineKind::gpu;
  CHECK_FALSE(forks(one_product(2), engine));
}

}  // namespace
}  // namespace roofbeam
