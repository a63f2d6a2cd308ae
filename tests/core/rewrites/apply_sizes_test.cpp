#include "core/rewrites/apply_sizes.hpp"

#include <doctest/doctest.h>

#include "tests/core/rewrites/traced.hpp"
#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

// The network with another number of channels made by a layer.
Network with_channels(const Network& network, const std::string& layer, std::int64_t size) {
  const ChannelTrace trace = trace_channels(network);
  auto sizes = present_sizes(trace);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto& layers = trace.groups.groups()[i].layers;
    const bool makes = !layers.empty() && layers.front() == layer;
    if (makes && trace.groups.is_leaf(static_cast<GroupId>(i))) sizes[i] = size;
  }
  return apply_sizes(network, trace, sizes, "test");
}

TEST_CASE("present sizes change nothing") {
  Picture p;
  const auto y = p.sketch.add("y", "Conv", {p.conv("c", 8), p.sketch.weight({10, 8, 1, 1})});
  const auto same = with_channels(p.sketch.build({y}), "c", 8);
  CHECK(made_by(same, "c") == "1x8x4x4");
  CHECK(made_by(same, "y") == "1x10x4x4");
}

TEST_CASE("weights that make channels and those that read them get the new size") {
  Picture p;
  const auto c = p.conv("c", 8);
  const auto deep = p.sketch.add("d", "Conv", {c, p.sketch.weight({8, 1, 1, 1})}, {{"group", 8}});
  const auto y = p.sketch.add("y", "Conv", {deep, p.sketch.weight({10, 8, 1, 1})});
  const auto changed = with_channels(p.sketch.build({y}), "c", 5);
  CHECK(read_by(changed, "c", 1) == "5x3x1x1");
  CHECK(read_by(changed, "d", 1) == "5x1x1x1");  // with five groups
  CHECK(read_by(changed, "y", 1) == "10x5x1x1");
  CHECK(made_by(changed, "y") == "1x10x4x4");
}

TEST_CASE("shapes, cuts and parts that the file states follow") {
  Picture p;
  const auto c = p.conv("c", 8);
  const auto flat = p.sketch.add("flat", "Reshape", {c, p.sketch.integers({1, 128})});
  const auto y = p.sketch.add("y", "Gemm", {flat, p.sketch.weight({128, 10})});
  const auto changed = with_channels(p.sketch.build({y}), "c", 6);
  CHECK(made_by(changed, "flat") == "1x96");
  CHECK(read_by(changed, "y", 1) == "96x10");

  Picture q;
  const auto parts =
      q.sketch.layer("s", "Split", {q.conv("c", 8), q.sketch.integers({2, 6})}, {{"axis", 1}}, 2);
  const auto a = q.sketch.add("a", "Conv", {parts[0], q.sketch.weight({4, 2, 1, 1})});
  const auto b = q.sketch.add("b", "Conv", {parts[1], q.sketch.weight({4, 6, 1, 1})});
  const auto network = q.sketch.build({a, b});
  const ChannelTrace trace = trace_channels(network);
  auto sizes = present_sizes(trace);
  const auto second = trace.groups.single(trace.dims[static_cast<std::size_t>(parts[1])][1]);
  REQUIRE(second);
  sizes[static_cast<std::size_t>(*second)] = 3;
  const auto cut = apply_sizes(network, trace, sizes, "test");
  CHECK(made_by(cut, "c") == "1x5x4x4");
  CHECK(read_by(cut, "a", 1) == "4x2x1x1");
  CHECK(read_by(cut, "b", 1) == "4x3x1x1");
}

TEST_CASE("a slice cuts where the channels before it end") {
  Picture p;
  const auto y = p.sketch.add("y", "Slice",
                              {p.conv("c", 8), p.sketch.integers({2}), p.sketch.integers({8}),
                               p.sketch.integers({1}), p.sketch.integers({1})});
  const auto z = p.sketch.add("z", "Conv", {y, p.sketch.weight({4, 6, 1, 1})});
  const auto network = p.sketch.build({z});
  const ChannelTrace trace = trace_channels(network);
  auto sizes = present_sizes(trace);
  const auto kept = trace.groups.single(trace.dims[static_cast<std::size_t>(y)][1]);
  REQUIRE(kept);
  sizes[static_cast<std::size_t>(*kept)] = 4;
  const auto cut = apply_sizes(network, trace, sizes, "test");
  CHECK(made_by(cut, "c") == "1x6x4x4");
  CHECK(made_by(cut, "y") == "1x4x4x4");
}

}  // namespace
}  // namespace roofbeam
