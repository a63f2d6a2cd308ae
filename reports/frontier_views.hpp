// The frontier of a table as a document, as JSON and as CSV.
#pragma once

#include <string>

#include "reports/document.hpp"
#include "scenarios/table_frontier.hpp"

namespace roofbeam {

struct FrontierDocumentOptions {
  std::size_t points = 20;     // of the frontier that are shown
  std::size_t columns = 5;     // further columns of the table, of those in which the points differ
  std::size_t dominators = 5;  // of each row that was asked about
};

[[nodiscard]] Document frontier_document(const TableFrontier& found,
                                         const FrontierDocumentOptions& options = {});
// Schema roofbeam.frontier/1.
[[nodiscard]] std::string frontier_json(const TableFrontier& found);
// The rows of the table that are on the frontier, as they stand, with `frontier_row`, `ties` and
// `knee` before them.
[[nodiscard]] std::string frontier_csv(const TableFrontier& found);

}  // namespace roofbeam
