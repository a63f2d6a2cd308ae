// What loops carry from one run of their body to the next.
//
// It may change its shape (a sequence that grows, a key-value cache). The body is inferred on what
// comes in first and on what the first run makes. If both have the same shape, every run is alike.
// If the shape changes by the same amount both times, the last shape follows, and the run in the
// middle stands for all, which is exact for work that is linear in the shape.
#pragma once

#include <cstdint>
#include <vector>

#include "core/operators/flow/body.hpp"

namespace roofbeam {

using Types = std::vector<MaybeType>;

// A loop's body with what it carries: where that stands among its inputs and outputs, and what
// stands before and after it among the inputs.
struct Carrying {
  const Site& site;
  const Subgraph& subgraph;
  ControlFlow& control_flow;
  Types before;  // formal inputs ahead of the carried ones
  Types after;   // and behind them
  std::size_t first_output = 0;
  std::size_t count = 0;
};

// A body that stands for all runs, with what goes in and what the last run leaves.
struct Evolution {
  Network body;
  Types in;
  Types last;
};

// Throws InputError as run_body does.
[[nodiscard]] Evolution evolve(const Carrying& loop, const Types& in, std::int64_t trips);

// Connects inputs of the body that are carried: the tensor before the loop, or a later state of it.
void connect_carried(const Site& site, Splice& splice, std::size_t first_input,
                     std::size_t first_own, const Types& in);

// What one run makes, for all runs, stacked along an axis.
[[nodiscard]] MaybeType stacked(const MaybeType& each, const ControlFlow::Trips& trips,
                                std::int64_t axis);

// As `settle`, but fails for a type that no tensor may have. A guess is no bound.
void settle_checked(const Site& site, std::size_t output, MaybeType type, bool guessed = false);

// not_shaped if an output from `first` on has no shape, else modelled.
[[nodiscard]] LayerState collector_state(const Site& site, std::size_t first);

}  // namespace roofbeam
