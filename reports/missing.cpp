#include "reports/missing.hpp"

#include <fmt/format.h>

#include "reports/table.hpp"

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

std::array<std::string, 2> missing_sentences(const OperatorCounts& not_modelled,
                                             const OperatorCounts& not_shaped) {
  return {sentence("Not modelled, not in any figure", not_modelled),
          sentence("Not shaped (an input's shape is unknown), not in any figure", not_shaped)};
}

std::string missing_lines(const OperatorCounts& not_modelled, const OperatorCounts& not_shaped,
                          std::size_t width) {
  std::string text;
  for (const auto& line : missing_sentences(not_modelled, not_shaped)) {
    if (!line.empty()) text += '\n' + wrapped(line, 2, width) + '\n';
  }
  return text;
}

}  // namespace roofbeam
