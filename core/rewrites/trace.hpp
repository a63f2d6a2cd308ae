// Which dimensions of a network's tensors have to change together.
#pragma once

#include <map>
#include <vector>

#include "core/network/network.hpp"
#include "core/rewrites/channels.hpp"

namespace roofbeam {

// A layer whose weight decides how many channels there are: a convolution that mixes channels, a
// Gemm, a MatMul.
struct Product {
  LayerId layer = 0;
  Extent in;
  Extent out;
  bool pointwise = false;  // a convolution with a kernel of 1, a Gemm or a MatMul
  bool convolution = false;
};

struct ChannelTrace {
  ChannelGroups groups;
  std::vector<std::vector<Extent>> dims;  // by TensorId, one for each dimension; empty: unknown
  std::vector<Product> products;          // in execution order
  std::map<LayerId, Extent> depthwise;    // the number of groups of convolutions of single channels
  struct Cut {
    std::size_t place;  // among the layer's starts and ends
    Extent before;
    Extent kept;
  };
  std::map<LayerId, std::vector<Cut>> cuts;  // of Slice

  // The shape of a tensor with these sizes of groups, or nothing if it is not known.
  [[nodiscard]] std::optional<Shape> shape_with(TensorId id,
                                                const std::vector<std::int64_t>& sizes) const;
};

enum class Ends : std::uint8_t { fixed, free };

// Follows dimensions from weights through every layer. Dimensions of inputs never change, and those
// of outputs neither if they are `fixed`; nor does what an operator touches that is not followed.
// REQUIRES: an inferred network.
[[nodiscard]] ChannelTrace trace_channels(const Network& network, Ends outputs = Ends::fixed);

}  // namespace roofbeam
