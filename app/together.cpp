#include "app/together.hpp"

#include <cstring>
#include <exception>

#include "app/output.hpp"
#include "core/input_error.hpp"
#include "scenarios/case_table_bytes.hpp"
#include "scenarios/sweep/checkpoint.hpp"

namespace roofbeam::app {
namespace {

// A part as it travels: the length of the checkpoint, the checkpoint, then the rows.
std::string to_message(const CompiledScenario& compiled, SweepPart part, std::uint64_t identity) {
  const std::string rows = to_bytes(part.rows);
  part.rows = {};
  const std::string text = checkpoint_text(compiled, part, identity);
  const std::uint64_t size = text.size();
  std::string message(reinterpret_cast<const char*>(&size), sizeof size);
  return message + text + rows;
}

SweepPart of_message(const CompiledScenario& compiled, const std::string& message,
                     std::uint64_t identity) {
  std::uint64_t size = 0;
  std::memcpy(&size, message.data(), sizeof size);
  const std::string text = message.substr(sizeof size, size);
  SweepPart part = read_checkpoint(compiled, text, "another process", identity);
  part.rows = case_table_of_bytes(std::string_view(message).substr(sizeof size + size));
  return part;
}

// Without the positions that were done before, which the first process answers for.
SweepPart own_share(SweepPart part, const Ranges& before) {
  Ranges own;
  for (const auto& [first, last] : part.done) {
    for (const auto& [begin, end] : missing(before, first, last)) add_range(own, begin, end);
  }
  part.done = std::move(own);
  return part;
}

SweepPart share_and_merge(const Processes& processes, const CompiledScenario& compiled,
                          SweepOptions options, const Checkpoint& checkpoint) {
  SweepPart before = checkpoint.before();
  const Ranges done = processes.first() ? Ranges{} : before.done;
  if (!processes.first()) {
    before = {};
    before.done = done;
  }
  if (processes.count() > 1) {
    options.shard = processes.rank();
    options.shards = processes.count();
  }
  if (options.save) {
    options.save = [save = options.save, &done](const SweepPart& part) {
      save(own_share(part, done));
    };
  }
  const SweepPart own = own_share(sweep(compiled, options, std::move(before)), done);
  if (processes.count() == 1) return own;
  // Whoever stopped it may not wait for long.
  if (options.stop->load() && checkpoint.keeps()) checkpoint.save(own);
  const std::uint64_t identity = checkpoint.identity();
  const std::string all = processes.reduce(
      to_message(compiled, own, identity), [&](const std::string& one, const std::string& other) {
        std::vector<SweepPart> parts;
        parts.push_back(of_message(compiled, one, identity));
        parts.push_back(of_message(compiled, other, identity));
        return to_message(compiled, merge(compiled, std::move(parts)), identity);
      });
  return of_message(compiled, all, identity);
}

}  // namespace

SweepPart sweep_together(const Processes& processes, const CompiledScenario& compiled,
                         SweepOptions options, const Checkpoint& checkpoint) {
  if (processes.count() == 1) {
    return share_and_merge(processes, compiled, std::move(options), checkpoint);
  }
  try {
    return share_and_merge(processes, compiled, std::move(options), checkpoint);
  } catch (const std::exception& error) {
    print_error(error.what());
    processes.abort(1);  // the others would wait for this one
    throw;
  }
}

}  // namespace roofbeam::app
