// Where along an axis of indices a condition holds.
//
// Nothing is taken for granted of its shape: the axis is scanned at a grid of points first (all of
// them, where there are few), then each change between two neighbours of the grid is bisected down
// to two neighbours of the axis. So every edge that is returned is exact: the condition holds at it
// and fails one step further. What happens twice between two neighbours of the grid goes unseen.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace roofbeam {

using AxisIndex = std::int64_t;

// Neighbouring indices where the condition holds, both ends included.
struct Band {
  AxisIndex first = 0;
  AxisIndex last = 0;
  friend bool operator==(const Band&, const Band&) = default;
};

// At most `points` (at least 2) indices from first to last, both ends among them.
[[nodiscard]] std::vector<AxisIndex> scan_points(AxisIndex first, AxisIndex last,
                                                 std::size_t points);

// The same for counts, from 1 on: close together where they are small, as factors matter.
[[nodiscard]] std::vector<AxisIndex> geometric_points(AxisIndex first, AxisIndex last,
                                                      std::size_t points);

// In ascending order, with at least one failing index between two of them. `grid` ascends.
[[nodiscard]] std::vector<Band> find_bands(const std::vector<AxisIndex>& grid,
                                           const std::function<bool(AxisIndex)>& holds);

// The index within the bands where `cost` is least: the best of the grid and of the bands' ends,
// then a ternary search between its neighbours, then steps while a neighbour is better. NaN costs
// most. The smallest of equals; nothing if there is no band.
[[nodiscard]] std::optional<AxisIndex> least(const std::vector<AxisIndex>& grid,
                                             const std::vector<Band>& bands,
                                             const std::function<double(AxisIndex)>& cost);

}  // namespace roofbeam
