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
  return symbols.empty() ? "" : fmt::format(" ({})", fmt::join(symbols, " x "));
}

void add_ports(std::vector<Document::Fact>& facts, const std::string& what,
               const std::vector<Inspection::Port>& all) {
  for (const Inspection::Port& port : all) {
    facts.emplace_back(what, fmt::format("{} {} {}{}{}", port.name, port.element,
                                         port.upper_bound ? "at most " : "", shape_text(port.shape),
                                         symbols_text(port.symbols)));
  }
}

std::vector<Document::Fact> summary(const Inspection& inspection) {
  const Totals& totals = inspection.totals;
  const auto path_macs = static_cast<long long>(inspection.critical_path_macs);
  std::vector<Document::Fact> facts;
  add_ports(facts, "input", inspection.inputs);
  add_ports(facts, "output", inspection.outputs);
  facts.emplace_back("layers", grouped(totals.layers));
  facts.emplace_back("MACs", grouped(totals.macs));
  facts.emplace_back("parameters", grouped(totals.parameters));
  facts.emplace_back(
      "weights",
      fmt::format("{} ({} B)", to_text(Bytes::from_si(static_cast<double>(totals.weight_bytes))),
                  grouped(totals.weight_bytes)));
  facts.emplace_back("depth",
                     fmt::format("{} layers one after another", grouped(inspection.depth)));
  facts.emplace_back("critical path",
                     fmt::format("{} MACs in a chain of {} layers", grouped(path_macs),
                                 inspection.critical_path.size()));
  return facts;
}

bool any_repeats(const Inspection& inspection) {
  return std::ranges::any_of(inspection.layers, [](const auto& row) { return row.repeat != 1; });
}

Span state_cell(LayerState state) {
  const bool is_known = state == LayerState::modelled || state == LayerState::view;
  return {std::string(to_text(state)), is_known ? Style::plain : Style::warning};
}

Table layers_table(const Inspection& inspection) {
  const bool repeats = any_repeats(inspection);
  std::vector<Column> columns = {{"layer", Align::left, true},  {"operator", Align::left, true},
                                 {"output", Align::left, true}, {"precision", Align::left, true},
                                 {"MACs", Align::right},        {"parameters", Align::right},
                                 {"weights", Align::right},     {"state"}};
  if (repeats) columns.insert(columns.begin() + 4, {"runs", Align::right});
  Table table(columns);
  for (const Inspection::Row& layer : inspection.layers) {
    std::vector<Span> cells = {layer.name,
                               layer.op,
                               shape_text(layer.output_shape),
                               layer.precision,
                               layer.macs ? grouped(*layer.macs) : "unknown",
                               grouped(layer.parameters),
                               to_text(Bytes::from_si(static_cast<double>(layer.weight_bytes))),
                               state_cell(layer.state)};
    if (repeats) cells.insert(cells.begin() + 4, grouped(layer.repeat));
    table.add(std::move(cells));
  }
  return table;
}

std::vector<std::string> rules(const Inspection& inspection) {
  std::map<std::string, std::string_view> sentences;
  for (const Inspection::Row& layer : inspection.layers) {
    if (!layer.rule.empty()) sentences.emplace(layer.op, layer.rule);
  }
  std::vector<std::string> lines;
  for (const auto& [op, sentence] : sentences) lines.push_back(fmt::format("{}: {}", op, sentence));
  return lines;
}

}  // namespace

Document inspect_document(const Inspection& inspection) {
  Document document;
  document.heading(inspection.network);
  document.facts(summary(inspection));
  document.table(layers_table(inspection));
  document.bullets("How the work is counted", rules(inspection));
  add_missing(document, inspection.totals.not_modelled, inspection.totals.not_shaped);
  document.numbered("Assumed", inspection.assumptions);
  return document;
}

}  // namespace roofbeam
