#include "reports/missing.hpp"

#include <fmt/format.h>

namespace roofbeam {
namespace {

std::string sentence(std::string_view what, const OperatorCounts& operators) {
  return operators.empty() ? "" : fmt::format("{}: {}", what, counted(operators));
}

}  // namespace

std::string counted(const OperatorCounts& operators) {
  std::string text;
  for (const auto& [name, count] : operators) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", name, count);
  }
  return text;
}

void add_missing(Document& document, const OperatorCounts& not_modelled,
                 const OperatorCounts& not_shaped) {
  document.paragraph(sentence("Not modelled, not in any figure", not_modelled), Style::warning);
  document.paragraph(
      sentence("Not shaped (an input's shape is unknown), not in any figure", not_shaped),
      Style::warning);
}

}  // namespace roofbeam
