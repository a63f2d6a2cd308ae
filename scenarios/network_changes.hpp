// What `network` changes: rewrites of the graph (core/rewrites), and what they do to given facts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/network/network.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {

[[nodiscard]] std::vector<std::string> network_keys();  // those of rewrites()

// Throws InputError at the place of a change that no network can be asked for: an unknown key, a
// wrong value.
void check_network_change(const Change& change);

// The network with all changes of room `network` made, in their order. Throws InputError at the
// place of a change that cannot be made.
[[nodiscard]] Network rewritten(const Network& network, std::span<const Change* const> changes);

// Whether a network computes the same after a change, so that a given accuracy and size still
// hold: of batch, sequence, fusion and precision fp32 that is known, and of a resolution, width or
// pruning that leaves all multiply-adds and parameters.
[[nodiscard]] bool keeps_facts(const Network& network, const Change& change);

}  // namespace roofbeam
