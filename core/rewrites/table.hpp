// What the rows of the table do; one source file each. Only rewrite.cpp includes this.
#pragma once

#include "core/config/node.hpp"
#include "core/network/network.hpp"

namespace roofbeam {

[[nodiscard]] Network rewrite_resolution(const Network& network, const config::Node& value);
[[nodiscard]] Network rewrite_width(const Network& network, const config::Node& value);

}  // namespace roofbeam
