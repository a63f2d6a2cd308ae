#include "core/rewrites/channels.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

// Sizes when every group that may change is halved.
std::int64_t halved(const ChannelGroups& groups, const Extent& extent) {
  std::vector<std::int64_t> sizes;
  for (const auto& group : groups.groups())
    sizes.push_back(group.fixed ? group.size : group.size / 2);
  return groups.size_with(extent, sizes);
}

TEST_CASE("tied groups are one") {
  ChannelGroups groups;
  const auto a = groups.add(64, "a");
  const auto b = groups.add(64, "b");
  groups.tie(a, b);
  CHECK(groups.single(a) == groups.single(b));
  const auto& layers = groups.groups()[static_cast<std::size_t>(*groups.single(a))].layers;
  CHECK(layers == std::vector<std::string>{"b", "a"});
}

TEST_CASE("what is added to a concatenation consists of its parts") {
  ChannelGroups groups;
  const auto a = groups.add(24, "a");
  const auto b = groups.add(216, "b");
  Extent joined = a;
  joined.insert(joined.end(), b.begin(), b.end());
  const auto sum = groups.add(240, "sum");
  groups.tie(sum, joined);
  CHECK_FALSE(groups.single(sum));
  CHECK(groups.leaves(sum).size() == 2);
  groups.fix(a);
  CHECK(halved(groups, sum) == 24 + 108);
}

TEST_CASE("a group that other borders go through is split there") {
  ChannelGroups groups;
  Extent left = groups.add(10, "a");
  left.push_back(groups.add(20, "b").front());
  Extent right = groups.add(20, "c");
  right.push_back(groups.add(10, "d").front());
  groups.tie(left, right);  // 10, 10, 10
  CHECK(groups.leaves(left).size() == 3);
  CHECK(groups.size(left) == 30);
  CHECK(halved(groups, right) == 15);
}

TEST_CASE("a part of equal parts is each of them") {
  ChannelGroups groups;
  const auto whole = groups.add(240, "conv");
  const auto part = groups.part(whole, 3);
  REQUIRE(part);
  CHECK(groups.size(*part) == 80);
  CHECK(groups.groups()[static_cast<std::size_t>(*groups.single(*part))].parts == 3);
  CHECK(halved(groups, whole) == 120);
  CHECK_FALSE(groups.part(groups.add(10, "x"), 3));
}

TEST_CASE("halves of a concatenation of equal parts are tied") {
  ChannelGroups groups;
  const auto a = groups.add(58, "a");
  const auto b = groups.add(58, "b");
  Extent joined = a;
  joined.insert(joined.end(), b.begin(), b.end());
  const auto half = groups.part(joined, 2);
  REQUIRE(half);
  CHECK(groups.single(a) == groups.single(b));
  CHECK(groups.size(*half) == 58);
}

TEST_CASE("a cut inside a group splits it") {
  ChannelGroups groups;
  const auto whole = groups.add(64, "conv");
  const auto middle = groups.cut(whole, 16, 32);
  CHECK(groups.size(middle) == 32);
  CHECK(groups.leaves(whole).size() == 3);
}

TEST_CASE("a flattened map is so many times its channels") {
  ChannelGroups groups;
  const auto channels = groups.add(512, "conv");
  const Extent flat = {{channels.front().group, 49}};
  const auto weight = groups.add(512 * 49);
  groups.tie(weight, flat);
  CHECK(halved(groups, weight) == 256 * 49);
}

TEST_CASE("what meets a fixed size is fixed") {
  ChannelGroups groups;
  const auto classes = groups.add(1000, "head");
  groups.tie(classes, ChannelGroups::fixed(1000));
  CHECK(groups.is_fixed(classes));
  CHECK_FALSE(groups.single(classes));
}

}  // namespace
}  // namespace roofbeam
