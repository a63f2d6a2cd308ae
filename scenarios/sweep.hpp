// Every case of a scenario, scored in columns and judged as it goes: only the frontier is kept,
// unless all rows are asked for.
//
// Work is dealt out by ranges of positions (sweep/compiled.hpp), and parts merge: the result is the
// same, bit for bit, whatever the ranges, their order and the number of threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/case_table.hpp"
#include "scenarios/frontier.hpp"
#include "scenarios/sweep/compiled.hpp"

namespace roofbeam {

// Ranges [first, second) of positions, ascending, none touching another.
using Ranges = std::vector<std::pair<std::int64_t, std::int64_t>>;
void add_range(Ranges& ranges, std::int64_t first, std::int64_t last);
// The positions of one of several shards of equal size, give or take one.
[[nodiscard]] std::pair<std::int64_t, std::int64_t> shard_of(std::int64_t positions,
                                                             std::int64_t shard,
                                                             std::int64_t shards);
// What is left of [first, last).
[[nodiscard]] Ranges missing(const Ranges& done, std::int64_t first, std::int64_t last);
[[nodiscard]] std::int64_t count_of(const Ranges& ranges);

// A case that meets not all requirements, and by how much it misses the one that it misses most.
struct NearMiss {
  double missed = 0;
  std::int64_t index = 0;
  friend auto operator<=>(const NearMiss&,
                          const NearMiss&) = default;  // NOLINT(modernize-use-nullptr)
};
inline constexpr std::size_t kNearMisses = 20;

// What some positions came to.
struct SweepPart {
  Ranges done;
  CaseCounts counts;  // impossible, forecast and what follows; skipped cases are not counted
  Frontier frontier;  // of feasible cases, by index
  std::vector<NearMiss> nearest;  // the nearest kNearMisses, while there is no feasible case
  CaseTable rows;                 // all of them, if they are kept
};

struct SweepOptions {
  bool keep_all = false;
  std::size_t threads = 1;
  // The positions of this shard: 0 of 1 is all.
  std::int64_t shard = 0;
  std::int64_t shards = 1;
  const std::atomic<bool>* stop = nullptr;  // set from outside: ends soon, with what is done
  // Called a few times a second on the calling thread with what is done so far.
  std::function<void(std::int64_t done, std::int64_t all)> progress = nullptr;
  // Called now and then with everything so far, and at the end of a stop.
  std::function<void(const SweepPart&)> save = nullptr;
  double save_every = 5;  // s
};

// Positions [first, last) on this thread.
[[nodiscard]] SweepPart sweep_range(const CompiledScenario& compiled, std::int64_t first,
                                    std::int64_t last, bool keep_all = false,
                                    const std::atomic<bool>* stop = nullptr);
// Parts of one scenario that have no position in common.
[[nodiscard]] SweepPart merge(const CompiledScenario& compiled, std::vector<SweepPart> parts);

// All positions of the shard that `before` has not done, and those that it has.
[[nodiscard]] SweepPart sweep(const CompiledScenario& compiled, const SweepOptions& options,
                              SweepPart before = {});

// The rows of a part: those that were kept, else those of the frontier, else the nearest misses;
// with the counts of the whole scenario.
[[nodiscard]] CaseTable table_of(const CompiledScenario& compiled, const SweepPart& part);

// Rows of single cases, by index; none may be skipped or impossible.
[[nodiscard]] CaseTable rows_of(const CompiledScenario& compiled,
                                const std::vector<std::int64_t>& indices);

}  // namespace roofbeam
