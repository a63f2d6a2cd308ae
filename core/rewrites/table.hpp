// What the rows of the table do; one source file each. Only rewrite.cpp includes this.
#pragma once

#include "core/config/node.hpp"
#include "core/network/network.hpp"

namespace roofbeam {

[[nodiscard]] Network rewrite_batch(const Network& network, const config::Node& value);
[[nodiscard]] Network rewrite_classes(const Network& network, const config::Node& value);
[[nodiscard]] Network rewrite_compress_activations(const Network& network,
                                                   const config::Node& value);
[[nodiscard]] Network rewrite_fusion(const Network& network, const config::Node& value);
[[nodiscard]] Network rewrite_precision(const Network& network, const config::Node& value);
[[nodiscard]] Network rewrite_prune(const Network& network, const config::Node& value);
[[nodiscard]] Network rewrite_resolution(const Network& network, const config::Node& value);
[[nodiscard]] Network rewrite_sequence(const Network& network, const config::Node& value);
[[nodiscard]] Network rewrite_sparsity(const Network& network, const config::Node& value);
[[nodiscard]] Network rewrite_width(const Network& network, const config::Node& value);

}  // namespace roofbeam
