// Shapes, values and work of every layer, in execution order, from the catalogue.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/network/network.hpp"

namespace roofbeam {

struct InferOptions {
  // How often a loop runs, by the layer's name: --trips NAME=N.
  std::map<std::string, std::int64_t> trips;
};

// Fills in what the catalogue knows: tensors' element types, shapes and small constant values,
// constness (a layer whose inputs are all constant makes constants), layers' states and work, and
// folds constant layers away. A layer without a row is marked not_modelled; its outputs keep the
// shapes that the file states (value_info, outputs), and a layer reading an unknown shape is
// marked not_shaped.
//
// Control flow is replaced by what it runs: If by its costlier branch (or the one that a constant
// condition takes), Loop, Scan and SequenceMap by their body, whose layers repeat as often as the
// loop runs: as `trips` says, or a constant, or shapes; else once. What is not certain is listed in
// Network::assumptions().
//
// Throws InputError: names the layer, its operator and the shapes that contradict each other; also
// for tensors of more than 2^63 - 1 bits (a dimension of zero counted as one), for dimensions that
// come out negative, for control flow that takes too long to follow, and for trips of a loop that
// there is not.
[[nodiscard]] Network infer(Network network, const InferOptions& options = {});

}  // namespace roofbeam
