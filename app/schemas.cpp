#include "reports/schemas.hpp"

#include "app/commands.hpp"
#include "app/output.hpp"

namespace roofbeam::app {

int run(const Schemas& command) {
  if (command.name.empty()) {
    write_document(schema_list(), "table");
  } else {
    write_result(schema_text(command.name));
  }
  return 0;
}

}  // namespace roofbeam::app
