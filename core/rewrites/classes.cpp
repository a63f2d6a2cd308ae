#include <fmt/format.h>

#include <algorithm>

#include "core/rewrites/apply_sizes.hpp"
#include "core/rewrites/reading.hpp"
#include "core/rewrites/table.hpp"

namespace roofbeam {
namespace {

// The one dimension of an output that a layer with a weight decides.
std::optional<GroupId> classes_of(const Network& network, const ChannelTrace& trace) {
  if (network.outputs().size() != 1) return std::nullopt;
  std::optional<GroupId> found;
  for (const auto& extent : trace.dims[static_cast<std::size_t>(network.outputs().front())]) {
    if (trace.groups.is_fixed(extent)) continue;
    const auto group = trace.groups.single(extent);
    if (!group || found) return std::nullopt;
    found = group;
  }
  if (found && trace.groups.groups()[static_cast<std::size_t>(*found)].layers.empty()) {
    return std::nullopt;
  }
  return found;
}

}  // namespace

void check_classes(const config::Node& value) { (void)read_count(value, "classes"); }

Network rewrite_classes(const Network& network, const config::Node& value) {
  const auto classes = read_count(value, "classes");
  const auto what = fmt::format("classes {}", classes);
  const auto trace = trace_channels(network, Ends::free);
  const auto group = classes_of(network, trace);
  if (!group) {
    refuse(value, fmt::format("network '{}' is no classifier", network.name()),
           "a classifier has one output, whose last layer with a weight decides its classes");
  }
  auto sizes = present_sizes(trace);
  auto& size = sizes[static_cast<std::size_t>(*group)];
  const auto before = size;
  size = classes;
  auto rewritten = apply_sizes(network, trace, sizes, what);
  rewritten.assume(
      fmt::format("{}: instead of {}, made by '{}'", what, before,
                  trace.groups.groups()[static_cast<std::size_t>(*group)].layers.front()));
  return rewritten;
}

}  // namespace roofbeam
