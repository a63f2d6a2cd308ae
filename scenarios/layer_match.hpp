// Which layers of two forecasts are the same.
//
// The alignment of both sequences with the greatest sum of scores (Needleman and Wunsch, "A general
// method applicable to the search for similarities in the amino acid sequence of two proteins",
// Journal of Molecular Biology 48, 1970): 3 for the same leading operator with as many MACs (1 for
// layers without MACs), 2 for the same name, 1 more for both; layers with another leading operator
// never match. So a layer in the middle that is new does not set off all that an exporter numbered
// behind it, and a network with other widths is matched by its names. What is left over and has one
// name on both sides has moved.
#pragma once

#include <optional>
#include <vector>

#include "models/prediction.hpp"

namespace roofbeam {

// Indices of layers; one of them is absent where a layer was added or removed.
struct LayerPair {
  std::optional<std::size_t> a;
  std::optional<std::size_t> b;
  friend bool operator==(const LayerPair&, const LayerPair&) = default;
};

// Every layer of both once, in the order of execution, removed ones before added ones. Beyond 2^26
// pairs (8000 layers on each side) by names alone.
[[nodiscard]] std::vector<LayerPair> match_layers(const std::vector<LayerPrediction>& a,
                                                  const std::vector<LayerPrediction>& b);

}  // namespace roofbeam
