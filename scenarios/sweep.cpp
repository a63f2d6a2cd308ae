#include "scenarios/sweep.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "scenarios/case_rows.hpp"
#include "scenarios/sweep/judge.hpp"

namespace roofbeam {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Adds a part to another; both frontiers go through the keeper.
void add_part(SweepPart& to, SweepPart&& from, FrontierKeeper& keeper) {
  for (const auto& [first, last] : from.done) add_range(to.done, first, last);
  to.counts += from.counts;
  if (from.frontier.cases > 0) keeper.merge(from.frontier);
  to.nearest.insert(to.nearest.end(), from.nearest.begin(), from.nearest.end());
  std::ranges::sort(to.nearest);
  if (to.nearest.size() > kNearMisses) to.nearest.resize(kNearMisses);
  if (to.counts.feasible > 0) to.nearest.clear();
  if (from.rows.rows() > 0) to.rows.append(from.rows);
}

// Deals out what is left, in order, in pieces of at most so many positions.
class Dealer {
 public:
  Dealer(Ranges left, std::int64_t most) : left_(std::move(left)), most_(most) {}

  // Nothing when all is dealt.
  std::optional<std::pair<std::int64_t, std::int64_t>> next() {
    const std::scoped_lock lock(mutex_);
    while (at_ < left_.size() && left_[at_].first == left_[at_].second) ++at_;
    if (at_ == left_.size()) return std::nullopt;
    auto& [first, last] = left_[at_];
    const std::int64_t end = std::min(last - first, most_) + first;
    const std::pair piece(first, end);
    first = end;
    return piece;
  }

 private:
  std::mutex mutex_;
  Ranges left_;
  std::size_t at_ = 0;
  std::int64_t most_;
};

// Enough pieces for all threads, none that takes long: a group is some milliseconds of compiling.
std::int64_t piece(const CompiledScenario& compiled, std::int64_t positions, std::size_t threads) {
  constexpr std::int64_t kMostGroups = 32;
  constexpr std::int64_t kMostPositions = 1 << 18;
  const std::int64_t fair = positions / static_cast<std::int64_t>(threads * 8);
  const std::int64_t inner = std::min(compiled.inner_cases(), kMostPositions);
  return std::clamp<std::int64_t>(fair, 1, std::min(kMostPositions, kMostGroups * inner));
}

// The threads of one sweep and what they have found so far.
class Sweep {
 public:
  Sweep(const CompiledScenario& compiled, const SweepOptions& options, SweepPart before)
      : compiled_(compiled),
        options_(options),
        keeper_(senses_of(compiled.scenario())),
        range_(shard_of(compiled.positions(), options.shard, options.shards)),
        dealer_(missing(before.done, range_.first, range_.second),
                piece(compiled, positions(), std::max<std::size_t>(options.threads, 1))) {
    total_.rows = empty_table(compiled.scenario());
    done_ = count_of(before.done);
    add_part(total_, std::move(before), keeper_);
  }

  SweepPart run() {
    const std::size_t count = std::max<std::size_t>(options_.threads, 1);
    running_ = count;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    watch();
    threads.clear();  // joins
    if (error_) std::rethrow_exception(error_);
    total_.frontier = keeper_.result();
    total_.rows.sort_by_index();
    return std::move(total_);
  }

 private:
  [[nodiscard]] std::int64_t positions() const { return range_.second - range_.first; }

  [[nodiscard]] bool stopped() const {
    return failed_ || (options_.stop != nullptr && options_.stop->load());
  }

  void work() {
    try {
      deal();
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      if (!error_) error_ = std::current_exception();
      failed_ = true;
    }
    const std::scoped_lock lock(mutex_);
    --running_;
    changed_.notify_all();
  }

  void deal() {
    constexpr double kFlushEvery = 0.3;
    Judge judge(compiled_, options_.keep_all);
    auto flushed = Clock::now();
    while (!stopped()) {
      const auto range = dealer_.next();
      if (!range) break;
      judge.range(range->first, range->second);
      done_ += range->second - range->first;
      if (seconds_since(flushed) < kFlushEvery) continue;
      flush(judge);
      flushed = Clock::now();
    }
    flush(judge);
  }

  void flush(Judge& judge) {
    SweepPart part = judge.take();
    const std::scoped_lock lock(mutex_);
    add_part(total_, std::move(part), keeper_);
  }

  // Reports and saves while the threads work.
  void watch() {
    auto saved = Clock::now();
    std::unique_lock lock(mutex_);
    while (running_ > 0) {
      changed_.wait_for(lock, std::chrono::milliseconds(100));
      if (options_.progress && running_ > 0) options_.progress(done_, positions());
      if (!options_.save || running_ == 0 || seconds_since(saved) < options_.save_every) continue;
      total_.frontier = keeper_.result();
      options_.save(total_);
      saved = Clock::now();
    }
  }

  const CompiledScenario& compiled_;
  const SweepOptions& options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  SweepPart total_;
  FrontierKeeper keeper_;
  std::pair<std::int64_t, std::int64_t> range_;
  Dealer dealer_;
  std::atomic<std::int64_t> done_{0};
  std::atomic<bool> failed_{false};
  std::exception_ptr error_;
  std::size_t running_ = 0;
};

// Rows of the frontier are marked; of their number of equals the first stands for all.
void mark(CaseTable& table, const Frontier& frontier) {
  std::vector<std::pair<std::int64_t, std::int64_t>> points;
  for (std::size_t i = 0; i < frontier.size(); ++i) {
    points.emplace_back(static_cast<std::int64_t>(frontier.indices[i]),
                        static_cast<std::int64_t>(frontier.ties[i]) - 1);
  }
  std::ranges::sort(points);
  std::size_t row = 0;
  for (const auto& [index, twins] : points) {
    while (row < table.rows() && table.index[row] < index) ++row;
    if (row == table.rows() || table.index[row] != index) continue;
    table.on_frontier[row] = 1;
    table.twins[row] = twins;
  }
}

}  // namespace

void add_range(Ranges& ranges, std::int64_t first, std::int64_t last) {
  if (first >= last) return;
  auto at =
      std::ranges::lower_bound(ranges, first, {}, [](const auto& range) { return range.second; });
  while (at != ranges.end() && at->first <= last) {
    first = std::min(first, at->first);
    last = std::max(last, at->second);
    at = ranges.erase(at);
  }
  ranges.insert(at, {first, last});
}

std::pair<std::int64_t, std::int64_t> shard_of(std::int64_t positions, std::int64_t shard,
                                               std::int64_t shards) {
  const std::int64_t each = positions / shards;
  const std::int64_t rest = positions % shards;  // the first ones have one more
  const std::int64_t first = each * shard + std::min(shard, rest);
  return {first, first + each + (shard < rest ? 1 : 0)};
}

Ranges missing(const Ranges& done, std::int64_t first, std::int64_t last) {
  Ranges left;
  for (const auto& [begin, end] : done) {
    if (end <= first || begin >= last) continue;
    if (begin > first) left.emplace_back(first, begin);
    first = std::max(first, end);
  }
  if (first < last) left.emplace_back(first, last);
  return left;
}

std::int64_t count_of(const Ranges& ranges) {
  std::int64_t count = 0;
  for (const auto& [first, last] : ranges) count += last - first;
  return count;
}

SweepPart sweep_range(const CompiledScenario& compiled, std::int64_t first, std::int64_t last,
                      bool keep_all, const std::atomic<bool>* stop) {
  constexpr std::int64_t kPiece = 1 << 16;
  Judge judge(compiled, keep_all);
  for (std::int64_t at = first; at < last && (stop == nullptr || !*stop); at += kPiece) {
    judge.range(at, std::min(last, at + kPiece));
  }
  SweepPart part = judge.take();
  part.rows.sort_by_index();
  return part;
}

SweepPart merge(const CompiledScenario& compiled, std::vector<SweepPart> parts) {
  FrontierKeeper keeper(senses_of(compiled.scenario()));
  SweepPart total;
  total.rows = empty_table(compiled.scenario());
  for (SweepPart& part : parts) add_part(total, std::move(part), keeper);
  total.frontier = keeper.result();
  total.rows.sort_by_index();
  return total;
}

SweepPart sweep(const CompiledScenario& compiled, const SweepOptions& options, SweepPart before) {
  return Sweep(compiled, options, std::move(before)).run();
}

CaseTable rows_of(const CompiledScenario& compiled, const std::vector<std::int64_t>& indices) {
  std::vector<std::pair<std::int64_t, std::int64_t>> by_group;
  for (const std::int64_t index : indices) {
    by_group.emplace_back(compiled.group_of(compiled.expansion().digits(index)), index);
  }
  std::ranges::sort(by_group);
  CaseTable table = empty_table(compiled.scenario());
  Block block(compiled);
  for (std::size_t at = 0; at < by_group.size();) {
    const auto group = compiled.group(by_group[at].first);
    block.clear();
    const std::int64_t number = by_group[at].first;
    while (at < by_group.size() && by_group[at].first == number && block.size() < kBlock) {
      block.add(*group, compiled.expansion().digits(by_group[at++].second));
    }
    block.score(*group, BlockNeeds::all());
    for (std::size_t row = 0; row < block.size(); ++row) block.append_to(table, *group, row);
  }
  table.sort_by_index();
  return table;
}

CaseTable table_of(const CompiledScenario& compiled, const SweepPart& part) {
  CaseTable table = part.rows;
  if (table.rows() == 0) {
    std::vector<std::int64_t> indices(part.frontier.indices.begin(), part.frontier.indices.end());
    if (indices.empty()) {
      for (const NearMiss& miss : part.nearest) indices.push_back(miss.index);
    }
    table = rows_of(compiled, indices);
  }
  mark(table, part.frontier);
  table.counts = compiled.expansion().count();
  table.counts.forecast = 0;
  table.counts += part.counts;
  table.counts.failed.resize(table.requirements.size());
  return table;
}

}  // namespace roofbeam
