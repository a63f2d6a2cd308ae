// The buffers that kernel calls pass to each other: which tensors need memory, and for how long.
#pragma once

#include <optional>
#include <vector>

#include "models/fusion.hpp"
#include "models/workload.hpp"

namespace roofbeam {

struct Activations {
  std::vector<Buffer> buffers;
  std::vector<std::optional<BufferId>> of_tensor;  // by TensorId; none for constants and for what
                                                   // stays inside a fused call
};

// Buffers for network inputs, results of calls, views (which share) and results of layers that are
// not modelled, with lifetimes counted in calls. Sizes are times `batch`, at the precision of each
// tensor (activation_precisions); those that is_compressed says are that share of it.
[[nodiscard]] Activations find_activations(const Network& network,
                                           const std::vector<FusedGroup>& groups,
                                           const std::vector<Precision>& precisions, int batch);

// Whether compression applies: what lies between calls, not what the user gives and gets.
[[nodiscard]] bool is_compressed(const Network& network, TensorId id);

// Lets an elementwise call overwrite an input that has the result's size and that nobody reads
// later; the user's own inputs are never overwritten. Calls hold their inputs and outputs.
void reuse_in_place(std::vector<Buffer>& buffers, const std::vector<KernelCall>& calls);

}  // namespace roofbeam
