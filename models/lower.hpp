// Network + Runtime + engine's instruction set -> Workload: folding, fusion, kernel choice, plan.
//
// Batch norms are folded into the convolution before them and what the runtime says it fuses is
// fused, where the tensor between has no other reader. A fused call runs where its last layer
// stood. Views cost nothing and share their input's memory.
//
// Layers may ask for a precision of their own (LayerPrecision, layer_precision.hpp): weights are
// stored at theirs, kernels are those of their arithmetic, buffers have the precision of who makes
// them, and conversions are vector operations of the call that needs them. The network's treatment
// may switch fusion off or compress activations: per element one compare and one add to write (what
// is not zero, and a mask, as in arXiv 1705.01626), one add to read.
#pragma once

#include <optional>

#include "models/workload.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

struct LowerOptions {
  std::optional<Precision> precision;  // default: the runtime's first that the engine has
  int batch = 1;                       // times the network's own batch
  std::optional<int> threads;          // default: the engine's cores; GPUs always use all
  bool fuse = true;                    // false: every layer is a call of its own
};

// Throws InputError: the runtime does not run on this kind of engine or at this precision, the
// engine has no instructions for it, a layer's own precision likewise, batch or threads below 1.
[[nodiscard]] Workload lower(const Network& network, const Runtime& runtime, const Engine& engine,
                             const LowerOptions& options = {});

}  // namespace roofbeam
