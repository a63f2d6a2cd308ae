#include "app/options.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kSolveFooter = R"(
Examples:
  roofbeam solve "latency <= 33 ms" model.onnx -p cortex-a78 --vary memory.DRAM.bandwidth
  roofbeam solve "latency <= 100 ms" model.onnx -p cortex-m7 --vary "engines.cpu.clock=100 MHz..1 GHz"
  roofbeam solve "memory <= 64 MiB" model.onnx -p raspberry-pi-5 --vary run.batch
  roofbeam solve "latency <= 5 ms" model.onnx -p cortex-a78 --vary network.resolution=96,128,160,224
  roofbeam solve fits model.onnx -p cortex-m7 --vary memory.SRAM.size
  roofbeam solve "latency <= 50 ms" model.onnx -p cortex-a78 --vary run.threads --minimise energy
  roofbeam solve "latency <= 20 ms, energy <= 30 mJ" model.onnx --vary run.precision=fp32,fp16,int8
  roofbeam solve "latency <= 10 ms" model.onnx --vary platform=raspberry-pi-4,raspberry-pi-5,apple-m1
  roofbeam solve "latency <= 33 ms" model.onnx --vary memory.DRAM.bandwidth --report answer.html

Requirements are METRIC < <= > >= VALUE and 'fits', separated by commas. --vary takes the path of any
number of the platform, the runtime (runtime.PATH) or the run (run.batch, run.threads), or a rewrite of
the network (network.KEY), alone, with a range FROM..TO or with a list; lists may be words, also of
run.precision, platform, engine, runtime.)";

constexpr const char* kExplainFooter = R"(
Examples:
  roofbeam explain model.onnx -p cortex-a78
  roofbeam explain model.onnx -p cortex-m7 --precision int8 --top 30
  roofbeam explain model.onnx -p my-board.yaml --format csv -o numbers.csv

An elasticity of -0.8 says that 1 % more of the number makes the latency 0.8 % less.)";

constexpr const char* kCompareFooter = R"(
Examples:
  roofbeam compare before.onnx after.onnx -p cortex-a78
  roofbeam compare model.onnx -p raspberry-pi-4 --against raspberry-pi-5
  roofbeam compare model.onnx -p cortex-a78 --b-precision int8
  roofbeam compare model.onnx -p cortex-a78 --b-set memory.DRAM.bandwidth="30 GB/s"
  roofbeam compare model.onnx -p cortex-a78 --b-rewrite width=0.75
  roofbeam compare before.json after.json --format markdown
  roofbeam compare before.json after.onnx --fail-on "latency > +5 %" --fail-on "memory > 64 MiB"

A and B are ONNX models or what 'predict --format json' wrote; a model beside such a file is forecast
as the file's forecasts were. B is as A but for what --b-... says.
--fail-on takes '[layer] METRIC > BOUND': +5 % and -5 % of A, +2 ms more than A, or 33 ms for B itself.)";

void add_subject(CLI::App& app, SubjectArguments& subject,
                 const std::vector<std::string>& formats) {
  app.add_option("-p,--platform,--on", subject.platform,
                 "Platform by name or YAML file; default: apple-m1")
      ->type_name("NAME");
  add_run_options(app, subject);
  add_model_options(app, subject.model, formats);
}

void add_solve(CLI::App& app, Command& command) {
  auto options = std::make_shared<Solve>();
  CLI::App* sub = app.add_subcommand("solve", "Which value of a number meets a requirement");
  sub->add_option("question", options->question, "Requirements: \"latency <= 33 ms, fits\"")
      ->required()
      ->type_name("QUESTION");
  add_model(*sub, options->subject.model);
  sub->add_option("--vary", options->vary, "What may change, and how far")
      ->required()
      ->type_name("PATH[=VALUES]");
  auto* smallest =
      sub->add_flag("--smallest", options->smallest, "The smallest value that meets it");
  auto* largest = sub->add_flag("--largest", options->largest, "The largest one");
  auto* best = sub->add_option("--minimise", options->best,
                               "The best one, such as energy or 'max throughput'");
  best->type_name("METRIC");
  smallest->excludes(largest);
  best->excludes(smallest)->excludes(largest);
  sub->add_option("--sure", options->sure, "Probability of the second answer, in per cent")
      ->type_name("N")
      ->capture_default_str();
  sub->add_option("--digits", options->digits, "Significant digits of the answer")
      ->type_name("N")
      ->capture_default_str();
  sub->add_option("--points", options->points, "How many values the scan tries")
      ->type_name("N")
      ->capture_default_str();
  add_subject(*sub, options->subject, {"table", "markdown", "json", "csv"});
  add_report(*sub, options->report);
  sub->footer(kSolveFooter);
  sub->callback([options, &command] { command = *options; });
}

void add_explain(CLI::App& app, Command& command) {
  auto options = std::make_shared<Explain>();
  CLI::App* sub = app.add_subcommand("explain", "What a forecast hangs on, and what bounds it");
  add_model(*sub, options->subject.model);
  add_subject(*sub, options->subject, {"table", "markdown", "json", "csv"});
  add_report(*sub, options->report);
  sub->add_option("--top", options->top, "How many layers and numbers are shown")
      ->type_name("N")
      ->capture_default_str();
  sub->footer(kExplainFooter);
  sub->callback([options, &command] { command = *options; });
}

void add_side_b(CLI::App& app, Compare& options) {
  app.add_option("--against,--b-platform", options.b_platform, "B's platform")->type_name("NAME");
  app.add_option("--b-engine", options.b_engine, "B's engine")->type_name("NAME");
  app.add_option("--b-runtime", options.b_runtime, "B's runtime")->type_name("NAME");
  app.add_option("--b-precision", options.b_precision, "B's precision")->type_name("WORD");
  app.add_option("--b-batch", options.b_batch, "B's batch")->type_name("N");
  app.add_option("--b-threads", options.b_threads, "B's threads")->type_name("N");
  repeatable(app.add_option("--b-set", options.b_settings, "Change any number of B's (repeatable)")
                 ->type_name("PATH=VALUE"));
  repeatable(app.add_option("--b-rewrite", options.b_rewrites, "Change B's network (repeatable)")
                 ->type_name("KEY=VALUE"));
}

void add_compare(CLI::App& app, Command& command) {
  auto options = std::make_shared<Compare>();
  CLI::App* sub = app.add_subcommand("compare", "Two forecasts layer by layer");
  sub->add_option("a", options->a.model.model, "ONNX file or JSON of predict")
      ->required()
      ->type_name("A");
  sub->add_option("b", options->b, "Likewise; default: A's model")->type_name("B");
  add_subject(*sub, options->a, {"table", "markdown", "json", "csv"});
  add_side_b(*sub, *options);
  repeatable(
      sub->add_option("--fail-on", options->fail_on, "Exit status 3 if this holds (repeatable)")
          ->type_name("BOUND"));
  add_report(*sub, options->report);
  sub->add_option("--top", options->top, "How many of the layers that differ most are shown")
      ->type_name("N")
      ->capture_default_str();
  sub->footer(kCompareFooter);
  sub->callback([options, &command] { command = *options; });
}

}  // namespace

void add_whatif_commands(CLI::App& app, Command& command) {
  add_solve(app, command);
  add_explain(app, command);
  add_compare(app, command);
}

}  // namespace roofbeam::app
