#include "reports/inspect_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "core/quantity/text.hpp"
#include "reports/missing.hpp"

namespace roofbeam {
namespace {

std::string shape_text(const std::optional<Shape>& shape) {
  return shape ? to_text(*shape) : "unknown";
}

// " (batch x 3 x 2*height)".
std::string symbols_text(const std::vector<std::string>& symbols) {
  return symbols.empty() ? "" : printable(fmt::format(" ({})", fmt::join(symbols, " x ")));
}

std::string ports(std::string_view what, const std::vector<Inspection::Port>& all) {
  std::string text;
  for (const Inspection::Port& port : all) {
    text += fmt::format("{:<15}{} {} {}{}{}\n", what, printable(port.name), port.element,
                        port.upper_bound ? "at most " : "", shape_text(port.shape),
                        symbols_text(port.symbols));
  }
  return text;
}

std::string summary(const Inspection& inspection) {
  const Totals& totals = inspection.totals;
  const auto path_macs = static_cast<long long>(inspection.critical_path_macs);
  std::string text = printable(inspection.network) + "\n\n";
  text += ports("input", inspection.inputs) + ports("output", inspection.outputs);
  text += fmt::format("{:<15}{}\n", "layers", grouped(totals.layers));
  text += fmt::format("{:<15}{}\n", "MACs", grouped(totals.macs));
  text += fmt::format("{:<15}{}\n", "parameters", grouped(totals.parameters));
  text += fmt::format("{:<15}{} ({} B)\n", "weights",
                      to_text(Bytes::from_si(static_cast<double>(totals.weight_bytes))),
                      grouped(totals.weight_bytes));
  text += fmt::format("{:<15}{} layers one after another\n", "depth", grouped(inspection.depth));
  text += fmt::format("{:<15}{} MACs in a chain of {} layers\n", "critical path",
                      grouped(path_macs), inspection.critical_path.size());
  return text;
}

bool any_repeats(const Inspection& inspection) {
  return std::ranges::any_of(inspection.layers, [](const auto& row) { return row.repeat != 1; });
}

std::string layers_table(const Inspection& inspection, std::size_t width) {
  const bool repeats = any_repeats(inspection);
  std::vector<Column> columns = {{"layer", Align::left, true},  {"operator", Align::left, true},
                                 {"output", Align::left, true}, {"precision", Align::left, true},
                                 {"MACs", Align::right},        {"parameters", Align::right},
                                 {"weights", Align::right},     {"state"}};
  if (repeats) columns.insert(columns.begin() + 4, {"runs", Align::right});
  Table table(columns);
  for (const Inspection::Row& layer : inspection.layers) {
    std::vector<std::string> cells = {
        layer.name,
        layer.op,
        shape_text(layer.output_shape),
        layer.precision,
        layer.macs ? grouped(*layer.macs) : "unknown",
        grouped(layer.parameters),
        to_text(Bytes::from_si(static_cast<double>(layer.weight_bytes))),
        std::string(to_text(layer.state))};
    if (repeats) cells.insert(cells.begin() + 4, grouped(layer.repeat));
    table.add(std::move(cells));
  }
  return '\n' + table.text(width);
}

std::string rules(const Inspection& inspection, std::size_t width) {
  std::map<std::string, std::string_view> sentences;
  for (const Inspection::Row& layer : inspection.layers) {
    if (!layer.rule.empty()) sentences.emplace(layer.op, layer.rule);
  }
  std::string text = sentences.empty() ? "" : "\nHow the work is counted\n\n";
  for (const auto& [op, sentence] : sentences) {
    text += "  " + wrapped(fmt::format("{}: {}", op, sentence), 4, width) + '\n';
  }
  return text;
}

}  // namespace

std::string inspect_table(const Inspection& inspection, std::size_t width) {
  return summary(inspection) + layers_table(inspection, width) + rules(inspection, width) +
         missing_lines(inspection.totals.not_modelled, inspection.totals.not_shaped, width) +
         numbered("Assumed", inspection.assumptions, width);
}

}  // namespace roofbeam
