#include "app/options.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kSweepFooter = R"(
Examples:
  roofbeam sweep scenarios/examples/ship-mobilenet.yaml
  roofbeam sweep ship.yaml --dry-run
  roofbeam sweep ship.yaml --require "latency <= 33 ms" --objectives "min latency,max accuracy"
  roofbeam sweep ship.yaml --keep-all --format csv -o cases.csv
  roofbeam sweep large.yaml --resume large.resume
  roofbeam sweep large.yaml --shard 1/2 -o a.part     (elsewhere: --shard 2/2 -o b.part)
  roofbeam sweep large.yaml --merge a.part,b.part
  roofbeam sweep model.onnx -p cortex-a78 --vary "memory.DRAM.bandwidth=10..100 GB/s:20"

docs/scenario_schema.md says what a scenario file holds, docs/sweep.md what comes out. Without
--keep-all the cases of the frontier are written; memory does not grow with the number of cases.
A report has all cases if there are at most 50,000.)";

}  // namespace

void add_sweep_commands(CLI::App& app, Command& command) {
  auto options = std::make_shared<Sweep>();
  CLI::App* sub = app.add_subcommand("sweep", "Every case of a scenario, and which are best");
  sub->add_option("scenario", options->scenario, "Scenario file, or a network to vary")
      ->required()
      ->type_name("FILE");
  sub->add_flag("--dry-run", options->dry_run, "Count and list the cases, forecast nothing");
  sub->add_flag("--keep-all", options->keep_all, "Write all cases, not the frontier alone");
  sub->add_option("--objectives", options->objectives, "Instead of the scenario's")
      ->type_name("\"min METRIC,..\"");
  repeatable(
      sub->add_option("--require", options->requirements, "Besides the scenario's (repeatable)")
          ->type_name("\"METRIC <= VALUE\""));
  repeatable(sub->add_option("--vary", options->vary, "One more axis (repeatable)")
                 ->type_name("PATH=VALUES"));
  sub->add_option("-p,--platforms", options->platforms, "Instead of the scenario's")
      ->delimiter(',')
      ->type_name("NAME,..");
  add_settings(*sub, options->settings);
  add_calibration(*sub, options->calibration);
  sub->add_option("--resume", options->resume,
                  "Go on from this file if it is there, and keep in it what is done")
      ->type_name("FILE");
  sub->add_option("--shard", options->shard,
                  "Only this part of the cases; writes a file for --merge")
      ->type_name("I/N");
  sub->add_option("--merge", options->merge, "The result of the files that all shards wrote")
      ->delimiter(',')
      ->type_name("FILE,..");
  sub->add_option("--threads", options->threads, "Of this machine; default: all")->type_name("N");
  add_format(*sub, options->format, {"table", "markdown", "csv", "json", "columns"});
  sub->add_option("--top", options->top, "How many cases the table shows")->type_name("N");
  add_output(*sub, options->output);
  add_report(*sub, options->report);
  sub->footer(kSweepFooter);
  sub->callback([options, &command] { command = *options; });
}

}  // namespace roofbeam::app
