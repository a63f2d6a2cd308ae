// A slow, obvious checker of memory plans: every rule written out, every pair and every call tried.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "models/memory_plan.hpp"

namespace roofbeam {

// "" if the plan keeps all rules, else the rule that it breaks.
inline std::string check_plan(const std::vector<Buffer>& buffers, const MemoryPlan& plan) {
  const auto root = [&](std::size_t id) {
    while (buffers[id].shares) id = static_cast<std::size_t>(*buffers[id].shares);
    return id;
  };
  const auto aligned = [](std::int64_t bytes) {
    constexpr auto kUnit = MemoryPlan::kAlignment;
    return (bytes + kUnit - 1) / kUnit * kUnit;
  };
  // A block lives from its first birth to its last death and is as large as its largest buffer.
  std::vector<Buffer> blocks(buffers.size());
  std::vector<bool> is_block(buffers.size());
  for (std::size_t id = 0; id < buffers.size(); ++id) {
    auto& block = blocks[root(id)];
    if (!is_block[root(id)]) block = buffers[id];
    is_block[root(id)] = true;
    block.bytes = std::max(block.bytes, buffers[id].bytes);
    block.born = std::min(block.born, buffers[id].born);
    block.dies = std::max(block.dies, buffers[id].dies);
  }
  std::int32_t last = -1;
  for (std::size_t a = 0; a < buffers.size(); ++a) {
    last = std::max(last, buffers[a].dies);
    const auto offset = plan.placements.at(a).offset;
    if (offset != plan.placements[root(a)].offset) return "buffers that share lie apart";
    if (offset % MemoryPlan::kAlignment != 0) return "an offset is not aligned";
    if (offset < 0 || offset + buffers[a].bytes > plan.arena_bytes) return "outside the arena";
    for (std::size_t b = 0; b < a; ++b) {
      if (!is_block[a] || !is_block[b] || blocks[a].bytes == 0 || blocks[b].bytes == 0) continue;
      const bool in_time = blocks[a].born <= blocks[b].dies && blocks[b].born <= blocks[a].dies;
      const auto other = plan.placements[b].offset;
      const bool in_space = offset < other + blocks[b].bytes && other < offset + blocks[a].bytes;
      if (in_time && in_space) return "two live blocks overlap";
    }
  }
  std::int64_t peak = 0;
  std::int32_t peak_call = 0;
  for (std::int32_t call = -1; call <= last; ++call) {
    std::int64_t alive = 0;
    for (std::size_t id = 0; id < blocks.size(); ++id) {
      const bool lives = is_block[id] && blocks[id].born <= call && call <= blocks[id].dies;
      if (lives) alive += aligned(blocks[id].bytes);
    }
    if (alive > peak) peak_call = call;
    peak = std::max(peak, alive);
  }
  if (peak != plan.peak_bytes) return "the peak is not the largest sum alive";
  if (peak_call != plan.peak_call) return "the peak is not at the first call that has it";
  std::int64_t named_bytes = 0;
  std::vector<bool> named(buffers.size());
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  for (const auto buffer : plan.alive_at_peak) {
    const auto id = static_cast<std::size_t>(buffer);
    const auto& block = blocks[root(id)];
    if (named[root(id)]) return "a block is named twice at the peak";
    if (buffers[id].bytes != block.bytes) return "a block is not named after its largest buffer";
    if (peak_call < block.born || block.dies < peak_call) return "the dead are named at the peak";
    if (aligned(block.bytes) > before) return "the peak's blocks are not named largest first";
    before = aligned(block.bytes);
    named[root(id)] = true;
    named_bytes += aligned(block.bytes);
  }
  if (named_bytes != peak) return "a block is missing at the peak";
  if (plan.arena_bytes < peak) return "the arena is smaller than the peak";
  return "";
}

}  // namespace roofbeam
