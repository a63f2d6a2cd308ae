// Puts the bodies of control flow where the layers that run them stand.
#pragma once

#include <vector>

#include "core/network/network.hpp"

namespace roofbeam {

struct Splice {
  LayerId at = 0;  // the layer whose body this is
  Network body;
  // What an input of the body is: a tensor of the surroundings; or a part or a later state of one
  // (a slice that a scan runs over), which is a view of it; or, without a tensor, what only the
  // loop knows: the number of the iteration.
  struct Input {
    TensorId tensor = kNoTensor;
    bool same = true;
  };
  std::vector<Input> inputs;
  // For each output of the body: the tensor of the surroundings that it makes, or kNoTensor for one
  // that stays inside or that the layer itself collects.
  std::vector<TensorId> outputs;
  // Outputs of the body that the layer at `at` reads when it stays: it stacks what iterations make.
  std::vector<std::size_t> collected;
  std::int64_t repeat = 1;
};

// Replaces layers by the layers of their bodies, whose names and tensors get "LAYER/" before them
// and which run `repeat` times. A layer with outputs that its body does not make stays, after the
// body, with those alone, and reads what it collects. An output that the body hands on without
// making it becomes an Identity, which is a view.
// REQUIRES: at most one splice for a layer; bodies are inferred.
[[nodiscard]] Network splice(Network network, std::vector<Splice> splices);

}  // namespace roofbeam
