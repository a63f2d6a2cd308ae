#include "scenarios/pareto/undominated.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "scenarios/pareto/divide.hpp"

namespace roofbeam::pareto {
namespace {

// Rows come in order of the first column, so a row is beaten by any before it that is at most as
// large in the second.
std::vector<Rank> undominated_in_two(const std::vector<double>& second) {
  std::vector<Rank> found;
  for (std::size_t row = 0; row < second.size(); ++row) {
    if (!found.empty() && second[row] >= second[found.back()]) continue;
    found.push_back(static_cast<Rank>(row));
  }
  return found;
}

// The columns after the first, which the order of the rows settles.
template <std::size_t Further>
std::vector<Rank> undominated_by_dividing(const CostColumns& columns) {
  std::vector<std::vector<Rank>> ranks;
  for (std::size_t c = 1; c < columns.size(); ++c) ranks.push_back(ranks_of(columns[c]).rank);
  return Divider<Further>(ranks).undominated();
}

using Undominated = std::vector<Rank> (*)(const CostColumns&);

template <std::size_t... Number>
constexpr auto dividers(std::index_sequence<Number...>) {
  return std::array<Undominated, sizeof...(Number)>{undominated_by_dividing<Number + 2>...};
}
constexpr auto kDividers = dividers(std::make_index_sequence<kMostDivided - 2>{});

}  // namespace

std::vector<Rank> undominated_by_comparing(const CostColumns& columns) {
  std::vector<Rank> found;
  for (std::size_t row = 0; row < columns.front().size(); ++row) {
    const auto beats_row = [&](Rank other) {
      return std::all_of(columns.begin(), columns.end(), [&](const std::vector<double>& column) {
        return column[other] <= column[row];
      });
    };
    if (std::none_of(found.begin(), found.end(), beats_row)) {
      found.push_back(static_cast<Rank>(row));
    }
  }
  return found;
}

std::vector<Rank> undominated(const CostColumns& columns) {
  assert(!columns.empty());
  if (columns.front().empty()) return {};
  if (columns.size() == 1) return {0};
  if (columns.size() == 2) return undominated_in_two(columns[1]);
  if (columns.size() > kMostDivided) return undominated_by_comparing(columns);
  return kDividers[columns.size() - 3](columns);
}

}  // namespace roofbeam::pareto
