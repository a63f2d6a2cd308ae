// A slow, obvious checker of memory plans: every rule written out, every pair and every call tried.
#pragma once

#include <algorithm>
#include <string>

#include "models/memory_plan.hpp"

namespace roofbeam {

// "" if the plan keeps all rules, else the rule that it breaks.
inline std::string check_plan(const std::vector<Buffer>& buffers, const MemoryPlan& plan) {
  const auto root = [&](std::size_t id) {
    while (buffers[id].shares) id = static_cast<std::size_t>(*buffers[id].shares);
    return id;
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
  for (std::int32_t call = -1; call <= last; ++call) {
    std::int64_t alive = 0;
    for (std::size_t id = 0; id < blocks.size(); ++id) {
      const bool lives = is_block[id] && blocks[id].born <= call && call <= blocks[id].dies;
      const auto unit = MemoryPlan::kAlignment;
      if (lives) alive += (blocks[id].bytes + unit - 1) / unit * unit;
    }
    peak = std::max(peak, alive);
  }
  if (peak != plan.peak_bytes) return "the peak is not the largest sum alive";
  if (plan.arena_bytes < peak) return "the arena is smaller than the peak";
  return "";
}

}  // namespace roofbeam
