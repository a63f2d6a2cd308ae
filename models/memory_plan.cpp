#include "models/memory_plan.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>
#include <numeric>

namespace roofbeam {
namespace {

using Order = std::vector<std::size_t>;

constexpr std::int64_t kMost =  // the largest multiple of the alignment; sums stop here
    std::numeric_limits<std::int64_t>::max() / MemoryPlan::kAlignment * MemoryPlan::kAlignment;
constexpr std::int64_t kEnoughWork = 60'000'000;  // steps after which no further order is tried
constexpr std::size_t kSortCost = 16;             // steps to gather and sort one neighbour

std::int64_t aligned(std::int64_t bytes) {
  if (bytes > kMost) return kMost;
  return (bytes + MemoryPlan::kAlignment - 1) / MemoryPlan::kAlignment * MemoryPlan::kAlignment;
}

// Requires: 0 <= a, b <= kMost.
std::int64_t saturating_sum(std::int64_t a, std::int64_t b) {
  return a > kMost - b ? kMost : a + b;
}

// Buffers that share memory.
struct Block {
  std::int64_t bytes = 0;
  std::int32_t born = 0;
  std::int32_t dies = 0;
  std::int32_t largest = 0;  // buffer id
};

// Which block each buffer is in, and the blocks, earliest birth first.
struct Blocks {
  Order of_buffer;
  std::vector<Block> blocks;
};

Order ordered(const std::vector<Block>& blocks, auto before) {
  Order order(blocks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return before(blocks[a], blocks[b]); });
  return order;
}

void join(Block& block, const Block& buffer) {
  if (buffer.bytes > block.bytes) block.largest = buffer.largest;
  block.bytes = std::max(block.bytes, buffer.bytes);
  block.born = std::min(block.born, buffer.born);
  block.dies = std::max(block.dies, buffer.dies);
}

// With the sizes rounded up.
Blocks sorted_by_birth(const Blocks& found) {
  const auto order =
      ordered(found.blocks, [](const Block& a, const Block& b) { return a.born < b.born; });
  Blocks sorted;
  Order position(order.size());
  for (const auto id : order) {
    position[id] = sorted.blocks.size();
    sorted.blocks.push_back(found.blocks[id]);
    sorted.blocks.back().bytes = aligned(found.blocks[id].bytes);
  }
  for (const auto id : found.of_buffer) sorted.of_buffer.push_back(position[id]);
  return sorted;
}

Blocks find_blocks(const std::vector<Buffer>& buffers) {
  Blocks found;
  for (const auto& buffer : buffers) {
    const auto id = static_cast<std::int32_t>(found.of_buffer.size());
    assert(buffer.bytes >= 0 && buffer.born <= buffer.dies);
    assert(!buffer.shares || (*buffer.shares >= 0 && *buffer.shares < id));
    const Block alone{buffer.bytes, buffer.born, buffer.dies, id};
    if (buffer.shares) {
      found.of_buffer.push_back(found.of_buffer[static_cast<std::size_t>(*buffer.shares)]);
      join(found.blocks[found.of_buffer.back()], alone);
    } else {
      found.of_buffer.push_back(found.blocks.size());
      found.blocks.push_back(alone);
    }
  }
  return sorted_by_birth(found);
}

// What is alive at a call at which something is born.
struct LiveSet {
  std::int32_t call = 0;
  std::int64_t bytes = 0;
};

// In the order of calls; ends with the first that reaches kMost.
std::vector<LiveSet> live_sets(const std::vector<Block>& blocks) {
  const auto by_death =
      ordered(blocks, [](const Block& a, const Block& b) { return a.dies < b.dies; });
  std::vector<LiveSet> sets;
  std::int64_t alive = 0;
  std::size_t dead = 0;
  for (std::size_t next = 0; next < blocks.size() && alive < kMost;) {
    const auto call = blocks[next].born;
    for (; blocks[by_death[dead]].dies < call; ++dead) alive -= blocks[by_death[dead]].bytes;
    for (; next < blocks.size() && blocks[next].born == call; ++next) {
      alive = saturating_sum(alive, blocks[next].bytes);
    }
    sets.push_back({call, alive});
  }
  return sets;
}

// The largest of the live sets that each block is part of.
std::vector<std::int64_t> breadths(const std::vector<Block>& blocks,
                                   const std::vector<LiveSet>& sets) {
  std::vector<std::int64_t> found;
  for (const auto& block : blocks) {
    auto set = std::lower_bound(sets.begin(), sets.end(), block.born,
                                [](const LiveSet& s, std::int32_t call) { return s.call < call; });
    std::int64_t most = 0;
    for (; set != sets.end() && set->call <= block.dies; ++set) most = std::max(most, set->bytes);
    found.push_back(most);
  }
  return found;
}

struct Spot {
  std::int64_t offset = 0;
  std::int64_t end = 0;
};

// The blocks that have a place, and which of them live at the same time as another.
class Shelf {
 public:
  // `blocks` are sorted by birth and outlive the shelf.
  explicit Shelf(const std::vector<Block>& blocks)
      : blocks_(blocks),
        spots_(blocks.size()),
        until_(blocks.size(), kNever),
        chunk_until_(blocks.size() / kChunk + 1, kNever) {
    for (const auto& block : blocks) deaths_.push_back(block.dies);
    std::sort(deaths_.begin(), deaths_.end());
  }

  void put(std::size_t id, std::int64_t offset) {
    spots_[id] = {offset, saturating_sum(offset, blocks_[id].bytes)};
    until_[id] = blocks_[id].dies;
    chunk_until_[id / kChunk] = std::max(chunk_until_[id / kChunk], until_[id]);
    const auto after = std::upper_bound(
        by_offset_.begin(), by_offset_.end(), offset,
        [this](std::int64_t value, std::size_t other) { return value < spots_[other].offset; });
    by_offset_.insert(after, static_cast<std::uint32_t>(id));
  }

  // The spots taken while block `id` lives, in the order of their offsets. Valid until the next
  // call. Whichever is cheaper: gathers them in the order of time and sorts, or filters all that
  // have a place, which stand in order already.
  const std::vector<Spot>& beside(std::size_t id) {
    const auto& block = blocks_[id];
    const auto later = born_by(block.dies);
    const auto gone = static_cast<std::size_t>(
        std::lower_bound(deaths_.begin(), deaths_.end(), block.born) - deaths_.begin());
    const auto by_time = (later - gone) * kSortCost;
    work_ += static_cast<std::int64_t>(std::min(by_time, by_offset_.size()));
    if (by_time < by_offset_.size()) {
      gather(block, later);
    } else {
      filter(block, later);
    }
    return beside_;
  }

  [[nodiscard]] std::int64_t offset(std::size_t id) const { return spots_[id].offset; }
  [[nodiscard]] std::int64_t work() const { return work_; }

 private:
  static constexpr auto kNever = std::numeric_limits<std::int32_t>::min();
  static constexpr std::size_t kChunk = 64;

  // How many blocks are born up to this call: these are the first ones.
  [[nodiscard]] std::size_t born_by(std::int32_t call) const {
    const auto end =
        std::upper_bound(blocks_.begin(), blocks_.end(), call,
                         [](std::int32_t at, const Block& block) { return at < block.born; });
    return static_cast<std::size_t>(end - blocks_.begin());
  }

  void gather(const Block& block, std::size_t later) {
    beside_.clear();
    for (std::size_t chunk = 0; chunk * kChunk < later; ++chunk) {
      if (chunk_until_[chunk] < block.born) continue;
      const auto end = std::min(later, (chunk + 1) * kChunk);
      for (auto other = chunk * kChunk; other < end; ++other) {
        if (until_[other] >= block.born) beside_.push_back(spots_[other]);
      }
    }
    std::sort(beside_.begin(), beside_.end(),
              [](const Spot& a, const Spot& b) { return a.offset < b.offset; });
  }

  // Without a branch that depends on the data: half of them would be mispredicted.
  void filter(const Block& block, std::size_t later) {
    beside_.resize(by_offset_.size());
    std::size_t count = 0;
    for (const auto other : by_offset_) {
      beside_[count] = spots_[other];
      count += static_cast<std::size_t>(other < later) &
               static_cast<std::size_t>(until_[other] >= block.born);
    }
    beside_.resize(count);
  }

  const std::vector<Block>& blocks_;
  std::vector<std::int32_t> deaths_;       // of all blocks, sorted
  std::vector<Spot> spots_;                // by block
  std::vector<std::int32_t> until_;        // by block: its death, kNever without a place
  std::vector<std::int32_t> chunk_until_;  // the latest of kChunk blocks
  std::vector<std::uint32_t> by_offset_;   // blocks with a place
  std::vector<Spot> beside_;
  std::int64_t work_ = 0;
};

// The start of the smallest gap between `taken` (in the order of their offsets) that holds `bytes`;
// else behind them all. The room below `ceiling` is a gap too, and is filled from above.
std::int64_t best_fit(std::int64_t bytes, const std::vector<Spot>& taken, std::int64_t ceiling) {
  std::int64_t best = -1;
  std::int64_t best_gap = std::numeric_limits<std::int64_t>::max();
  std::int64_t free_from = 0;
  for (const auto& spot : taken) {
    const auto gap = spot.offset - free_from;
    if (gap >= bytes && gap < best_gap) {
      best = free_from;
      best_gap = gap;
    }
    free_from = std::max(free_from, spot.end);
  }
  const auto room = ceiling - free_from;
  if (room >= bytes && room < best_gap) return ceiling - bytes;
  return best >= 0 ? best : free_from;
}

struct Layout {
  std::vector<std::int64_t> offsets;  // by block
  std::int64_t arena = kMost;
  std::int64_t work = 0;
};

Layout place(const std::vector<Block>& blocks, const Order& order, std::int64_t ceiling) {
  Shelf shelf(blocks);
  Layout layout;
  layout.arena = 0;
  for (const auto id : order) {
    const auto bytes = blocks[id].bytes;
    if (bytes == 0) continue;
    const auto offset = best_fit(bytes, shelf.beside(id), ceiling);
    shelf.put(id, offset);
    layout.arena = std::max(layout.arena, saturating_sum(offset, bytes));
  }
  for (std::size_t id = 0; id < blocks.size(); ++id) layout.offsets.push_back(shelf.offset(id));
  layout.work = shelf.work();
  return layout;
}

Order by_size(const std::vector<Block>& blocks) {
  return ordered(blocks, [](const Block& a, const Block& b) { return a.bytes > b.bytes; });
}

Order by_birth(const std::vector<Block>& blocks) {
  return ordered(blocks, [](const Block& a, const Block& b) {
    return a.born != b.born ? a.born < b.born : a.bytes > b.bytes;
  });
}

Order by_breadth(const std::vector<Block>& blocks, const std::vector<LiveSet>& sets) {
  const auto breadth = breadths(blocks, sets);
  auto order = by_size(blocks);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return breadth[a] > breadth[b]; });
  return order;
}

// The smallest of the layouts that the header describes; of equals, the first.
Layout place_best(const std::vector<Block>& blocks, const std::vector<LiveSet>& sets,
                  std::int64_t peak) {
  auto best = place(blocks, by_size(blocks), 0);
  auto work = best.work;
  const auto consider = [&](const auto& make_order, std::int64_t ceiling) {
    if (best.arena == peak || work > kEnoughWork) return;
    auto layout = place(blocks, make_order(), ceiling);
    work += layout.work;
    if (layout.arena < best.arena) best = std::move(layout);
  };
  consider([&] { return by_breadth(blocks, sets); }, 0);
  consider([&] { return by_birth(blocks); }, 0);
  consider([&] { return by_birth(blocks); }, peak);
  return best;
}

void note_peak(const std::vector<LiveSet>& sets, MemoryPlan& plan) {
  for (const auto& set : sets) {
    if (set.bytes <= plan.peak_bytes) continue;
    plan.peak_bytes = set.bytes;
    plan.peak_call = set.call;
  }
}

std::int64_t total_bytes(const std::vector<Block>& blocks) {
  return std::accumulate(
      blocks.begin(), blocks.end(), std::int64_t{0},
      [](std::int64_t sum, const Block& block) { return saturating_sum(sum, block.bytes); });
}

void list_alive(const std::vector<Block>& blocks, MemoryPlan& plan) {
  for (const auto id : by_size(blocks)) {
    const auto& block = blocks[id];
    const bool alive = block.born <= plan.peak_call && plan.peak_call <= block.dies;
    if (alive && block.bytes > 0) plan.alive_at_peak.push_back(block.largest);
  }
}

}  // namespace

MemoryPlan plan_memory(const std::vector<Buffer>& buffers) {
  const auto [of_buffer, blocks] = find_blocks(buffers);
  const auto sets = live_sets(blocks);
  MemoryPlan plan;
  note_peak(sets, plan);
  list_alive(blocks, plan);
  plan.unpooled_bytes = total_bytes(blocks);
  const auto layout = place_best(blocks, sets, plan.peak_bytes);
  plan.arena_bytes = layout.arena;
  for (const auto block : of_buffer) plan.placements.push_back({layout.offsets[block]});
  return plan;
}

}  // namespace roofbeam
