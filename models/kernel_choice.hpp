// Which kernel of a runtime runs a layer.
#pragma once

#include <string_view>

#include "core/network/network.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

// What kernel rows can ask about a layer.
struct KernelQuery {
  std::string_view op;               // the standard operator whose kernels run it, or ""
  std::vector<std::int64_t> kernel;  // spatial extent of a convolution's weights, else empty
  std::int64_t stride = 1;           // of all dimensions, 0 if they differ
  Grouping grouping = Grouping::one;
  std::int64_t channels = 0;  // input channels per group
  std::int64_t inputs = 0;    // channels of the input and of the output, all groups
  std::int64_t outputs = 0;
  std::int64_t rows = 0;  // matrix rows m, batch included
  Precision precision = Precision::fp32;
  EngineKind engine = EngineKind::cpu;
};

[[nodiscard]] KernelQuery query_for(const Network& network, const Layer& layer, Precision precision,
                                    EngineKind engine, std::int64_t rows);

// The first kernel whose conditions all hold; nullptr if none does.
[[nodiscard]] const Kernel* choose_kernel(const Runtime& runtime, const KernelQuery& query);

}  // namespace roofbeam
