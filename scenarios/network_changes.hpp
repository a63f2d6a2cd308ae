// What `network` changes: rewrites of the graph (core/rewrites), and what they do to given facts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/network/network.hpp"
#include "models/lower.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {

[[nodiscard]] std::vector<std::string> network_keys();

// The network with all changes of room `network` made, in their order. What is no matter of the
// graph goes into `options`. Throws InputError at the place of a change that cannot be made.
[[nodiscard]] Network rewritten(const Network& network, std::span<const Change* const> changes,
                                LowerOptions& options);

// Whether a network computes the same after a change, so that a given accuracy and size still
// hold: a batch or a sequence length does, precision fp32, and a resolution or width that the
// network has already.
[[nodiscard]] bool keeps_facts(const Network& network, const Change& change);

}  // namespace roofbeam
