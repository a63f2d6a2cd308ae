// A slow, obvious checker of memory plans: every rule written out, every pair and every call tried.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "models/memory_plan.hpp"

namespace roofbeam {

class PlanChecker {
 public:
  PlanChecker(const std::vector<Buffer>& buffers, const MemoryPlan& plan)
      : buffers_(buffers), plan_(plan), blocks_(buffers) {
    for (std::size_t id = 0; id < buffers.size(); ++id) {
      auto& block = blocks_[root(id)];
      block.bytes = std::max(block.bytes, buffers[id].bytes);
      block.born = std::min(block.born, buffers[id].born);
      block.dies = std::max(block.dies, buffers[id].dies);
    }
  }

  // "" if the plan keeps the rules, else the one that it breaks.
  [[nodiscard]] std::string places() const {
    for (std::size_t a = 0; a < buffers_.size(); ++a) {
      if (offset(a) != offset(root(a))) return "buffers that share lie apart";
      if (offset(a) % MemoryPlan::kAlignment != 0) return "an offset is not aligned";
      if (offset(a) < 0 || offset(a) + buffers_[a].bytes > plan_.arena_bytes) {
        return "outside the arena";
      }
      for (std::size_t b = 0; b < a; ++b) {
        if (overlap(a, b)) return "two live blocks overlap";
      }
    }
    return "";
  }

  [[nodiscard]] std::string peak() const {
    std::int64_t most = 0;
    std::int32_t at = 0;
    for (std::int32_t call = -1; call <= last_call(); ++call) {
      if (alive(call) > most) at = call;
      most = std::max(most, alive(call));
    }
    if (most != plan_.peak_bytes) return "the peak is not the largest sum alive";
    if (at != plan_.peak_call) return "the peak is not at the first call that has it";
    if (plan_.arena_bytes < most) return "the arena is smaller than the peak";
    return "";
  }

  [[nodiscard]] std::string named_at_peak() const {
    std::vector<bool> named(buffers_.size());
    std::int64_t sum = 0;
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    for (const auto buffer : plan_.alive_at_peak) {
      const auto id = static_cast<std::size_t>(buffer);
      const auto bytes = aligned(blocks_[root(id)].bytes);
      if (named[root(id)]) return "a block is named twice at the peak";
      if (!lives(root(id), plan_.peak_call)) return "the dead are named at the peak";
      if (buffers_[id].bytes != blocks_[root(id)].bytes) return "named is not the block's largest";
      if (bytes > before) return "the peak's blocks are not named largest first";
      before = bytes;
      named[root(id)] = true;
      sum += bytes;
    }
    return sum == plan_.peak_bytes ? "" : "a block is missing at the peak";
  }

 private:
  static std::int64_t aligned(std::int64_t bytes) {
    constexpr auto kUnit = MemoryPlan::kAlignment;
    return (bytes + kUnit - 1) / kUnit * kUnit;
  }
  [[nodiscard]] std::size_t root(std::size_t id) const {
    while (buffers_[id].shares) id = static_cast<std::size_t>(*buffers_[id].shares);
    return id;
  }
  [[nodiscard]] std::int64_t offset(std::size_t id) const { return plan_.placements.at(id).offset; }
  [[nodiscard]] bool lives(std::size_t block, std::int32_t call) const {
    return blocks_[block].born <= call && call <= blocks_[block].dies;
  }
  [[nodiscard]] bool overlap(std::size_t a, std::size_t b) const {
    if (root(a) != a || root(b) != b || blocks_[a].bytes == 0 || blocks_[b].bytes == 0) {
      return false;
    }
    const bool in_time = blocks_[a].born <= blocks_[b].dies && blocks_[b].born <= blocks_[a].dies;
    const bool in_space = offset(a) < offset(b) + blocks_[b].bytes &&  //
                          offset(b) < offset(a) + blocks_[a].bytes;
    return in_time && in_space;
  }
  [[nodiscard]] std::int32_t last_call() const {
    std::int32_t last = -1;
    for (const auto& buffer : buffers_) last = std::max(last, buffer.dies);
    return last;
  }
  [[nodiscard]] std::int64_t alive(std::int32_t call) const {
    std::int64_t sum = 0;
    for (std::size_t id = 0; id < blocks_.size(); ++id) {
      if (root(id) == id && lives(id, call)) sum += aligned(blocks_[id].bytes);
    }
    return sum;
  }

  const std::vector<Buffer>& buffers_;
  const MemoryPlan& plan_;
  std::vector<Buffer> blocks_;  // by root: first birth, last death and largest size of its buffers
};

// "" if the plan keeps all rules, else the rule that it breaks.
inline std::string check_plan(const std::vector<Buffer>& buffers, const MemoryPlan& plan) {
  const PlanChecker checker(buffers, plan);
  for (const auto& broken : {checker.places(), checker.peak(), checker.named_at_peak()}) {
    if (!broken.empty()) return broken;
  }
  return "";
}

}  // namespace roofbeam
