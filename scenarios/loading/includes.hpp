// Files that a scenario is made of.
#pragma once

#include <string>

#include "core/config/node.hpp"

namespace roofbeam {

// A path as seen from the file that states it.
[[nodiscard]] std::string seen_from(const std::string& path, const config::Mark& mark);

}  // namespace roofbeam
