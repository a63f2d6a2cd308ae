// What a sweep has done so far, as a file to go on from.
#pragma once

#include <cstdint>
#include <string>

#include "core/config/node.hpp"
#include "scenarios/sweep.hpp"

namespace roofbeam {

// A hash of all that the result depends on: the scenario's tree, its networks, descriptors and
// runtimes as their files have them, and `more` (a calibration). Throws InputError for files that
// cannot be read.
[[nodiscard]] std::uint64_t sweep_identity(const config::Node& root, const Scenario& scenario,
                                           const std::string& more);

// JSON. Rows are not kept: REQUIRES that there are none. Of the frontier the indices are; their
// figures are computed again.
[[nodiscard]] std::string checkpoint_text(const CompiledScenario& compiled, const SweepPart& part,
                                          std::uint64_t identity);

// Throws InputError: not a checkpoint, or one of another scenario or of files that have changed.
[[nodiscard]] SweepPart read_checkpoint(const CompiledScenario& compiled, const std::string& text,
                                        const std::string& name, std::uint64_t identity);

}  // namespace roofbeam
