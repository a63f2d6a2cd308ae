// The `memory` list of a platform descriptor, after its engines are read.
#pragma once

#include "core/config/reader.hpp"
#include "platforms/platform.hpp"

namespace roofbeam {

// Fills in platform.memory and adds to its assumptions. `byte_energy` is the platform's map from
// level to energy per byte, or nullptr. Complains about levels out of order: a cache behind a
// memory that it should cache, or a cache that is both smaller and faster than the one nearer to
// the same engine. (A system-level cache may be smaller than an L2; it is slower, then.)
void read_memory(const config::Node* list, const config::Node* byte_energy, Platform& platform,
                 config::Complaints& complaints);

}  // namespace roofbeam
