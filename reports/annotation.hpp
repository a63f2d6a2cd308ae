// Predictions as notes on the nodes of the model that they are of, for viewers of ONNX.
#pragma once

#include <vector>

#include "core/network/network.hpp"
#include "core/onnx/annotate.hpp"
#include "models/prediction.hpp"

namespace roofbeam {

// For each platform: roofbeam.PLATFORM.latency, .energy, .bound and .kernel on the node that leads
// a call; .part_of on those that are done in the same call; .bound "view" on what costs nothing.
// `network` is the one that was lowered.
[[nodiscard]] onnx::NodeNotes node_notes(const Network& network,
                                         const std::vector<Prediction>& predictions);

}  // namespace roofbeam
