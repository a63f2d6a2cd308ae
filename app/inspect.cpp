#include "app/commands.hpp"
#include "app/model.hpp"
#include "app/output.hpp"
#include "reports/inspect_csv.hpp"
#include "reports/inspect_json.hpp"
#include "reports/inspect_table.hpp"

namespace roofbeam::app {
int run(const Inspect& command) {
  const Network network = import_model(command.model, true);
  const Inspection inspection = inspect(network);
  write_as(command.model.format, command.model.output, [&] { return inspect_document(inspection); },
           {{"json", [&] { return inspect_json(inspection); }},
            {"csv", [&] { return inspect_csv(inspection); }}});
  return 0;
}

}  // namespace roofbeam::app
