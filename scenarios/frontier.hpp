// Which cases no other case beats: the Pareto frontier over any number of objectives, exactly.
//
// A case is beaten if another one is no worse in every objective and better in one. Cases that are
// equal in every objective are one point of the frontier: the lowest index stands for them, and
// their number is kept. A NaN in any objective keeps a case out, and is counted. Infinities are
// values like others, and -0 equals 0.
//
// The result does not depend on how cases were split into blocks, nor on the order of the blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/metric.hpp"

namespace roofbeam {

// One column an objective, all of the same length: row i of all is case i.
using ObjectiveColumns = std::span<const std::span<const double>>;

// Points in order of the first objective, then the second and so on, the best first.
struct Frontier {
  std::vector<std::uint64_t> indices;       // of the case that stands for a point
  std::vector<std::uint64_t> ties;          // cases that are that point, at least 1
  std::vector<std::vector<double>> values;  // a column an objective
  std::uint64_t cases = 0;                  // that were looked at
  std::uint64_t left_out = 0;               // of them, with a NaN

  [[nodiscard]] std::size_t size() const { return indices.size(); }
};

// The frontier of cases that arrive in blocks. Memory follows the frontier and the largest block,
// not the number of cases.
//
// A block is first held against a handful of strong points, which drops nearly all cases of a
// usual sweep at the speed of memory; the rest is gathered and reduced by pareto/undominated.hpp
// when it has grown as large as the frontier. REQUIRES: at least one sense, and every index only
// once in all blocks and merged frontiers.
class FrontierKeeper {
 public:
  explicit FrontierKeeper(std::vector<Sense> senses);
  ~FrontierKeeper();
  FrontierKeeper(FrontierKeeper&&) noexcept;
  FrontierKeeper& operator=(FrontierKeeper&&) noexcept;

  // Cases `first`, `first` + 1, ...
  void add(std::uint64_t first, ObjectiveColumns columns);
  // Cases of the indices stated, one a row.
  void add(std::span<const std::uint64_t> indices, ObjectiveColumns columns);
  // What another keeper of the same senses found among other cases.
  void merge(const Frontier& other);

  // The frontier of everything so far; adding may go on.
  [[nodiscard]] const Frontier& result();

 private:
  class State;
  std::unique_ptr<State> state_;
};

// The frontier of a whole table. REQUIRES: as many senses as columns, at least one.
[[nodiscard]] Frontier frontier(ObjectiveColumns columns, std::span<const Sense> senses);

// What beats one case, and by how much in each objective.
struct Dominator {
  std::uint64_t index = 0;
  std::vector<double> better_by;  // an objective each: 0 where they are equal, in its own unit
};
// The points of the frontier that beat a case of these values, in the frontier's order. A case with
// a NaN is beaten by none.
[[nodiscard]] std::vector<Dominator> dominators(const Frontier& frontier,
                                                std::span<const Sense> senses,
                                                std::span<const double> values);

}  // namespace roofbeam
