// What `run` changes: the options with which a network is lowered.
#pragma once

#include <string>
#include <vector>

#include "models/lower.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {

[[nodiscard]] std::vector<std::string> run_keys();  // batch, threads, precision, fusion

// Writes a change into the options. Throws InputError at its place: no such key, a count that is
// not a whole number from 1 on, an unknown precision.
void apply_run_change(const Change& change, LowerOptions& options);

}  // namespace roofbeam
