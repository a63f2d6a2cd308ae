// Core types: files of platforms/cores/ that the engines of a descriptor build on.
//
// A core file states what every chip with this core has in common: an engine's keys (per core) and
// `memory`, the levels that are private to each core.
#pragma once

#include <string>
#include <vector>

#include "core/config/node.hpp"

namespace roofbeam {

struct CoreType {
  std::string name;   // "cortex-a76"
  std::string title;  // one line for people
};

// Those that ship with Roofbeam, sorted by name.
[[nodiscard]] std::vector<CoreType> catalog_cores();

// A descriptor in which every engine that states `core: NAME` has that core's keys merged below its
// own. The core's memory levels stand first in `memory`, `per: core` and `of:` that engine, named
// as in the core file where one engine alone has a core ("L1"), else with the engine's name
// ("big-L1"); a level of the descriptor's own with that name is merged over it. Throws InputError
// (unknown core, at the word that names it; a core file without `core`).
[[nodiscard]] config::Node with_cores(config::Node descriptor);

}  // namespace roofbeam
