#include "app/commands.hpp"
#include "app/model.hpp"
#include "app/output.hpp"
#include "reports/inspect_csv.hpp"
#include "reports/inspect_json.hpp"
#include "reports/inspect_table.hpp"

namespace roofbeam::app {
namespace {

std::string rendered(const Inspection& inspection, const std::string& format) {
  if (format == "json") return inspect_json(inspection);
  if (format == "csv") return inspect_csv(inspection);
  return inspect_table(inspection, output_width());
}

}  // namespace

int run(const Inspect& command) {
  const Network network = import_model(command.model, true);
  write_result(rendered(inspect(network), command.model.format), command.model.output);
  return 0;
}

}  // namespace roofbeam::app
