#include "app/options.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kPredictFooter = R"(
Examples:
  roofbeam predict model.onnx
  roofbeam predict model.onnx -p cortex-m7 --precision int8
  roofbeam predict model.onnx -p apple-m1,xbox-series-s --engine gpu --batch 8
  roofbeam predict model.onnx -p my-board.yaml --set memory.DRAM.bandwidth="34 GB/s"
  roofbeam predict model.onnx --dim sequence=128 --format json -o forecast.json
  roofbeam predict model.onnx --rewrite width=0.75 --rewrite resolution=160
  roofbeam predict model.onnx -p apple-m1 --annotate annotated.onnx
  roofbeam predict model.onnx -p apple-m1 --format trace -o timeline.json
  roofbeam predict model.onnx --report forecast.html

--set PATH=VALUE writes into the platform (platform.PATH or just PATH), the runtime (runtime.PATH)
or the run (run.batch, run.threads, run.precision, run.fusion). Netron shows an annotated model's
figures node by node; Perfetto opens the trace.)";

constexpr const char* kInspectFooter = R"(
Examples:
  roofbeam inspect model.onnx
  roofbeam inspect model.onnx --dim batch=4 --format csv -o layers.csv
  roofbeam inspect model.onnx --rewrite "prune={channels: 50 %, layers: 'block*'}"
  roofbeam inspect model.onnx --strict)";

void add_predict(CLI::App& app, Command& command) {
  auto options = std::make_shared<Predict>();
  CLI::App* sub = app.add_subcommand("predict", "Forecast latency, energy and memory");
  add_model(*sub, options->model);
  add_model_options(*sub, options->model, {"table", "markdown", "json", "csv", "trace"});
  CLI::Option* platforms =
      sub->add_option("-p,--platform", options->platforms,
                      "Platform by name or YAML file, comma separated (repeatable)");
  repeatable(platforms->delimiter(',')->type_name("NAME")->capture_default_str());
  add_run_options(*sub, *options);
  add_report(*sub, options->report);
  sub->add_option("--layers-of", options->layers_of, "Platform whose layers the table shows")
      ->type_name("PLATFORM");
  sub->add_option("--top", options->top, "How many of the costliest layers the table shows")
      ->type_name("N")
      ->capture_default_str();
  sub->add_option("--annotate", options->annotate,
                  "Write a copy of the model with the forecast on each node")
      ->type_name("OUT.onnx");
  sub->add_flag("--utilisation", options->utilisation,
                "The table also says how far engines, caches and bandwidths are used");
  sub->footer(kPredictFooter);
  sub->callback([options, &command] { command = *options; });
}

void add_inspect(CLI::App& app, Command& command) {
  auto options = std::make_shared<Inspect>();
  CLI::App* sub = app.add_subcommand("inspect", "Layers, shapes, MACs and parameters of a network");
  add_model(*sub, options->model);
  add_model_options(*sub, options->model, {"table", "markdown", "json", "csv"});
  sub->footer(kInspectFooter);
  sub->callback([options, &command] { command = *options; });
}

}  // namespace

void add_model(CLI::App& app, ModelOptions& options) {
  app.add_option("model", options.model, "ONNX file")->required()->type_name("MODEL.onnx");
}

void add_network_options(CLI::App& app, ModelOptions& options) {
  repeatable(app.add_option("--dim", options.dims, "Value of a symbolic dimension (repeatable)")
                 ->type_name("NAME=N"));
  repeatable(app.add_option("--trips", options.trips, "How often a loop runs (repeatable)")
                 ->type_name("LOOP=N"));
  add_rewrites(app, options.rewrites);
}

void add_model_options(CLI::App& app, ModelOptions& options,
                       const std::vector<std::string>& formats) {
  add_network_options(app, options);
  app.add_flag("--strict", options.strict, "Operators without a model are an error");
  add_format(app, options.format, formats);
  add_output(app, options.output);
}

void add_run_options(CLI::App& app, RunOptions& options) {
  app.add_option("--engine", options.engine, "Engine; default: the platform's first")
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
  add_settings(app, options.settings);
}

void add_forecast_commands(CLI::App& app, Command& command) {
  add_predict(app, command);
  add_inspect(app, command);
}

}  // namespace roofbeam::app
