// Where every activation lies in one arena: lifetimes, in-place reuse, best-fit offsets.
//
// Algorithm (greedy by size for offset calculation, algorithm 3 of Pisarchyk and Lee, "Efficient
// Memory Management for Deep Neural Net Inference", arXiv 2001.03288; TensorFlow Lite and TFLM plan
// the same way):
//   1. Buffers that share memory (a view of its input, an elementwise call that overwrites an
//      input that nobody reads later) form one block; a block lives from the first birth to the
//      last death of its buffers and is as large as the largest of them.
//   2. Blocks are placed largest first (ties: earlier birth, then lower id). A block goes into the
//      smallest gap, between already placed blocks that live at the same time, that holds it; if
//      none does, behind them all.
//   3. Three more orders are tried, and the smallest arena is kept (of equals, the first):
//        breadth  blocks of the largest live set first, in it by size (the same paper's greedy by
//                 breadth);
//        birth    earliest first, of equals by size;
//        ceiling  by birth, and the room between the highest neighbour and `peak_bytes` counts as
//                 a gap that is filled from above: a chain then fills its peak exactly.
//      Trying ends when an arena is as small as the peak, or when 60 million steps are spent (about
//      11,000 buffers that mostly live together spend them on one order). Steps are counted, not
//      timed: the same buffers always get the same plan.
// Sizes are rounded up to kAlignment; zero bytes take no room. Sizes and sums saturate at the
// largest multiple of kAlignment; the offsets of a plan whose arena is that large mean nothing.
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
  // Where elements are compressed or lie at another precision than calls work at; 0 elsewhere.
  double elements_per_byte = 0;
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
  std::int64_t unpooled_bytes = 0;  // sum of all blocks: what it takes if none lies where another
                                    // lay before
};

// Requires: bytes >= 0 and born <= dies for each buffer, `shares` refers to a smaller id. Pure.
[[nodiscard]] MemoryPlan plan_memory(const std::vector<Buffer>& buffers);

}  // namespace roofbeam
