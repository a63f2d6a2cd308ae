#include "app/command_line.hpp"

#include <iostream>

#include "app/options.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kFooter = R"(
Examples:
  roofbeam predict model.onnx
  roofbeam inspect model.onnx
  roofbeam platforms list

'roofbeam COMMAND --help' says more about each.)";

std::string failure(const CLI::App* app, const CLI::Error& error) {
  return std::string("roofbeam: error: ") + error.what() + "\n  '" + app->get_name() +
         " --help' says what there is\n";
}

}  // namespace

Command read_command_line(int argc, char** argv) {
  CLI::App app("Forecasts latency, energy and memory of neural networks on described hardware.",
               "roofbeam");
  app.require_subcommand(1)->footer(kFooter)->failure_message(failure);
  app.set_version_flag("--version", "roofbeam " ROOFBEAM_VERSION, "Show the version and end");
  Command command;
  add_forecast_commands(app, command);
  add_catalogue_commands(app, command);
  add_measured_commands(app, command);
  add_plot_commands(app, command);
  add_whatif_commands(app, command);
  add_audit_command(app, command);
  add_sweep_commands(app, command);
  add_choice_commands(app, command);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    command = Finished{app.exit(error, std::cout, std::cerr) == 0 ? 0 : 2};
  }
  return command;
}

}  // namespace roofbeam::app
