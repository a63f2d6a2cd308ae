// A sweep in parts that know nothing of each other: --shard and --merge.
#pragma once

#include <cstdint>
#include <string>

#include "app/commands.hpp"
#include "app/processes.hpp"

namespace roofbeam::app {

struct Shard {
  std::int64_t index = 0;  // from 0
  std::int64_t count = 1;
};

// "2/4" is the second of four; the whole for an empty text. Throws InputError.
[[nodiscard]] Shard parse_shard(const std::string& text);

// Throws InputError: a shard or a merge with what it cannot be had with.
void check_parts(const Sweep& command, const Processes& processes);

}  // namespace roofbeam::app
