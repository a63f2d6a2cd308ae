#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/rewrites/apply_sizes.hpp"
#include "core/rewrites/reading.hpp"
#include "core/rewrites/table.hpp"

namespace roofbeam {
namespace {

struct Pruning {
  double share = 0;
  Patterns layers;  // empty: all
  std::int64_t round_to = 1;
};

Pruning read_pruning(const config::Node& value) {
  Pruning pruning;
  if (value.kind != config::Node::Kind::map) {
    pruning.share = read_share(value, "prune");
    return pruning;
  }
  require_keys(value, "prune", {"channels", "layers", "round_to"});
  const auto* channels = value.find("channels");
  if (channels == nullptr) refuse(value, "prune has no 'channels'", "{channels: 50 %}");
  pruning.share = read_share(*channels, "channels");
  if (const auto* layers = value.find("layers")) pruning.layers = read_patterns(*layers, "layers");
  if (const auto* round = value.find("round_to")) pruning.round_to = read_count(*round, "round_to");
  return pruning;
}

bool is_pruned(const ChannelGroups::Group& group, const Pruning& pruning) {
  if (group.fixed || group.layers.empty()) return false;
  return pruning.layers.empty() || std::ranges::any_of(group.layers, [&](const auto& name) {
           return pruning.layers.match(name);
         });
}

// What is left of so many channels, rounded up; of a part of a whole, a part of what is left.
std::int64_t left_of(const ChannelGroups::Group& group, const Pruning& pruning) {
  const auto whole = static_cast<double>(group.size * group.parts) * (1 - pruning.share);
  const auto steps = std::ceil(whole / static_cast<double>(pruning.round_to) - 1e-9);
  const auto kept = static_cast<std::int64_t>(steps) * pruning.round_to;
  const auto part = (kept + group.parts - 1) / group.parts;
  return std::clamp<std::int64_t>(part, 1, group.size);
}

}  // namespace

void check_prune(const config::Node& value) { (void)read_pruning(value); }

Network rewrite_prune(const Network& network, const config::Node& value) {
  const auto pruning = read_pruning(value);
  const auto what = fmt::format("prune {:g} %", pruning.share * 100);
  const auto trace = trace_channels(network);
  auto sizes = present_sizes(trace);
  int pruned = 0;
  int left = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto& group = trace.groups.groups()[i];
    if (!trace.groups.is_leaf(static_cast<GroupId>(i)) || group.layers.empty()) continue;
    if (is_pruned(group, pruning)) sizes[i] = left_of(group, pruning);
    ++(is_pruned(group, pruning) ? pruned : left);
  }
  if (pruned == 0) {
    refuse(value, fmt::format("network '{}' has no channels to prune", network.name()),
           "they belong to inputs, outputs, other layers or operators that are not followed");
  }
  auto rewritten = apply_sizes(network, trace, sizes, what);
  rewritten.assume(fmt::format(
      "{}: what is left is rounded up to multiples of {}; groups of channels: {} pruned, {} kept; "
      "which channels go makes no difference to time",
      what, pruning.round_to, pruned, left));
  return rewritten;
}

}  // namespace roofbeam
