#include "reports/rewrite_views.hpp"

#include <fmt/format.h>

namespace roofbeam {

std::string rewrite_list(std::span<const RewriteRow> rows, std::size_t width) {
  constexpr std::size_t kIndent = 2;
  std::string text = "--rewrite KEY=VALUE, or network.KEY in a scenario:\n";
  for (const auto& row : rows) {
    const auto indent = std::string(kIndent, ' ');
    text += fmt::format("\n{}={}\n", row.key, wrapped(row.values, row.key.size() + 1, width));
    text += fmt::format("{}{}\n", indent, wrapped(row.sentence, kIndent, width));
  }
  return text;
}

}  // namespace roofbeam
