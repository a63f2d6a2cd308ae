#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "core/input_error.hpp"
#include "platforms/cores.hpp"
#include "platforms/platform.hpp"
#include "reports/platform_views.hpp"

namespace roofbeam::app {

int run(const PlatformsList& command) {
  std::vector<Platform> platforms;
  for (const std::string& name : catalog_platforms()) platforms.push_back(load_platform(name));
  write_as(command.format, "", [&] { return platform_list(platforms); },
           {{"json", [&] { return platform_list_json(platforms); }}});
  return 0;
}

int run(const PlatformsCores&) {
  write_document(core_list(catalog_cores()), "table");
  return 0;
}

int run(const PlatformsShow& command) {
  if (command.yaml) {
    write_result(platform_text(command.name));
    return 0;
  }
  const Platform platform = load_platform(command.name);
  write_as(command.format, "", [&] { return platform_page(platform); },
           {{"json", [&] { return platform_json(platform); }}});
  return 0;
}

int run(const PlatformsCheck& command) {
  std::string good;
  int status = 0;
  for (const std::string& file : command.files) {
    try {
      const Platform platform = load_platform(file);
      good += fmt::format("{}: platform '{}' is well-formed\n", file, platform.name);
    } catch (const InputError& error) {
      print_error(error.what());
      status = 1;
    }
  }
  write_result(good);
  return status;
}

}  // namespace roofbeam::app
