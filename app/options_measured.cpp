#include "app/options.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kValidateFooter = R"(
Examples:
  roofbeam validate scenarios/measurements/ncnn_readme.csv --networks networks
  roofbeam validate mine.csv --networks . -p my-board.yaml --runtime ncnn
  roofbeam validate ort_profile.json --network model.onnx -p my-board.yaml --runtime onnxruntime
  roofbeam validate table.csv --networks networks --calibration overlay.yaml --format json

A row is forecast where its network, platform and runtime are known. docs/measurements.md says how
files are written and names are found.)";

constexpr const char* kCalibrateFooter = R"(
Examples:
  roofbeam calibrate mine.csv --networks networks -o overlay.yaml
  roofbeam predict model.onnx -p raspberry-pi-4 --runtime ncnn --calibration overlay.yaml

The table on standard error is about networks that the calibration did not see: each is left out
once.)";

constexpr const char* kScaleFooter = R"(
Examples:
  roofbeam scale on_my_laptop.csv --networks networks --to raspberry-pi-5
  roofbeam scale table.csv --networks networks --to my-board.yaml --measured there.csv --known resnet18,mobilenet_v2)";

void add_measured_options(CLI::App& app, MeasuredOptions& options) {
  add_measurements(app, options);
  add_output(app, options.output);
}

void add_validate(CLI::App& app, Command& command) {
  auto options = std::make_shared<Validate>();
  CLI::App* sub = app.add_subcommand("validate", "Forecasts beside measurements");
  add_measured_options(*sub, options->measured);
  add_calibration(*sub, options->calibration);
  add_format(*sub, options->format, {"table", "markdown", "json", "csv"});
  add_report(*sub, options->report);
  sub->add_option("--outliers", options->outliers, "How many outliers the table shows")
      ->type_name("N");
  sub->footer(kValidateFooter);
  sub->callback([options, &command] { command = *options; });
}

void add_calibrate(CLI::App& app, Command& command) {
  auto options = std::make_shared<Calibrate>();
  CLI::App* sub = app.add_subcommand("calibrate", "Fit forecasts to measurements on a device");
  add_measured_options(*sub, options->measured);
  sub->footer(kCalibrateFooter);
  sub->callback([options, &command] { command = *options; });
}

void add_scale(CLI::App& app, Command& command) {
  auto options = std::make_shared<Scale>();
  CLI::App* sub = app.add_subcommand("scale", "Measured on one machine, forecast on another");
  add_measured_options(*sub, options->measured);
  sub->add_option("--to", options->to, "Platform that is asked for")->required()->type_name("NAME");
  sub->add_option("--to-engine", options->to_engine, "Its engine; default: the first")
      ->type_name("NAME");
  sub->add_option("--measured", options->to_measured,
                  "Measurements there, to compare and learn from")
      ->type_name("FILE");
  sub->add_option("--known", options->known, "Networks whose measurement there may be used")
      ->delimiter(',')
      ->type_name("NAME,..");
  add_format(*sub, options->format, {"table", "markdown", "json"});
  add_report(*sub, options->report);
  sub->footer(kScaleFooter);
  sub->callback([options, &command] { command = *options; });
}

}  // namespace

void add_measurements(CLI::App& app, MeasuredOptions& options) {
  app.add_option("files", options.files, "CSV, YAML or a profile of a runtime")
      ->required()
      ->type_name("MEASUREMENTS");
  repeatable(app.add_option("--networks", options.networks,
                            "Folder of the networks that rows name (repeatable)")
                 ->type_name("DIR"));
  app.add_option("--network", options.network, "The network of all rows")->type_name("MODEL.onnx");
  repeatable(app.add_option("--devices", options.devices,
                            "Table of devices and their platforms (repeatable)")
                 ->type_name("FILE"));
  app.add_option("-p,--platform", options.platform, "Platform of all rows")->type_name("NAME");
  app.add_option("--engine", options.engine, "Engine of all rows")->type_name("NAME");
  app.add_option("--runtime", options.runtime, "Runtime of all rows")->type_name("NAME");
  app.add_flag("--flagged", options.flagged, "Also rows whose notes say 'flag:'");
}

void add_measured_commands(CLI::App& app, Command& command) {
  add_validate(app, command);
  add_calibrate(app, command);
  add_scale(app, command);
}

}  // namespace roofbeam::app
