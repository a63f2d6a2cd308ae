#include "core/rewrites/regroup.hpp"

#include <algorithm>

namespace roofbeam {
namespace {

bool has_zero(const Shape& shape) { return std::ranges::find(shape, 0) != shape.end(); }

std::int64_t product(const Shape& shape, const std::vector<std::size_t>& places) {
  std::int64_t all = 1;
  for (const auto place : places) all *= shape[place];
  return all;
}

// A map that nobody flattened before: how it would change is not known.
bool is_square(const Shape& shape, const std::vector<std::size_t>& places) {
  return places.size() == 2 && shape[places[0]] == shape[places[1]];
}

}  // namespace

std::optional<std::vector<DimGroup>> dim_groups(const Shape& in, const Shape& out) {
  if (has_zero(in) || has_zero(out) || element_count(in) != element_count(out)) return std::nullopt;
  std::vector<DimGroup> groups;
  std::size_t i = 0;
  std::size_t o = 0;
  while (i < in.size() && o < out.size()) {
    DimGroup group{{i}, {o}};
    std::int64_t left = in[i++];
    std::int64_t right = out[o++];
    while (left != right) {
      if (left < right) {
        group.in.push_back(i);
        left *= in[i++];
      } else {
        group.out.push_back(o);
        right *= out[o++];
      }
    }
    groups.push_back(std::move(group));
  }
  if (groups.empty()) groups.emplace_back();
  for (; i < in.size(); ++i) groups.back().in.push_back(i);
  for (; o < out.size(); ++o) groups.back().out.push_back(o);
  return groups;
}

bool Regroup::split(const Change& whole, const DimGroup& group, const Shape& out_before,
                    Shape& out) const {
  std::vector<std::size_t> wide;
  for (const auto place : group.out) {
    if (out_before[place] != 1) wide.push_back(place);
  }
  if (wide.size() == 1) {
    out[wide.front()] = whole.second;
    return true;
  }
  const auto known = merged_.find(whole);
  if (known == merged_.end()) {
    const auto inner = whole.first / out_before[wide.front()];
    if (whole.second % inner != 0 || is_square(out_before, wide)) return false;
    out[wide.front()] = whole.second / inner;
    return true;
  }
  std::vector<Change> parts = known->second;
  std::vector<std::size_t> places = group.out;
  if (parts.size() == wide.size()) places = wide;
  if (parts.size() != places.size()) return false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].first != out_before[places[i]]) return false;
    out[places[i]] = parts[i].second;
  }
  return true;
}

std::optional<Shape> Regroup::operator()(const Shape& in_before, const Shape& out_before,
                                         const Shape& in_now) {
  if (in_before.size() != in_now.size()) return std::nullopt;
  const auto groups = dim_groups(in_before, out_before);
  if (!groups) return std::nullopt;
  Shape out = out_before;
  for (const auto& group : *groups) {
    const Change whole{product(in_before, group.in), product(in_now, group.in)};
    if (group.out.empty()) {
      if (whole.first != whole.second) return std::nullopt;
      continue;
    }
    Parts parts;
    bool same = true;
    for (const auto place : group.in) {
      same = same && in_before[place] == in_now[place];
      if (in_before[place] != 1 || in_now[place] != 1) {
        parts.emplace_back(in_before[place], in_now[place]);
      }
    }
    if (same) continue;
    if (group.out.size() == 1) {
      out[group.out.front()] = whole.second;
      if (parts.size() > 1) merged_[whole] = std::move(parts);
    } else if (!split(whole, group, out_before, out)) {
      return std::nullopt;
    }
  }
  return out;
}

}  // namespace roofbeam
