// The key `shaders` of runtime profiles.
#pragma once

#include "platforms/reading.hpp"
#include "platforms/shaders.hpp"

namespace roofbeam {

// All problems go to `complaints`.
[[nodiscard]] Shaders read_shaders(const config::Node& node, config::Complaints& complaints);

}  // namespace roofbeam
