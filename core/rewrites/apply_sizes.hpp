// A network whose channel groups got other sizes.
#pragma once

#include <string>
#include <vector>

#include "core/network/network.hpp"
#include "core/rewrites/trace.hpp"

namespace roofbeam {

// Gives every weight the shape that these sizes of groups (by GroupId, leaves only) make, lets what
// the file hard-codes follow (Reshape's and Expand's shapes, Split's and Slice's positions, the
// number of groups of depthwise convolutions), and infers again.
// Throws InputError naming the layer whose result is not what the sizes say.
[[nodiscard]] Network apply_sizes(const Network& network, const ChannelTrace& trace,
                                  const std::vector<std::int64_t>& sizes, const std::string& what);

// The sizes as they are.
[[nodiscard]] std::vector<std::int64_t> present_sizes(const ChannelTrace& trace);

}  // namespace roofbeam
