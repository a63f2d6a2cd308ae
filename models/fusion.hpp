// Which layers run as one kernel call.
#pragma once

#include <string_view>
#include <vector>

#include "core/network/network.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

// Layers of one call, leader first, in execution order. The call stands where its last layer does.
struct FusedGroup {
  std::vector<LayerId> layers;
};

// The word that runtime profiles use in `fuse` for an operator, or for the standard one that it
// acts like: conv, gemm, matmul, batchnorm, activation, add, mul, or "" for the rest.
[[nodiscard]] std::string_view fusion_class(const Layer& layer);

// Groups of all modelled layers, in the order of their calls. A layer joins the group that makes
// one of its inputs when the runtime fuses the group's leader with it, nobody else reads what lies
// between, and its result has the leader's shape.
[[nodiscard]] std::vector<FusedGroup> fuse(const Network& network, const Runtime& runtime);

// How many layers read each tensor; being an output of the network counts as one reader.
[[nodiscard]] std::vector<int> count_readers(const Network& network);

}  // namespace roofbeam
