#include "app/commands.hpp"
#include "app/output.hpp"
#include "core/operators/operator.hpp"
#include "reports/operator_views.hpp"

namespace roofbeam::app {

int run(const Operators& command) {
  const auto operators = list_operators(catalogue(), command.domain);
  if (command.format == "json") {
    write_result(operator_json(operators));
  } else if (command.format == "markdown") {
    write_result(operator_markdown(operators));
  } else {
    write_result(operator_table(operators, output_width()));
  }
  return 0;
}

}  // namespace roofbeam::app
