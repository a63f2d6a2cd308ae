#include "reports/rewrite_views.hpp"

#include <fmt/format.h>

namespace roofbeam {

Document rewrite_list(std::span<const RewriteRow> rows) {
  std::vector<Document::Entry> entries;
  for (const auto& row : rows) {
    entries.push_back({fmt::format("{}={}", row.key, row.values), {std::string(row.sentence)}});
  }
  Document document;
  document.entries("--rewrite KEY=VALUE, or network.KEY in a scenario", std::move(entries));
  return document;
}

}  // namespace roofbeam
