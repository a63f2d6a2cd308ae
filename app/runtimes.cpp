#include "app/commands.hpp"
#include "app/output.hpp"
#include "platforms/runtime.hpp"
#include "reports/runtime_views.hpp"

namespace roofbeam::app {

int run(const RuntimesList&) {
  std::vector<Runtime> runtimes;
  for (const std::string& name : catalog_runtimes()) runtimes.push_back(load_runtime(name));
  write_document(runtime_list(runtimes), "table");
  return 0;
}

int run(const RuntimesShow& command) {
  if (command.yaml) {
    write_result(runtime_text(command.name));
  } else {
    write_document(runtime_page(load_runtime(command.name)), "table");
  }
  return 0;
}

}  // namespace roofbeam::app
