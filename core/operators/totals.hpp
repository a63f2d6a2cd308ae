// Sums over an inferred network.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/network/network.hpp"

namespace roofbeam {

// Parameters are the elements of floating or quantized (integers of
// at most 32 bits) constants that stand at a parameter input of some layer
// (Operator::parameter_inputs; any input of a layer without a row), each tensor counted once; a
// scalar (rank 0) is part of its operator, not a parameter. A constant that was folded counts as
// the stored weights that it comes from: an embedding table whole, though a constant Gather reads
// half.
struct Totals {
  std::int64_t layers = 0;
  std::int64_t macs = 0;
  std::int64_t parameters = 0;
  // As stored in the file, of the same constants and Operator::statistic_inputs; sub-byte elements
  // are packed, each tensor is rounded up to whole bytes.
  std::int64_t weight_bytes = 0;
  std::map<std::string, std::int64_t> not_modelled;  // operator name ("domain.Name") -> count
  std::map<std::string, std::int64_t> not_shaped;    // likewise
};
// Throws InputError where a sum leaves 63 bits.
[[nodiscard]] Totals totals(const Network& network);

// The same weights by layer, in the layers' order; one that several layers read counts for the
// first, so that the sums are those of `totals`.
struct LayerWeights {
  std::int64_t parameters = 0;
  std::int64_t bytes = 0;
};
[[nodiscard]] std::vector<LayerWeights> weights_by_layer(const Network& network);

}  // namespace roofbeam
