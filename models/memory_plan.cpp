#include "models/memory_plan.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>

namespace roofbeam {
namespace {

std::size_t index(std::int32_t id) { return static_cast<std::size_t>(id); }

std::int64_t aligned(std::int64_t bytes) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max() / 4;
  const auto bounded = std::min(bytes, kMost);
  return (bounded + MemoryPlan::kAlignment - 1) / MemoryPlan::kAlignment * MemoryPlan::kAlignment;
}

std::int64_t saturating_sum(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

// Buffers that share memory.
struct Block {
  std::int64_t bytes = 0;
  std::int32_t born = 0;
  std::int32_t dies = 0;
  std::int32_t largest = 0;  // buffer id
  std::int64_t offset = 0;

  [[nodiscard]] bool overlaps(const Block& other) const {
    return born <= other.dies && other.born <= dies;
  }
  [[nodiscard]] std::int64_t end() const { return saturating_sum(offset, bytes); }
};

// Which block each buffer is in, and the blocks.
struct Blocks {
  std::vector<std::size_t> of_buffer;
  std::vector<Block> blocks;
};

Blocks find_blocks(const std::vector<Buffer>& buffers) {
  Blocks found;
  for (std::size_t id = 0; id < buffers.size(); ++id) {
    const auto& buffer = buffers[id];
    const auto bytes = aligned(buffer.bytes);
    if (!buffer.shares) {
      found.of_buffer.push_back(found.blocks.size());
      found.blocks.push_back({bytes, buffer.born, buffer.dies, static_cast<std::int32_t>(id), 0});
      continue;
    }
    found.of_buffer.push_back(found.of_buffer[index(*buffer.shares)]);
    auto& block = found.blocks[found.of_buffer.back()];
    if (bytes > block.bytes) block.largest = static_cast<std::int32_t>(id);
    block.bytes = std::max(block.bytes, bytes);
    block.born = std::min(block.born, buffer.born);
    block.dies = std::max(block.dies, buffer.dies);
  }
  return found;
}

// The start of the smallest gap that holds `block` between the blocks in `placed` that live at the
// same time, which stand in the order of their offsets.
std::int64_t best_fit(const Block& block, const std::vector<const Block*>& placed) {
  std::int64_t best = -1;
  std::int64_t best_gap = std::numeric_limits<std::int64_t>::max();
  std::int64_t free_from = 0;
  for (const auto* other : placed) {
    if (!other->overlaps(block)) continue;
    const auto gap = other->offset - free_from;
    if (gap >= block.bytes && gap < best_gap) {
      best = free_from;
      best_gap = gap;
    }
    free_from = std::max(free_from, other->end());
  }
  return best >= 0 ? best : free_from;
}

// Gives every block its offset, in the given order, and returns the arena's size.
std::int64_t place(std::vector<Block>& blocks, const std::vector<std::size_t>& order) {
  std::vector<const Block*> placed;
  std::int64_t arena = 0;
  for (const auto id : order) {
    auto& block = blocks[id];
    if (block.bytes == 0) continue;
    block.offset = best_fit(block, placed);
    arena = std::max(arena, block.end());
    const auto after =
        std::upper_bound(placed.begin(), placed.end(), &block,
                         [](const Block* a, const Block* b) { return a->offset < b->offset; });
    placed.insert(after, &block);
  }
  return arena;
}

std::vector<std::size_t> ordered(const std::vector<Block>& blocks, auto before) {
  std::vector<std::size_t> order(blocks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return before(blocks[a], blocks[b]); });
  return order;
}

// Tries both orders and keeps the smaller arena; of equals, largest first.
std::int64_t place_best(std::vector<Block>& blocks) {
  auto by_birth = blocks;
  const auto size_arena = place(blocks, ordered(blocks, [](const Block& a, const Block& b) {
                                  return a.bytes != b.bytes ? a.bytes > b.bytes : a.born < b.born;
                                }));
  const auto birth_arena = place(by_birth, ordered(by_birth, [](const Block& a, const Block& b) {
                                   return a.born != b.born ? a.born < b.born : a.bytes > b.bytes;
                                 }));
  if (birth_arena >= size_arena) return size_arena;
  blocks = std::move(by_birth);
  return birth_arena;
}

// Sweeps over births and deaths; at each call, births come before the peak is taken.
void find_peak(const std::vector<Block>& blocks, MemoryPlan& plan) {
  const auto by_birth =
      ordered(blocks, [](const Block& a, const Block& b) { return a.born < b.born; });
  const auto by_death =
      ordered(blocks, [](const Block& a, const Block& b) { return a.dies < b.dies; });
  std::int64_t alive = 0;
  std::size_t dead = 0;
  for (std::size_t next = 0; next < by_birth.size();) {
    const auto call = blocks[by_birth[next]].born;
    for (; dead < by_death.size() && blocks[by_death[dead]].dies < call; ++dead) {
      alive -= blocks[by_death[dead]].bytes;
    }
    for (; next < by_birth.size() && blocks[by_birth[next]].born == call; ++next) {
      alive = saturating_sum(alive, blocks[by_birth[next]].bytes);
    }
    if (alive > plan.peak_bytes) {
      plan.peak_bytes = alive;
      plan.peak_call = call;
    }
  }
}

void list_alive(const std::vector<Block>& blocks, MemoryPlan& plan) {
  for (const auto id :
       ordered(blocks, [](const Block&a, const Block&b) { return a.bytes > b.bytes; })) {
    const auto& block = blocks[id];
    const bool alive = block.born <= plan.peak_call && plan.peak_call <= block.dies;
    if (alive && block.bytes > 0) plan.alive_at_peak.push_back(block.largest);
  }
}

}  // namespace

MemoryPlan plan_memory(const std::vector<Buffer>& buffers) {
  auto [of_buffer, blocks] = find_blocks(buffers);
  MemoryPlan plan;
  plan.arena_bytes = place_best(blocks);
  for (const auto block : of_buffer) plan.placements.push_back({blocks[block].offset});
  find_peak(blocks, plan);
  list_alive(blocks, plan);
  return plan;
}

}  // namespace roofbeam
