// One layer from its row of the catalogue.
#pragma once

#include <cstdint>
#include <string>

#include "core/network/network.hpp"

namespace roofbeam {

// Bounds what is remembered of small constants, so that a small file cannot fill the memory: a few
// elements are free, larger values and lists of items are kept until so many are used up.
struct KnownBudget {
  std::int64_t elements = 4'000'000;
};

// Fills in the layer's outputs (types, values, constness), its state and its work. Where the rule
// needs what only data tell, falls back on the shapes that the file states and notes an assumption.
// Throws InputError as `infer` does.
void infer_layer(Network& network, Layer& layer, KnownBudget& budget);

// Whether the size in bits of such a tensor, a dimension of zero counted as one, is below 2^63, so
// that every product of some of its dimensions is, too. False for a negative dimension.
[[nodiscard]] bool fits(ElementType element, const Shape& shape);

// "tensor 'x' (2x-1) has a negative dimension".
[[nodiscard]] std::string describe_misfit(const std::string& tensor, const Shape& shape);

}  // namespace roofbeam
