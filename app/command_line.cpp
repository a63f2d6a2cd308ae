#include "app/command_line.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

namespace roofbeam::app {
namespace {

constexpr const char* kPredictFooter = R"(
Examples:
  roofbeam predict model.onnx
  roofbeam predict model.onnx -p cortex-m7 --precision int8
  roofbeam predict model.onnx -p apple-m1,xbox-series-s --engine gpu --batch 8
  roofbeam predict model.onnx -p my-board.yaml --set memory.DRAM.bandwidth="34 GB/s"
  roofbeam predict model.onnx --dim sequence=128 --format json -o forecast.json

--set PATH=VALUE writes into the platform (platform.PATH or just PATH), the runtime (runtime.PATH)
or the run (run.batch, run.threads, run.precision).)";

constexpr const char* kInspectFooter = R"(
Examples:
  roofbeam inspect model.onnx
  roofbeam inspect model.onnx --dim batch=4 --format csv -o layers.csv
  roofbeam inspect model.onnx --strict)";

constexpr const char* kOperatorsFooter = R"(
Examples:
  roofbeam operators
  roofbeam operators --domain ai.onnx.ml --format json)";

constexpr const char* kPlatformsFooter = R"(
Examples:
  roofbeam platforms list
  roofbeam platforms cores
  roofbeam platforms show cortex-m7
  roofbeam platforms show cortex-m7 --yaml > my-board.yaml
  roofbeam platforms check my-board.yaml)";

constexpr const char* kRuntimesFooter = R"(
Examples:
  roofbeam runtimes list
  roofbeam runtimes show ncnn)";

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
  roofbeam predict model.onnx -p raspberry-pi-4b --runtime ncnn --calibration overlay.yaml

The table on standard error is about networks that the calibration did not see: each is left out
once.)";

constexpr const char* kScaleFooter = R"(
Examples:
  roofbeam scale on_my_laptop.csv --networks networks --to raspberry-pi-5
  roofbeam scale table.csv --networks networks --to my-board.yaml --measured there.csv --known resnet18,mobilenet_v2)";

constexpr const char* kFooter = R"(
Examples:
  roofbeam predict model.onnx
  roofbeam inspect model.onnx
  roofbeam platforms list

'roofbeam COMMAND --help' says more about each.)";

// One value for each time the option is given, so that what follows is not swallowed.
void repeatable(CLI::Option* option) { option->allow_extra_args(false)->take_all(); }

void add_model_options(CLI::App& app, ModelOptions& options) {
  app.add_option("model", options.model, "ONNX file")->required()->type_name("MODEL.onnx");
  repeatable(app.add_option("--dim", options.dims, "Value of a symbolic dimension (repeatable)")
                 ->type_name("NAME=N"));
  repeatable(app.add_option("--trips", options.trips, "How often a loop runs (repeatable)")
                 ->type_name("LOOP=N"));
  app.add_option("--format", options.format, "table, json or csv")
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->type_name("FORMAT")
      ->capture_default_str();
  app.add_option("-o,--output", options.output, "Write the result to this file")->type_name("FILE");
  app.add_flag("--strict", options.strict, "Operators without a model are an error");
}

void add_calibration(CLI::App& app, std::string& file) {
  app.add_option("--calibration", file, "Overlay that 'roofbeam calibrate' wrote")
      ->type_name("FILE");
}

void add_run_options(CLI::App& app, Predict& options) {
  app.add_option("--engine", options.engine, "Engine; default: each platform's first")
      ->type_name("NAME");
  app.add_option("--runtime", options.runtime,
                 "Runtime by name or YAML file; default: the engine's")
      ->type_name("NAME");
  app.add_option("--precision", options.precision,
                 "fp32, fp16, bf16, int16, int8, int4; default: the runtime's first")
      ->type_name("WORD");
  app.add_option("--batch", options.batch, "Times the network's own batch; default: 1")
      ->type_name("N");
  app.add_option("--threads", options.threads, "Default: the engine's cores")->type_name("N");
  add_calibration(app, options.calibration);
  repeatable(app.add_option("--set", options.settings, "Change any number (repeatable)")
                 ->type_name("PATH=VALUE"));
}

void add_predict(CLI::App& app, Predict& options, Command& command) {
  CLI::App* sub = app.add_subcommand("predict", "Forecast latency, energy and memory");
  add_model_options(*sub, options.model);
  CLI::Option* platforms =
      sub->add_option("-p,--platform", options.platforms,
                      "Platform by name or YAML file, comma separated (repeatable)");
  repeatable(platforms->delimiter(',')->type_name("NAME")->capture_default_str());
  add_run_options(*sub, options);
  sub->add_option("--layers-of", options.layers_of, "Platform whose layers the table shows")
      ->type_name("PLATFORM");
  sub->add_option("--top", options.top, "How many of the costliest layers the table shows")
      ->type_name("N")
      ->capture_default_str();
  sub->footer(kPredictFooter);
  sub->callback([&] { command = options; });
}

void add_inspect(CLI::App& app, Inspect& options, Command& command) {
  CLI::App* sub = app.add_subcommand("inspect", "Layers, shapes, MACs and parameters of a network");
  add_model_options(*sub, options.model);
  sub->footer(kInspectFooter);
  sub->callback([&] { command = options; });
}

void add_operators(CLI::App& app, Operators& options, Command& command) {
  CLI::App* sub = app.add_subcommand("operators", "Operators that are modelled, and how");
  sub->add_option("--domain", options.domain, "Only of this domain; ONNX's own is ai.onnx")
      ->type_name("DOMAIN");
  sub->add_option("--format", options.format, "table, json or markdown")
      ->check(CLI::IsMember({"table", "json", "markdown"}))
      ->type_name("FORMAT")
      ->capture_default_str();
  sub->footer(kOperatorsFooter);
  sub->callback([&] { command = options; });
}

void add_format(CLI::App& app, std::string& format) {
  app.add_option("--format", format, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->type_name("FORMAT")
      ->capture_default_str();
}

struct PlatformsOptions {
  PlatformsList list;
  PlatformsShow show;
  PlatformsCheck check;
};

void add_platforms(CLI::App& app, PlatformsOptions& options, Command& command) {
  CLI::App* group = app.add_subcommand("platforms", "The hardware that is described");
  group->require_subcommand(1)->footer(kPlatformsFooter);

  CLI::App* list = group->add_subcommand("list", "All platforms of the catalogue");
  add_format(*list, options.list.format);
  list->callback([&] { command = options.list; });

  group->add_subcommand("cores", "All core types that descriptors build on")->callback([&] {
    command = PlatformsCores{};
  });

  CLI::App* show = group->add_subcommand("show", "One platform and what follows from it");
  show->add_option("name", options.show.name, "Name or YAML file")->required()->type_name("NAME");
  add_format(*show, options.show.format);
  show->add_flag("--yaml", options.show.yaml, "The descriptor as it stands, with every source");
  show->callback([&] { command = options.show; });

  CLI::App* check = group->add_subcommand("check", "Read descriptors and complain precisely");
  check->add_option("files", options.check.files, "YAML files")->required()->type_name("FILE");
  check->callback([&] { command = options.check; });
}

void add_runtimes(CLI::App& app, RuntimesShow& options, Command& command) {
  CLI::App* group = app.add_subcommand("runtimes", "The software that is described");
  group->require_subcommand(1)->footer(kRuntimesFooter);
  group->add_subcommand("list", "All runtimes of the catalogue")->callback([&] {
    command = RuntimesList{};
  });
  CLI::App* show = group->add_subcommand("show", "One runtime and its kernels");
  show->add_option("name", options.name, "Name or YAML file")->required()->type_name("NAME");
  show->add_flag("--yaml", options.yaml, "The profile as it stands, with every source");
  show->callback([&] { command = options; });
}

void add_measured_options(CLI::App& app, MeasuredOptions& options) {
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
  app.add_option("-o,--output", options.output, "Write the result to this file")->type_name("FILE");
}

void add_validate(CLI::App& app, Validate& options, Command& command) {
  CLI::App* sub = app.add_subcommand("validate", "Forecasts beside measurements");
  add_measured_options(*sub, options.measured);
  add_calibration(*sub, options.calibration);
  sub->add_option("--format", options.format, "table, json or csv")
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->type_name("FORMAT");
  sub->add_option("--outliers", options.outliers, "How many outliers the table shows")
      ->type_name("N");
  sub->footer(kValidateFooter);
  sub->callback([&] { command = options; });
}

void add_calibrate(CLI::App& app, Calibrate& options, Command& command) {
  CLI::App* sub = app.add_subcommand("calibrate", "Fit forecasts to measurements on a device");
  add_measured_options(*sub, options.measured);
  sub->footer(kCalibrateFooter);
  sub->callback([&] { command = options; });
}

void add_scale(CLI::App& app, Scale& options, Command& command) {
  CLI::App* sub = app.add_subcommand("scale", "Measured on one machine, forecast on another");
  add_measured_options(*sub, options.measured);
  sub->add_option("--to", options.to, "Platform that is asked for")->required()->type_name("NAME");
  sub->add_option("--to-engine", options.to_engine, "Its engine; default: the first")
      ->type_name("NAME");
  sub->add_option("--measured", options.to_measured,
                  "Measurements there, to compare and learn from")
      ->type_name("FILE");
  sub->add_option("--known", options.known, "Networks whose measurement there may be used")
      ->delimiter(',')
      ->type_name("NAME,..");
  sub->add_option("--format", options.format, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->type_name("FORMAT");
  sub->footer(kScaleFooter);
  sub->callback([&] { command = options; });
}

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
  Predict predict;
  Inspect inspect;
  Operators operators;
  PlatformsOptions platforms;
  RuntimesShow runtimes;
  add_predict(app, predict, command);
  add_inspect(app, inspect, command);
  add_operators(app, operators, command);
  add_platforms(app, platforms, command);
  add_runtimes(app, runtimes, command);
  Validate validate;
  Calibrate calibrate;
  Scale scale;
  add_validate(app, validate, command);
  add_calibrate(app, calibrate, command);
  add_scale(app, scale, command);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Finished{app.exit(error, std::cout, std::cerr) == 0 ? 0 : 2};
  }
  return command;
}

}  // namespace roofbeam::app
