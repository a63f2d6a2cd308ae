// How groups of commands are declared to CLI11, and what they have in common. Private to app.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app/command_line.hpp"

namespace roofbeam::app {

// One value for each time the option is given, so that what follows is not swallowed.
void repeatable(CLI::Option* option);

void add_output(CLI::App& app, std::string& file);
void add_format(CLI::App& app, std::string& format, const std::vector<std::string>& words);
// --report: the result as an HTML file, besides.
void add_report(CLI::App& app, std::string& file);
void add_calibration(CLI::App& app, std::string& file);
void add_model(CLI::App& app, ModelOptions& options);            // the file
void add_network_options(CLI::App& app, ModelOptions& options);  // what it leaves open, rewrites
// The same, --strict, formats and a file for the result.
void add_model_options(CLI::App& app, ModelOptions& options,
                       const std::vector<std::string>& formats);
void add_run_options(CLI::App& app, RunOptions& options);        // engine, runtime, precision, ...
void add_measurements(CLI::App& app, MeasuredOptions& options);  // files and what rows name
void add_settings(CLI::App& app, std::vector<std::string>& settings);
void add_rewrites(CLI::App& app, std::vector<std::string>& rewrites);

// Each adds its commands to the line; parsing one of them puts it into `command`.
void add_forecast_commands(CLI::App& app, Command& command);   // predict, inspect
void add_catalogue_commands(CLI::App& app, Command& command);  // operators ... schemas
void add_plot_commands(CLI::App& app, Command& command);       // plot
void add_measured_commands(CLI::App& app, Command& command);   // validate, calibrate, scale
void add_whatif_commands(CLI::App& app, Command& command);     // solve, explain, compare
void add_audit_command(CLI::App& app, Command& command);
void add_sweep_commands(CLI::App& app, Command& command);   // sweep
void add_choice_commands(CLI::App& app, Command& command);  // frontier, recommend

}  // namespace roofbeam::app
