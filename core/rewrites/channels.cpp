#include "core/rewrites/channels.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace roofbeam {
namespace {

constexpr GroupId kUnit = 0;

// More terms than any sensible dimension has: what goes beyond is fixed.
constexpr std::size_t kMostTerms = 4096;

void append(Extent& extent, Term term) {
  if (term.times == 0) return;
  if (!extent.empty() && extent.back().group == term.group) {
    extent.back().times += term.times;
  } else {
    extent.push_back(term);
  }
}

}  // namespace

Extent ChannelGroups::fixed(std::int64_t size) {
  return size == 0 ? Extent{} : Extent{{kUnit, size}};
}

Extent ChannelGroups::add(std::int64_t size, const std::string& layer) {
  if (size <= 0) return fixed(size);
  Group made{size, false, 1, {}, {}};
  if (!layer.empty()) made.layers.push_back(layer);
  groups_.push_back(std::move(made));
  return {{static_cast<GroupId>(groups_.size() - 1), 1}};
}

// ---- looking

// Groups that only stand for another one are gone through in a loop: there may be many.
Term ChannelGroups::resolved(Term term) const {
  while (group(term.group).replaced_by.size() == 1) {
    const auto& other = group(term.group).replaced_by.front();
    term = {other.group, other.times * term.times};
  }
  return term;
}

Extent ChannelGroups::leaves(const Extent& extent) const {
  Extent found;
  for (const auto& each : extent) {
    const auto term = resolved(each);
    if (is_leaf(term.group)) {
      append(found, term);
      continue;
    }
    const auto inner = leaves(group(term.group).replaced_by);
    for (std::int64_t i = 0; i < term.times && found.size() < kMostTerms; ++i) {
      for (const auto& part : inner) append(found, part);
    }
  }
  return found;
}

std::int64_t ChannelGroups::size(const Extent& extent) const {
  std::int64_t sum = 0;
  for (const auto& term : extent) sum += group(term.group).size * term.times;
  return sum;
}

std::optional<GroupId> ChannelGroups::single(const Extent& extent) const {
  const auto terms = leaves(extent);
  const bool one =
      terms.size() == 1 && terms.front().times == 1 && !group(terms.front().group).fixed;
  return one ? std::optional(terms.front().group) : std::nullopt;
}

bool ChannelGroups::is_fixed(const Extent& extent) const {
  return std::ranges::all_of(leaves(extent),
                             [&](const Term& term) { return group(term.group).fixed; });
}

std::int64_t ChannelGroups::size_with(const Extent& extent,
                                      const std::vector<std::int64_t>& sizes) const {
  std::int64_t sum = 0;
  for (const auto& stated : extent) {
    const auto term = resolved(stated);
    const auto size = is_leaf(term.group) ? sizes[static_cast<std::size_t>(term.group)]
                                          : size_with(group(term.group).replaced_by, sizes);
    sum += size * term.times;
  }
  return sum;
}

// ---- tying

void ChannelGroups::fix(const Extent& extent) {
  for (const auto& term : leaves(extent)) group(term.group).fixed = true;
}

// What was known of the group holds for what it consists of. A constant that no layer makes is no
// whole: rows of a weight behind a flattened map are rounded by nobody.
void ChannelGroups::replace(GroupId id, Extent by) {
  const auto whole = group(id);
  for (const auto& term : leaves(by)) {
    if (term.group == kUnit) continue;
    auto& part = group(term.group);
    part.fixed = part.fixed || whole.fixed;
    const bool is_whole = part.size != whole.size && !whole.layers.empty();
    part.parts = std::max(part.parts, whole.parts * (is_whole ? term.times : 1));
    for (const auto& layer : whole.layers) {
      if (std::ranges::find(part.layers, layer) == part.layers.end()) part.layers.push_back(layer);
    }
  }
  group(id).replaced_by = std::move(by);
}

void ChannelGroups::split(GroupId id, std::int64_t first) {
  const auto rest = group(id).size - first;
  Extent parts = add(first);
  append(parts, add(rest).front());
  replace(id, std::move(parts));
}

// Replaces a group by the beginning of another extent, as long as it is; splits the group there
// that the end falls into. False if that would replace it by itself.
bool ChannelGroups::express(const Term& whole, const Extent& rest) {
  std::int64_t left = group(whole.group).size;
  Extent by;
  for (const auto& term : rest) {
    if (term.group == whole.group) return false;
    const auto one = group(term.group).size;
    const auto times = std::min(term.times, left / one);
    append(by, {term.group, times});
    left -= times * one;
    if (left == 0) break;
    if (times < term.times) {
      split(term.group, left);
      return true;  // from here again, with smaller groups
    }
  }
  if (left != 0) return false;
  replace(whole.group, std::move(by));
  return true;
}

// The larger one, which may consist of others, or the later one; never the unit.
bool ChannelGroups::is_replaced_first(GroupId a, GroupId b) const {
  if (a == kUnit || b == kUnit) return b == kUnit;
  return group(a).size != group(b).size ? group(a).size > group(b).size : a > b;
}

// One step towards both being the same; false when they are, or when there is no way.
bool ChannelGroups::resolve_first_difference(const Extent& a, const Extent& b) {
  auto left = leaves(a);
  auto right = leaves(b);
  std::reverse(left.begin(), left.end());
  std::reverse(right.begin(), right.end());
  while (!left.empty() && !right.empty()) {
    auto& l = left.back();
    auto& r = right.back();
    if (l.group != r.group) {
      const bool left_is_whole = is_replaced_first(l.group, r.group);
      auto whole = left_is_whole ? l : r;
      auto rest = left_is_whole ? right : left;
      std::reverse(rest.begin(), rest.end());
      return express(whole, rest);
    }
    const auto times = std::min(l.times, r.times);
    if ((l.times -= times) == 0) left.pop_back();
    if ((r.times -= times) == 0) right.pop_back();
  }
  return false;
}

void ChannelGroups::tie(const Extent& a, const Extent& b) {
  constexpr int kMostSteps = 10'000;
  int steps = 0;
  while (steps < kMostSteps && resolve_first_difference(a, b)) ++steps;
  const auto left = leaves(a);
  const auto right = leaves(b);
  const bool same = std::ranges::equal(left, right, [](const Term& l, const Term& r) {
    return l.group == r.group && l.times == r.times;
  });
  if (same) return;
  fix(a);
  fix(b);
}

// ---- parts

Extent ChannelGroups::cut(const Extent& extent, std::int64_t begin, std::int64_t size) {
  const auto end = begin + size;
  for (;;) {
    Extent found;
    std::int64_t place = 0;
    std::optional<Term> torn;  // a group that the cut goes through, and where
    for (const auto& term : leaves(extent)) {
      const auto one = group(term.group).size;
      const auto from = std::max<std::int64_t>(begin - place, 0);
      const auto to = std::min(end - place, term.times * one);
      place += term.times * one;
      if (from >= to) continue;
      const auto edge = from % one != 0 ? from % one : to % one;
      if (edge != 0) {
        torn = {term.group, edge};
        break;
      }
      append(found, {term.group, (to - from) / one});
    }
    if (!torn && this->size(found) == size) return found;
    if (!torn) break;
    split(torn->group, torn->times);
  }
  fix(extent);
  return fixed(size);
}

std::optional<Extent> ChannelGroups::part(const Extent& extent, std::int64_t parts) {
  const auto whole = size(extent);
  if (parts == 1) return extent;
  if (parts < 1 || whole % parts != 0 || parts > static_cast<std::int64_t>(kMostTerms)) {
    fix(extent);
    return std::nullopt;
  }
  const auto terms = leaves(extent);
  if (terms.size() == 1) return part_of_one(terms.front(), parts);
  const auto each = whole / parts;
  const auto first = cut(extent, 0, each);
  for (std::int64_t i = 1; i < parts; ++i) tie(first, cut(extent, i * each, each));
  return first;
}

std::optional<Extent> ChannelGroups::part_of_one(const Term& term, std::int64_t parts) {
  const auto common = std::gcd(term.times, parts);
  const auto inner = parts / common;
  if (inner == 1) return Extent{{term.group, term.times / common}};
  const auto size = group(term.group).size;
  if (size % inner != 0) {
    fix({term});
    return std::nullopt;
  }
  const auto piece = add(size / inner).front();
  replace(term.group, {{piece.group, inner}});
  return Extent{{piece.group, term.times / common}};
}

}  // namespace roofbeam
