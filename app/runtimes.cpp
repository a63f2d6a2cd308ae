#include "app/commands.hpp"
#include "app/output.hpp"
#include "platforms/runtime.hpp"
#include "reports/runtime_views.hpp"

namespace roofbeam::app {

int run(const RuntimesList&) {
  std::vector<Runtime> runtimes;
  for (const std::string& name : catalog_runtimes()) runtimes.push_back(load_runtime(name));
  write_result(runtime_list(runtimes, output_width()));
  return 0;
}

int run(const RuntimesShow& command) {
  write_result(command.yaml ? runtime_text(command.name)
                            : runtime_page(load_runtime(command.name), output_width()));
  return 0;
}

}  // namespace roofbeam::app
