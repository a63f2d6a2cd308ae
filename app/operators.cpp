#include "app/commands.hpp"
#include "app/output.hpp"
#include "core/operators/operator.hpp"
#include "reports/operator_views.hpp"

namespace roofbeam::app {

int run(const Operators& command) {
  const auto operators = list_operators(catalogue(), command.domain);
  const auto table = [&] {
    Document document;
    document.table(operator_table(operators));
    return document;
  };
  write_as(command.format, "", table,
           {{"json", [&] { return operator_json(operators); }},
            {"markdown", [&] { return operator_markdown(operators); }}});
  return 0;
}

}  // namespace roofbeam::app
