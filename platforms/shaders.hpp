// What a runtime profile says of its shaders: how their work spreads over a GPU's lanes.
//
// docs/runtime_schema.md describes the keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/config/reader.hpp"
#include "platforms/precision.hpp"

namespace roofbeam {

struct Shaders {
  // The narrowest precision that they calculate in: what is narrower is only stored.
  std::optional<Precision> arithmetic;
  // Invocations per lane of the GPU at which a shader reaches half of its rate; 0: always all.
  config::Sourced<double> occupancy{0.0, {}};
  // Share of every memory level's bandwidth that their accesses reach.
  config::Sourced<double> bandwidth{1.0, {}};
  // Share of the kernels' efficiency that they reach on an architecture; 1 on all others.
  struct Share {
    std::string architecture;
    config::Sourced<double> share;
  };
  std::vector<Share> architectures;

  [[nodiscard]] double share_on(const std::string& architecture) const {
    for (const auto& entry : architectures) {
      if (entry.architecture == architecture) return entry.share.value;
    }
    return 1;
  }
};

}  // namespace roofbeam
