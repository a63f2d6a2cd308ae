// Where every activation lies in one arena: lifetimes, in-place reuse, best-fit offsets.
//
// Algorithm (greedy by size, after Pisarchyk and Lee, "Efficient Memory Management for Deep Neural
// Net Inference", arXiv 2001.03288, section 4.3; TensorFlow Lite and TFLM plan the same way):
//   1. Buffers that share memory (a view of its input, an elementwise call that overwrites an
//      input that nobody reads later) form one block; a block lives from the first birth to the
//      last death of its buffers and is as large as the largest of them.
//   2. Blocks are placed largest first (ties: earlier birth, then lower id). A block goes into the
//      smallest gap, between already placed blocks that live at the same time, that holds it; if
//      none does, behind them all.
//   3. The same is tried in order of birth; the smaller arena is kept.
// Sizes are rounded up to kAlignment; sums of hostile sizes stop at 2^63 - 1 instead of
// overflowing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace roofbeam {

// An activation tensor. It is alive from call `born` to call `dies`, both included; -1 is before
// the first call (network inputs), the number of calls is after the last (network outputs).
struct Buffer {
  std::string name;
  std::int64_t bytes = 0;
  std::int32_t born = -1;
  std::int32_t dies = -1;
  // Shares the memory of this buffer (an earlier id); set for views and for in-place results.
  std::optional<std::int32_t> shares;
};

struct MemoryPlan {
  struct Placement {
    std::int64_t offset = 0;  // bytes from the arena's start, a multiple of kAlignment
  };
  static constexpr std::int64_t kAlignment = 16;

  std::vector<Placement> placements;  // one a buffer; buffers that share have the same offset
  std::int64_t arena_bytes = 0;       // end of the highest block: what must be allocated
  std::int64_t peak_bytes = 0;        // largest sum of blocks alive at once: no plan does better
  std::int32_t peak_call = 0;         // the first call at which that happens
  std::vector<std::int32_t> alive_at_peak;  // one buffer id a block (the largest), largest first
};

// Requires: born <= dies for each buffer, `shares` refers to a smaller id. Pure.
[[nodiscard]] MemoryPlan plan_memory(const std::vector<Buffer>& buffers);

}  // namespace roofbeam
