// Which dimensions of a reshape's result follow which of its input.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/network/tensor.hpp"

namespace roofbeam {

// The shortest runs of dimensions with equal products, from the left: 1x256x14x14 and 1x256x196
// are {1|1}, {256|256}, {14x14|196}. Dimensions of 1 that are left over at the end belong to the
// last group. Nothing if there are none (a dimension of 0, other numbers of elements).
struct DimGroup {
  std::vector<std::size_t> in;   // places in the input
  std::vector<std::size_t> out;  // places in the result
};
[[nodiscard]] std::optional<std::vector<DimGroup>> dim_groups(const Shape& in, const Shape& out);

// Follows reshapes through a network whose inputs got other sizes. A group that keeps its sizes
// keeps its result's; one that becomes a single dimension is their product; a dimension that is
// split again becomes what it was merged from (196 = 14x14 merged, now 100 = 10x10); else the first
// part that is not 1 takes the change (40257 scores = 1917 boxes x 21 classes), unless both are
// equal.
class Regroup {
 public:
  // The result's new shape, or nothing where it cannot be known.
  [[nodiscard]] std::optional<Shape> operator()(const Shape& in_before, const Shape& out_before,
                                                const Shape& in_now);

 private:
  using Change = std::pair<std::int64_t, std::int64_t>;  // a size before and now
  using Parts = std::vector<Change>;                     // without those of 1 that stay 1
  [[nodiscard]] bool split(const Change& whole, const DimGroup& group, const Shape& out_before,
                           Shape& out) const;
  std::map<Change, Parts> merged_;
};

}  // namespace roofbeam
