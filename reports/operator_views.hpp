// The catalogue of operators as a table, as JSON and as a page in Markdown.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/operators/operator.hpp"
#include "reports/table.hpp"

namespace roofbeam {

struct OperatorEntry {
  std::string_view domain;  // ONNX's own is "ai.onnx"
  std::string_view name;
  bool is_free = false;  // a view; else its work is counted
  std::string_view sentence;
};

// Rows of one domain, or all of them if `domain` is empty, in the catalogue's order. Throws
// InputError: a domain of no row, with those that there are.
[[nodiscard]] std::vector<OperatorEntry> list_operators(std::span<const Operator> rows,
                                                        std::string_view domain = {});

[[nodiscard]] Table operator_table(const std::vector<OperatorEntry>& operators);
[[nodiscard]] std::string operator_json(const std::vector<OperatorEntry>& operators);
// A page with a section and a table for each domain: docs/operators.md.
[[nodiscard]] std::string operator_markdown(const std::vector<OperatorEntry>& operators);

}  // namespace roofbeam
