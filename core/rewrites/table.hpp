// What the rows of the table do; one source file each. Only rewrite.cpp and those include this.
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

// Throw InputError for a value that is wrong whatever the network.
void check_batch(const config::Node& value);
void check_classes(const config::Node& value);
void check_compress_activations(const config::Node& value);
void check_fusion(const config::Node& value);
void check_precision(const config::Node& value);
void check_prune(const config::Node& value);
void check_resolution(const config::Node& value);
void check_sequence(const config::Node& value);
void check_sparsity(const config::Node& value);
void check_width(const config::Node& value);

}  // namespace roofbeam
