// What published families of networks do with their channels when they get wider or thinner: which
// groups of channels follow others instead of being scaled themselves.
#pragma once

#include <map>
#include <set>

#include "core/network/network.hpp"
#include "core/rewrites/trace.hpp"

namespace roofbeam {

struct Architecture {
  // An inverted bottleneck: a 1x1 convolution expands its input, depthwise convolutions work on the
  // result, and a narrower one projects it. The expanded group keeps its ratio to the input
  // (MobileNetV2, arXiv 1801.04381, table 1: t times; MobileNetV3, EfficientNet, MnasNet likewise).
  std::map<GroupId, Extent> expanded_from;
  // Squeeze and excitation: a layer on globally pooled channels that leads back to them.
  std::map<GroupId, Extent> squeezed_from;
  // What the classifier reads, if it is made from a linear bottleneck (MobileNetV2's 1280) or from
  // globally pooled channels (MobileNetV3's): it does not shrink. MobileNetV1's last layer reads
  // activated channels of a depthwise convolution: it scales like all others.
  std::set<GroupId> features;
};

[[nodiscard]] Architecture recognise(const Network& network, const ChannelTrace& trace);

}  // namespace roofbeam
