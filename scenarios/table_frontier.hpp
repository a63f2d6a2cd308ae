// The frontier of a table that anybody wrote: a CSV file with a line a case.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/frontier.hpp"
#include "scenarios/knee.hpp"

namespace roofbeam {

// A column and whether the smaller is better.
struct ColumnObjective {
  std::string column;
  Sense sense = Sense::smaller;
};
// "min latency_s, max top 1": the word may be left out where the column is a metric's word or
// column ("accuracy", "latency_s"). Throws InputError.
[[nodiscard]] std::vector<ColumnObjective> parse_column_objectives(std::string_view text);

struct TableQuestion {
  std::string file;
  std::vector<ColumnObjective> objectives;
  std::vector<double> reference;     // of the hypervolume; none: the worst finite of all cases
  std::vector<std::uint64_t> asked;  // rows, from 1, whose dominators are wanted
  bool always_hypervolume = false;   // however long it takes
};

// What beats a row that was asked about.
struct AskedRow {
  std::uint64_t row = 0;
  std::vector<double> values;
  std::vector<Dominator> beaten_by;  // `index` counts rows from 1; none: it is on the frontier
};

struct TableFrontier {
  TableQuestion question;
  std::vector<std::string> columns;             // as the header has them
  Frontier frontier;                            // indices count rows from 1, without the header
  std::vector<std::vector<std::string>> cells;  // of each point, a cell a column
  std::optional<Knee> knee;
  std::vector<double> reference;
  std::optional<double> hypervolume;  // nothing where it takes too long
  std::optional<double> covered;      // its share of the box from the best values to the reference
  std::vector<AskedRow> asked;

  [[nodiscard]] std::vector<Sense> senses() const;
  // Position of a column; REQUIRES that there is one.
  [[nodiscard]] std::size_t column(std::string_view name) const;
};

// Throws InputError: a file that cannot be read, a column that is not there, a cell that is neither
// a number nor empty (up to ten, with their places), a row that is not there.
[[nodiscard]] TableFrontier table_frontier(const TableQuestion& question);

}  // namespace roofbeam
