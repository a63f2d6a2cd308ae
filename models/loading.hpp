// How soon a network answers after a cold start, when its weights still lie in storage.
//
//   load            = weights / bandwidth of the storage
//   first_whole     = load + latency
//   first_sections  = end of the last call, where weights arrive in the order of the calls and
//                     end(i) = max(end(i - 1), arrival(i)) + latency(i)
//   section_memory  = arena + the most weights that two calls in a row have: one runs, one loads
//
// A lower bound: the file is read in one go at the storage's stated rate, nothing is unpacked,
// and no driver compiles kernels. first_sections is a pipeline of two stages, reading and
// running; it is never below the longer of both.
#pragma once

#include <optional>

#include "models/prediction.hpp"
#include "platforms/platform.hpp"

namespace roofbeam {

// Nothing where the platform states no storage.
[[nodiscard]] std::optional<Loading> loading_of(const Prediction& prediction,
                                                const Platform& platform);

}  // namespace roofbeam
