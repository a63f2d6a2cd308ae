#include "app/options.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kFooter = R"(
Examples:
  roofbeam audit claims.yaml
  roofbeam audit claims.yaml --all --format markdown -o audit.md
  roofbeam audit claims.yaml --strict
  roofbeam audit --before "128 ms" --after "76 ms" --stated "33 %" --as speed-up
  roofbeam audit --before "23.52 MB" --after "2.59 MB" --stated 9.08x --from fp32 --to int8
  roofbeam audit --flops "612.75 M" --latency "3.5 ms" --compute "50 GFLOP/s"
  roofbeam audit --macs 306M --latency "3.5 ms" --energy "35 mJ" --budget "5 W"
  roofbeam audit --parameters 2.27M --size "26.39 MB" --precision fp32
  roofbeam audit --needs "0.53 MB" --in "512 KB"

docs/claims_schema.md says how a claims file is written, --checks what is checked.)";

void add_statement(CLI::App& app, AuditStatement& statement) {
  struct Row {
    const char* name;
    std::string* value;
    const char* text;
  };
  const Row rows[] = {
      {"--flops", &statement.flops, "FLOPs of one inference"},
      {"--macs", &statement.macs, "MACs of one inference, two FLOPs each"},
      {"--parameters", &statement.parameters, "Parameters"},
      {"--size", &statement.size, "Size of the file"},
      {"--precision", &statement.precision, "Precision of the file, and of the run"},
      {"--onnx", &statement.onnx, "ONNX file to take counts from"},
      {"--latency", &statement.latency, "Latency of one inference"},
      {"--energy", &statement.energy, "Energy of one inference"},
      {"--compute", &statement.compute, "Stated peak of the machine"},
      {"--bandwidth", &statement.bandwidth, "Stated bandwidth of its memory"},
      {"--budget", &statement.budget, "Stated power budget"},
      {"--platform", &statement.platform, "Platform that the machine is"},
      {"--before", &statement.before, "Value before a change"},
      {"--after", &statement.after, "Value after it"},
      {"--stated", &statement.stated, "The change as stated: 33 %, 9.08x"},
      {"--as", &statement.as,
       "What it is: reduction, increase, speed-up, kept, points, difference; default: any that "
       "fits"},
      {"--from", &statement.from, "Precision before, if that is the cause"},
      {"--to", &statement.to, "Precision after"},
      {"--needs", &statement.needs, "Size of what is said to fit"},
      {"--in", &statement.room, "The room for it"},
  };
  for (const Row& row : rows) {
    app.add_option(row.name, *row.value, row.text)
        ->type_name("VALUE")
        ->group("Numbers without a file");
  }
}

}  // namespace

void add_audit_command(CLI::App& app, Command& command) {
  auto options = std::make_shared<Audit>();
  CLI::App* sub = app.add_subcommand("audit", "Check stated numbers for arithmetic and physics");
  sub->add_option("files", options->files, "Claims files")->type_name("CLAIMS.yaml");
  sub->add_flag("--all", options->all, "The table shows what holds, too");
  sub->add_flag("--strict", options->strict, "Exit status 3 if something does not hold");
  sub->add_flag("--checks", options->checks, "List the checks");
  add_format(*sub, options->format, {"table", "markdown", "json", "csv"});
  add_output(*sub, options->output);
  add_report(*sub, options->report);
  add_statement(*sub, options->statement);
  sub->footer(kFooter);
  sub->callback([options, &command] { command = *options; });
}

}  // namespace roofbeam::app
