#include "reports/operator_views.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/input_error.hpp"
#include "reports/json_text.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kPage = R"(# Operators that Roofbeam knows

What `roofbeam operators` says, written by `./dev docs`. A free operator costs nothing when the network runs; the work of
the others is counted as their sentence says, beside the bytes that they read and write. What is not here is reported as
not modelled, by name.
)";

std::string_view shown_domain(const Operator& row) {
  return row.domain.empty() ? "ai.onnx" : row.domain;
}

std::string_view cost(const OperatorEntry& entry) { return entry.is_free ? "free" : "counted"; }

[[noreturn]] void fail_domain(std::span<const Operator> rows, std::string_view domain) {
  std::vector<std::string_view> domains;
  for (const Operator& row : rows) {
    const auto shown = shown_domain(row);
    if (std::ranges::find(domains, shown) == domains.end()) domains.push_back(shown);
  }
  throw InputError(fmt::format("no operator has the domain '{}'; there are: {}", domain,
                               fmt::join(domains, ", ")));
}

// Sentences are written in Markdown, but in a table | would end the cell.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

std::vector<OperatorEntry> list_operators(std::span<const Operator> rows, std::string_view domain) {
  std::vector<OperatorEntry> found;
  for (const Operator& row : rows) {
    if (!domain.empty() && shown_domain(row) != domain) continue;
    found.push_back({shown_domain(row), row.name, row.cost == Cost::view, row.sentence});
  }
  if (found.empty()) fail_domain(rows, domain);
  return found;
}

Table operator_table(const std::vector<OperatorEntry>& operators) {
  Table table({{"domain"},
               {"operator", Align::left, true},
               {"cost"},
               {"how it is counted", Align::left, false, true}});
  for (const OperatorEntry& entry : operators) {
    table.add({std::string(entry.domain), std::string(entry.name), std::string(cost(entry)),
               std::string(entry.sentence)});
  }
  return table;
}

std::string operator_json(const std::vector<OperatorEntry>& operators) {
  Json list = Json::array();
  for (const OperatorEntry& entry : operators) {
    list.push_back({{"domain", entry.domain},
                    {"name", entry.name},
                    {"cost", cost(entry)},
                    {"rule", entry.sentence}});
  }
  return json_text({{"schema", "roofbeam.operators/1"}, {"operators", std::move(list)}});
}

std::string operator_markdown(const std::vector<OperatorEntry>& operators) {
  std::string page(kPage);
  std::string_view domain;
  for (const OperatorEntry& entry : operators) {
    if (entry.domain != domain) {
      domain = entry.domain;
      page += fmt::format(
          "\n## {}\n\n| operator | cost | how it is counted |\n| --- | --- | --- |\n", domain);
    }
    page += fmt::format("| `{}` | {} | {} |\n", entry.name, cost(entry), cell(entry.sentence));
  }
  return page;
}

}  // namespace roofbeam
