// Sizes of dimensions as sums of channel groups: all that must change together when a layer gets
// fewer channels.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace roofbeam {

using GroupId = std::int32_t;

// So many times the size of a group.
struct Term {
  GroupId group = 0;
  std::int64_t times = 1;
};

// The size of a dimension: the sum of its terms. Concatenation appends terms, a flattened map of
// 7x7 has 49 times the group of its channels.
using Extent = std::vector<Term>;

// Groups start apart and are tied together as layers demand that dimensions be equal. A group may
// turn out to consist of others (what a concatenation made is added to what one convolution made):
// it is then replaced by them.
class ChannelGroups {
 public:
  // A size that never changes.
  [[nodiscard]] static Extent fixed(std::int64_t size);
  // A new group; `layer` makes it, or is empty for a constant that follows what it meets.
  Extent add(std::int64_t size, const std::string& layer = {});

  // From now on both are the same. REQUIRES: equal sizes. Where that cannot be said in terms of
  // groups, all of them become fixed.
  void tie(const Extent& a, const Extent& b);
  // None of its groups ever changes.
  void fix(const Extent& extent);
  // The extent in equal parts, each `parts`-th of it: ties them and returns one; nothing if its
  // size does not divide, and then it becomes fixed.
  std::optional<Extent> part(const Extent& extent, std::int64_t parts);
  // The part of it that begins at `begin` and has this size. Splits groups where it must.
  Extent cut(const Extent& extent, std::int64_t begin, std::int64_t size);

  // In terms of groups that are not replaced, neighbours of one group joined.
  [[nodiscard]] Extent leaves(const Extent& extent) const;
  // The sum of its sizes, as they are.
  [[nodiscard]] std::int64_t size(const Extent& extent) const;
  // Its one group, if it is that group once and may change.
  [[nodiscard]] std::optional<GroupId> single(const Extent& extent) const;
  [[nodiscard]] bool is_fixed(const Extent& extent) const;

  struct Group {
    std::int64_t size = 1;
    bool fixed = false;
    // A part of a larger whole, which has so many parts: rounding is of the whole.
    std::int64_t parts = 1;
    std::vector<std::string> layers;  // that make it
    Extent replaced_by;               // empty: a leaf
  };
  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
  [[nodiscard]] bool is_leaf(GroupId id) const { return group(id).replaced_by.empty(); }

  // The size of an extent when each leaf has the size given (by GroupId).
  [[nodiscard]] std::int64_t size_with(const Extent& extent,
                                       const std::vector<std::int64_t>& sizes) const;

 private:
  [[nodiscard]] const Group& group(GroupId id) const {
    return groups_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] Group& group(GroupId id) { return groups_[static_cast<std::size_t>(id)]; }
  void replace(GroupId id, Extent by);
  void split(GroupId id, std::int64_t first);
  std::optional<Extent> part_of_one(const Term& term, std::int64_t parts);
  bool resolve_first_difference(const Extent& a, const Extent& b);
  bool express(const Term& whole, const Extent& rest);

  // Group 0 is the unit, of size 1 and fixed: fixed sizes are so many times it.
  std::vector<Group> groups_ = {{1, true, 1, {}, {}}};
};

}  // namespace roofbeam
