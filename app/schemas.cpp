#include "reports/schemas.hpp"

#include "app/commands.hpp"
#include "app/output.hpp"

namespace roofbeam::app {

int run(const Schemas& command) {
  write_result(command.name.empty() ? schema_list(output_width()) : schema_text(command.name));
  return 0;
}

}  // namespace roofbeam::app
