#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "core/input_error.hpp"
#include "reports/frontier_views.hpp"
#include "scenarios/cell_number.hpp"
#include "scenarios/table_frontier.hpp"

namespace roofbeam::app {
namespace {

std::vector<double> reference_of(const std::vector<std::string>& values) {
  std::vector<double> reference;
  for (const std::string& value : values) {
    const auto number = cell_number(value);
    if (!number || *number != *number) {
      throw InputError(fmt::format("--reference: '{}' is not a number", value));
    }
    reference.push_back(*number);
  }
  return reference;
}

}  // namespace

int run(const FrontierOf& command) {
  TableQuestion question;
  question.file = command.file;
  question.objectives = parse_column_objectives(command.objectives);
  question.reference = reference_of(command.reference);
  question.asked = command.rows;
  question.always_hypervolume = command.hypervolume;
  const TableFrontier found = table_frontier(question);
  if (!command.report.empty()) write_report(frontier_json(found), command.report);
  write_as(command.format, command.output,
           [&] { return frontier_document(found, {.points = command.top}); },
           {{"json", [&] { return frontier_json(found); }},
            {"csv", [&] { return frontier_csv(found); }}});
  return 0;
}

}  // namespace roofbeam::app
