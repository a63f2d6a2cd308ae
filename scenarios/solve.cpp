#include "scenarios/solve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofbeam {
namespace {

// The last index that is like `from`; `to` is not.
AxisIndex edge(AxisIndex from, AxisIndex to, const std::function<bool(AxisIndex)>& holds) {
  const bool like = holds(from);
  while (std::abs(to - from) > 1) {
    const AxisIndex middle = from + (to - from) / 2;
    (holds(middle) == like ? from : to) = middle;
  }
  return from;
}

bool inside(const std::vector<Band>& bands, AxisIndex index) {
  return std::any_of(bands.begin(), bands.end(),
                     [&](const Band& band) { return band.first <= index && index <= band.last; });
}

// Grid points within a band, and its ends.
std::vector<AxisIndex> candidates(const std::vector<AxisIndex>& grid, const Band& band) {
  std::vector<AxisIndex> found = {band.first};
  for (const AxisIndex point : grid) {
    if (band.first < point && point < band.last) found.push_back(point);
  }
  if (band.last > band.first) found.push_back(band.last);
  return found;
}

AxisIndex ternary(AxisIndex low, AxisIndex high, const std::function<double(AxisIndex)>& cost) {
  while (high - low > 2) {
    const AxisIndex third = (high - low) / 3;
    const AxisIndex a = low + third;
    const AxisIndex b = high - third;
    if (cost(a) <= cost(b)) {
      high = b;
    } else {
      low = a;
    }
  }
  AxisIndex best = low;
  for (AxisIndex index = low + 1; index <= high; ++index) {
    if (cost(index) < cost(best)) best = index;
  }
  return best;
}

}  // namespace

std::vector<AxisIndex> scan_points(AxisIndex first, AxisIndex last, std::size_t points) {
  std::vector<AxisIndex> grid;
  const auto steps = static_cast<AxisIndex>(std::max<std::size_t>(points, 2)) - 1;
  const AxisIndex whole = last - first;
  if (whole <= steps) {
    for (AxisIndex index = first; index <= last; ++index) grid.push_back(index);
    return grid;
  }
  for (AxisIndex step = 0; step <= steps; ++step) {
    grid.push_back(first + whole / steps * step + whole % steps * step / steps);
  }
  return grid;
}

std::vector<AxisIndex> geometric_points(AxisIndex first, AxisIndex last, std::size_t points) {
  const std::size_t most = std::max<std::size_t>(points, 2);
  if (last - first < static_cast<AxisIndex>(most)) return scan_points(first, last, points);
  std::vector<AxisIndex> grid = {first};
  for (std::size_t left = most - 1; left > 0; --left) {
    // The rest of the way in so many equal factors, or by one where that is less.
    const double factor = std::pow(static_cast<double>(last) / static_cast<double>(grid.back()),
                                   1 / static_cast<double>(left));
    const auto next =
        static_cast<AxisIndex>(std::llround(static_cast<double>(grid.back()) * factor));
    grid.push_back(
        left == 1 ? last
                  : std::clamp(next, grid.back() + 1, last - static_cast<AxisIndex>(left) + 1));
  }
  return grid;
}

std::vector<Band> find_bands(const std::vector<AxisIndex>& grid,
                             const std::function<bool(AxisIndex)>& holds) {
  std::vector<Band> bands;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    if (!holds(grid[i])) continue;
    const bool starts = i == 0 || !holds(grid[i - 1]);
    const bool ends = i + 1 == grid.size() || !holds(grid[i + 1]);
    if (starts) bands.push_back({i == 0 ? grid[i] : edge(grid[i], grid[i - 1], holds), grid[i]});
    if (ends)
      bands.back().last = i + 1 == grid.size() ? grid[i] : edge(grid[i], grid[i + 1], holds);
  }
  return bands;
}

std::optional<AxisIndex> least(const std::vector<AxisIndex>& grid, const std::vector<Band>& bands,
                               const std::function<double(AxisIndex)>& cost) {
  const auto known = [&](AxisIndex index) {
    const double value = cost(index);
    return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
  };
  std::optional<AxisIndex> best;
  AxisIndex low = 0;
  AxisIndex high = 0;
  for (const Band& band : bands) {
    const auto points = candidates(grid, band);
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (best && known(points[i]) >= known(*best)) continue;
      best = points[i];
      low = points[i == 0 ? 0 : i - 1];
      high = points[std::min(i + 1, points.size() - 1)];
    }
  }
  if (!best) return best;
  const AxisIndex refined = ternary(low, high, known);
  if (known(refined) < known(*best)) best = refined;
  for (const AxisIndex step : {AxisIndex{-1}, AxisIndex{1}}) {
    while (inside(bands, *best + step) && known(*best + step) < known(*best)) *best += step;
  }
  return best;
}

}  // namespace roofbeam
