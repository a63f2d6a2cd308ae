#include "app/shard.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/input_error.hpp"

namespace roofbeam::app {

Shard parse_shard(const std::string& text) {
  if (text.empty()) return {};
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto [slash, wrong] = std::from_chars(text.data(), end, shard.index);
  if (wrong == std::errc{} && slash != end && *slash == '/') {
    const auto [last, wrong_too] = std::from_chars(slash + 1, end, shard.count);
    const bool is_one = shard.index >= 1 && shard.index <= shard.count;
    if (wrong_too == std::errc{} && last == end && is_one) return {shard.index - 1, shard.count};
  }
  throw InputError(fmt::format("--shard '{}': expected I/N, such as 1/4 to 4/4", text));
}

void check_parts(const Sweep& command, const Processes& processes) {
  if (command.shard.empty() && command.merge.empty()) return;
  (void)parse_shard(command.shard);
  const std::string_view asked = command.shard.empty() ? "--merge" : "--shard";
  const auto refuse = [&](bool given, std::string_view with, std::string_view why) {
    if (given) throw InputError(fmt::format("{} with {}: {}", asked, with, why));
  };
  refuse(processes.count() > 1, "mpirun", "processes share the cases by themselves");
  refuse(command.keep_all, "--keep-all", "what shards write has no rows");
  refuse(command.dry_run, "--dry-run", "give one of the two");
  if (command.merge.empty()) {
    refuse(!command.report.empty(), "--report", "ask for it where the shards are merged");
  } else {
    refuse(!command.shard.empty(), "--merge", "give one of the two");
    refuse(!command.resume.empty(), "--resume", "name its file under --merge");
  }
}

}  // namespace roofbeam::app
