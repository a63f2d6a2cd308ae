// A handful of cases that beat most others: held against them first, a block of cases shrinks to
// few before anything is sorted (as the elimination filter of Godfrey, Shipley and Gryz, The VLDB
// Journal 16, 2007). A case is only dropped if it is beaten, so results do not depend on the
// choice.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/pareto/ranks.hpp"

namespace roofbeam::pareto {

// Rows of costs, the smaller the better, one after another.
struct CostRows {
  std::size_t columns = 0;
  std::vector<double> values;

  [[nodiscard]] std::size_t size() const { return columns == 0 ? 0 : values.size() / columns; }
  [[nodiscard]] std::span<const double> operator[](std::size_t row) const {
    return {values.data() + row * columns, columns};
  }
};

class StrongPoints {
 public:
  StrongPoints() = default;
  // Those of the sample that beat most of it; none where few are beaten, because then holding all
  // cases against them costs more than it drops. REQUIRES: no NaN.
  explicit StrongPoints(const CostRows& sample);

  // Positions, ascending, of the cases that no strong point beats. `signs` times the columns are
  // costs; cases with NaN stay.
  [[nodiscard]] std::vector<Rank> survivors(std::span<const std::span<const double>> columns,
                                            std::span<const double> signs) const;

  [[nodiscard]] std::size_t size() const { return points_.size(); }

 private:
  CostRows points_;  // the strongest first
};

}  // namespace roofbeam::pareto
