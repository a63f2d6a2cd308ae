#include "app/command_line.hpp"

#include <fmt/format.h>

#include <iostream>

#include "app/options.hpp"
#include "app/output.hpp"
#include "app/terminal.hpp"
#include "core/nearest.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kFooter = R"(
Examples:
  roofbeam predict model.onnx
  roofbeam predict model.onnx -p cortex-a78 --report forecast.html
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

// The command that was being read when something was wrong, and how it is written.
struct Asked {
  const CLI::App* command;
  std::string words;  // "roofbeam plot"
};

Asked asked(const CLI::App* app) {
  Asked asked{app, app->get_name()};
  while (!asked.command->get_subcommands().empty()) {
    asked.command = asked.command->get_subcommands().front();
    asked.words += ' ' + asked.command->get_name();
  }
  return asked;
}

std::string unknown(std::string_view what, const std::string& word,
                    const std::vector<std::string>& known) {
  const auto meant = nearest(word, known);
  return fmt::format("there is no {} '{}'{}", what, word,
                     meant ? fmt::format("; did you mean '{}'?", *meant) : "");
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

// CLI11 says only that a command is missing, or lists what it did not expect.
std::string complaint(const CLI::App* root, const Asked& asked, const CLI::Error& error) {
  const std::vector<std::string> left = root->remaining(true);
  const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
  if (kind == CLI::ExitCodes::RequiredError && !commands_of(*asked.command).empty()) {
    if (!left.empty()) return unknown("command", left.front(), commands_of(*asked.command));
    return fmt::format("which command? There are: {}",
                       fmt::join(commands_of(*asked.command), ", "));
  }
  if (kind == CLI::ExitCodes::ExtrasError && !left.empty() && left.front().starts_with('-')) {
    return unknown("option", left.front(), options_of(*asked.command));
  }
  return error.what();
}

// Help and versions are results; else the line was wrong.
int finish(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error, std::cout, std::cerr);
  const Asked where = asked(&app);
  print_error(fmt::format("{}\n  '{} --help' says what there is", complaint(&app, where, error),
                          where.words));
  return kWrongUsage;
}

struct Group {
  const char* title;
  std::vector<const char*> commands;
};

// What a newcomer looks for first stands first.
void group_commands(CLI::App& app) {
  const std::vector<Group> groups = {
      {"Forecast", {"predict", "explain", "compare", "inspect"}},
      {"Ask what if", {"sweep", "recommend", "frontier", "solve", "rewrites"}},
      {"Trust", {"validate", "calibrate", "scale", "audit"}},
      {"Show", {"plot"}},
      {"What is known", {"platforms", "runtimes", "operators", "schemas"}},
  };
  for (const Group& group : groups) {
    for (const char* name : group.commands) app.get_subcommand(name)->group(group.title);
  }
}

}  // namespace

Command read_command_line(int argc, char** argv) {
  CLI::App app("Forecasts latency, energy and memory of neural networks on described hardware.",
               "roofbeam");
  app.require_subcommand(1)->footer(kFooter);
  app.set_version_flag("--version", "roofbeam " ROOFBEAM_VERSION, "Show the version and end");
  Command command;
  add_forecast_commands(app, command);
  add_whatif_commands(app, command);
  add_sweep_commands(app, command);
  add_choice_commands(app, command);
  add_measured_commands(app, command);
  add_audit_command(app, command);
  add_plot_commands(app, command);
  add_catalogue_commands(app, command);
  group_commands(app);
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
