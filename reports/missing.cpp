#include "reports/missing.hpp"

#include <fmt/format.h>

#include "reports/table.hpp"

namespace roofbeam {
namespace {

std::string paragraph(std::string_view what, const OperatorCounts& operators, std::size_t width) {
  if (operators.empty()) return "";
  return '\n' + wrapped(fmt::format("{}: {}", what, counted(operators)), 2, width) + '\n';
}

}  // namespace

std::string counted(const OperatorCounts& operators) {
  std::string text;
  for (const auto& [name, count] : operators) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", name, count);
  }
  return text;
}

std::string missing_lines(const OperatorCounts& not_modelled, const OperatorCounts& not_shaped,
                          std::size_t width) {
  return paragraph("Not modelled, not in any figure", not_modelled, width) +
         paragraph("Not shaped (an input's shape is unknown), not in any figure", not_shaped,
                   width);
}

}  // namespace roofbeam
