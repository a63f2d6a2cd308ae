#include "app/command_line.hpp"

#include <fmt/format.h>

#include <iostream>

#include "app/options.hpp"
#include "app/output.hpp"
#include "app/terminal.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kFooter = R"(
Examples:
  roofbeam predict model.onnx
  roofbeam inspect model.onnx
  roofbeam platforms list

'roofbeam COMMAND --help' says more about each.

Exit status: 0; 1 for wrong input and what else fails, 2 for a wrong command line, 3 where a check that
was asked for does not hold (compare --fail-on, audit --strict).)";

// To each command that does something; what contains others does nothing itself.
void add_color(CLI::App& app, std::string& color) {
  const auto commands = app.get_subcommands([](CLI::App*) { return true; });
  for (CLI::App* command : commands) add_color(*command, color);
  if (!commands.empty()) return;
  app.add_option("--color", color, "auto (on a terminal, unless NO_COLOR is set), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN")
      ->capture_default_str();
}

ColorChoice color_named(const std::string& word) {
  if (word == "always") return ColorChoice::always;
  return word == "never" ? ColorChoice::never : ColorChoice::automatic;
}

// Help and versions are results; else the line was wrong.
int finish(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error, std::cout, std::cerr);
  print_error(fmt::format("{}\n  '{} --help' says what there is", error.what(), app.get_name()));
  return kWrongUsage;
}

}  // namespace

Command read_command_line(int argc, char** argv) {
  CLI::App app("Forecasts latency, energy and memory of neural networks on described hardware.",
               "roofbeam");
  app.require_subcommand(1)->footer(kFooter);
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
  std::string color = "auto";
  add_color(app, color);
  try {
    app.parse(argc, argv);
    choose_color(color_named(color));
  } catch (const CLI::ParseError& error) {
    command = Finished{finish(app, error)};
  }
  return command;
}

}  // namespace roofbeam::app
