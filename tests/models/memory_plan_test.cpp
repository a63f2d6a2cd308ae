#include "models/memory_plan.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

#include "tests/models/plan_checker.hpp"

namespace roofbeam {
namespace {

std::int64_t arena(const std::vector<Buffer>& buffers) {
  const auto plan = plan_memory(buffers);
  CHECK(check_plan(buffers, plan) == "");
  return plan.arena_bytes;
}

TEST_CASE("a chain needs its two largest neighbours") {
  // 160 -> 320 -> 480 -> 16: the widest pair is 320 + 480.
  CHECK(arena({{"a", 160, -1, 0, {}},
               {"b", 320, 0, 1, {}},
               {"c", 480, 1, 2, {}},
               {"d", 16, 2, 3, {}}}) == 800);
}

TEST_CASE("what is alive on both branches of a residual block counts once") {
  // a is read by calls 0 and 2; b lives between them.
  const std::vector<Buffer> buffers = {
      {"a", 160, -1, 2, {}}, {"b", 320, 0, 1, {}}, {"c", 320, 1, 2, {}}, {"d", 160, 2, 3, {}}};
  CHECK(arena(buffers) == 160 + 320 + 320);
  const auto plan = plan_memory(buffers);
  CHECK(plan.peak_bytes == 800);
  CHECK(plan.peak_call == 1);
  CHECK(plan.alive_at_peak == std::vector<std::int32_t>{1, 2, 0});
}

TEST_CASE("buffers that share lie in one place, as large as the largest and alive as the union") {
  const std::vector<Buffer> buffers = {
      {"a", 160, -1, 0, {}}, {"view", 160, -1, 2, 0}, {"b", 320, 1, 2, {}}};
  const auto plan = plan_memory(buffers);
  CHECK(check_plan(buffers, plan) == "");
  CHECK(plan.placements[0].offset == plan.placements[1].offset);
  CHECK(plan.arena_bytes == 480);
}

TEST_CASE("a chain of in-place results needs the room of one") {
  CHECK(arena({{"a", 160, -1, 0, {}}, {"b", 160, 0, 1, 0}, {"c", 160, 1, 2, 1}}) == 160);
}

TEST_CASE("without a pool every block has a place of its own; what shares is one block") {
  // The chain above: 800 bytes are alive at once, 976 in all.
  CHECK(
      plan_memory(
          {{"a", 160, -1, 0, {}}, {"b", 320, 0, 1, {}}, {"c", 480, 1, 2, {}}, {"d", 16, 2, 3, {}}})
          .unpooled_bytes == 976);
  CHECK(plan_memory({{"a", 160, -1, 0, {}}, {"view", 160, -1, 2, 0}}).unpooled_bytes == 160);
  CHECK(plan_memory({{"a", 17, 0, 0, {}}}).unpooled_bytes == 32);
  CHECK(plan_memory({}).unpooled_bytes == 0);
}

TEST_CASE("sizes are rounded up to the alignment") {
  CHECK(arena({{"a", 16, 0, 0, {}}, {"b", 16, 0, 0, {}}}) == 32);
  CHECK(arena({{"a", 17, 0, 0, {}}, {"b", 16, 0, 0, {}}}) == 48);
}

TEST_CASE("a block is named after its largest buffer, though both round up to the same size") {
  const std::vector<Buffer> buffers = {{"a", 33, 0, 0, {}}, {"view", 40, 0, 1, 0}};
  CHECK(arena(buffers) == 48);
  CHECK(plan_memory(buffers).alive_at_peak == std::vector<std::int32_t>{1});
}

TEST_CASE("a chain fills its peak from both ends") {
  // Largest first, from below only: c lies above both b and d and needs 10 + 9 + 8 = 27 times 16.
  CHECK(arena({{"a", 160, -1, 0, {}},
               {"b", 144, 0, 1, {}},
               {"c", 128, 1, 2, {}},
               {"d", 160, 2, 3, {}}}) == 160 + 144);
}

TEST_CASE("zero bytes neither take room nor split a gap") {
  const std::vector<Buffer> buffers = {
      {"a", 160, 0, 1, {}}, {"none", 0, 0, 3, {}}, {"b", 160, 2, 3, {}}};
  CHECK(arena(buffers) == 160);
  CHECK(plan_memory(buffers).alive_at_peak == std::vector<std::int32_t>{0});
}

TEST_CASE("nothing needs no room") {
  CHECK(arena({}) == 0);
  CHECK(arena({{"a", 0, -1, 4, {}}}) == 0);
}

TEST_CASE("a gap that holds a buffer exactly is used, one byte less and it is not") {
  // 320 lies at 0 and dies at 1; 480 lives on behind it; the last fits the gap or goes on top.
  const auto with_last = [](std::int64_t bytes) {
    return arena({{"gap", 320, 0, 1, {}}, {"stays", 480, 0, 3, {}}, {"late", bytes, 2, 3, {}}});
  };
  CHECK(with_last(320) == 800);
  CHECK(with_last(336) == 816);
}

TEST_CASE("hostile sizes saturate at the largest multiple of the alignment") {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  for (const std::size_t count : {1, 2, 8, 40}) {
    CAPTURE(count);
    std::vector<Buffer> buffers(count, {"x", kMost, 0, 0, {}});
    buffers.push_back({"after", 1, 1, 1, {}});  // when they all die, nothing underflows either
    const auto plan = plan_memory(buffers);
    CHECK(plan.arena_bytes == kMost - 15);
    CHECK(plan.peak_bytes == kMost - 15);
    CHECK(plan.peak_call == 0);
  }
}

std::vector<Buffer> random_buffers(std::mt19937& random, int count) {
  std::vector<Buffer> buffers;
  for (std::int32_t id = 0; id < count; ++id) {
    const auto born = static_cast<std::int32_t>(random() % 40) - 1;
    Buffer buffer{"b",
                  static_cast<std::int64_t>(random() % 5000),
                  born,
                  born + static_cast<std::int32_t>(random() % 8),
                  {}};
    if (id > 0 && random() % 4 == 0) {
      buffer.shares = static_cast<std::int32_t>(random() % static_cast<unsigned>(id));
    }
    buffers.push_back(buffer);
  }
  return buffers;
}

TEST_CASE("three hundred random sets of buffers keep every rule, and waste little") {
  std::mt19937 random(7);
  double worst = 1;
  for (int round = 0; round < 300; ++round) {
    const auto buffers = random_buffers(random, 60);
    const auto plan = plan_memory(buffers);
    REQUIRE(check_plan(buffers, plan) == "");
    worst = std::max(worst,
                     static_cast<double>(plan.arena_bytes) / static_cast<double>(plan.peak_bytes));
  }
  CAPTURE(worst);
  CHECK(worst < 1.17);
}

std::vector<Buffer> random_chain(std::mt19937& random, std::int32_t count) {
  std::vector<Buffer> buffers;
  for (std::int32_t id = 0; id < count; ++id) {
    buffers.push_back({"b", static_cast<std::int64_t>(random() % 5000), id - 1, id, {}});
  }
  return buffers;
}

TEST_CASE("a chain of any sizes needs its peak and no more") {
  std::mt19937 random(11);
  for (int round = 0; round < 100; ++round) {
    const auto buffers = random_chain(random, 2 + round * 3);
    CHECK(arena(buffers) == plan_memory(buffers).peak_bytes);
  }
  const auto plan = plan_memory(random_chain(random, 20'000));
  CHECK(plan.arena_bytes == plan.peak_bytes);
}

TEST_CASE("long networks, where few of many blocks are neighbours, keep every rule") {
  std::mt19937 random(13);
  double worst = 1;
  for (int round = 0; round < 100; ++round) {
    auto buffers = random_chain(random, 300);
    for (auto& buffer : buffers) {  // one in eight is read again later: a skip connection
      if (random() % 8 == 0) buffer.dies += static_cast<std::int32_t>(random() % 30);
    }
    const auto plan = plan_memory(buffers);
    REQUIRE(check_plan(buffers, plan) == "");
    worst = std::max(worst,
                     static_cast<double>(plan.arena_bytes) / static_cast<double>(plan.peak_bytes));
  }
  CAPTURE(worst);
  CHECK(worst < 1.28);
}

}  // namespace
}  // namespace roofbeam
