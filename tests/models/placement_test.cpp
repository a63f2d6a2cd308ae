#include "models/placement.hpp"

#include <doctest/doctest.h>

#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

Workload needing(std::int64_t arena, double weights) {
  Workload workload;
  workload.plan.arena_bytes = arena;
  workload.weight_bytes = weights;
  return workload;
}

// 1000 bytes of SRAM over 5000 bytes of DRAM, which L1 caches.
Platform platform() {
  auto made = make::platform();
  made.memory = {make::cache("L1", 100, 100e9), make::memory("SRAM", 1000, 10e9),
                 make::memory("DRAM", 5000, 1e9)};
  made.memory[1].cached = false;
  return made;
}

TEST_CASE("weights get what activations leave of the nearest memory") {
  const auto on = platform();
  struct Row {
    std::int64_t arena;
    double weights;
    const char *activations_in, *weights_in;
  };
  const Row rows[] = {
      {600, 400, "SRAM", "SRAM"},    // full to the byte
      {600, 401, "SRAM", "DRAM"},    // one byte more
      {1001, 1000, "DRAM", "SRAM"},  // activations leave all of it
      {9000, 9000, "DRAM", "DRAM"},  // no room at all: the largest
  };
  for (const auto& row : rows) {
    const auto placed = place(needing(row.arena, row.weights), on, on.engines[0]);
    CHECK(placed.activations->name == row.activations_in);
    CHECK(placed.weights->name == row.weights_in);
  }
}

TEST_CASE("a memory that is not cached is reached directly") {
  const auto on = platform();
  const auto placed = place(needing(600, 401), on, on.engines[0]);
  CHECK(placed.hierarchy.activation_path == std::vector<std::size_t>{1});
  CHECK(placed.hierarchy.weight_path == std::vector<std::size_t>{0, 2});
  CHECK(placed.nearest == std::vector<bool>{true, true, false});
}

TEST_CASE("each core's own levels count together") {
  auto on = platform();
  on.memory[0].per_core = true;
  auto workload = needing(600, 401);
  workload.threads = 4;
  const auto placed = place(workload, on, on.engines[0]);
  CHECK(placed.hierarchy.levels[0].capacity == 400);
  CHECK(placed.hierarchy.levels[0].instances == 4);
  const auto roofs = roofs_of(placed, 4);
  CHECK(roofs[0].bandwidth == 400e9);
  CHECK(roofs[0].cache);
  CHECK(roofs[1].bandwidth == 10e9);
  CHECK_FALSE(roofs[2].nearest);
}

}  // namespace
}  // namespace roofbeam
