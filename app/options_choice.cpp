#include "app/options.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kFrontierFooter = R"(
Examples:
  roofbeam frontier cases.csv --objectives "min latency_s, max accuracy"
  roofbeam frontier measured.csv --objectives "min ms, min mJ, max top 1" --row 7
  roofbeam frontier cases.csv --objectives latency_s,energy_j --format csv -o frontier.csv
  roofbeam frontier cases.csv --objectives latency_s,energy_j --report frontier.html

A row stays if no other is at least as good in every objective and better in one. Rows with an empty
cell in an objective are left out. docs/frontier.md defines frontier, knee and hypervolume.)";

void add_frontier(CLI::App& app, Command& command) {
  auto options = std::make_shared<FrontierOf>();
  CLI::App* sub = app.add_subcommand("frontier", "Which rows of a table no other row beats");
  sub->add_option("file", options->file, "CSV, a row a case")->required()->type_name("TABLE.csv");
  sub->add_option("--objectives", options->objectives, "Columns, each with min or max")
      ->required()
      ->type_name("LIST");
  repeatable(sub->add_option("--row", options->rows, "Say what beats this row (repeatable)")
                 ->type_name("N"));
  sub->add_option("--reference", options->reference,
                  "Reference point of the hypervolume; default: the worst of all rows")
      ->delimiter(',')
      ->type_name("A,B,..");
  sub->add_flag("--hypervolume", options->hypervolume, "Compute it however long it takes");
  sub->add_option("--top", options->top, "How many points the table shows")
      ->type_name("N")
      ->capture_default_str();
  add_format(*sub, options->format, {"table", "markdown", "json", "csv"});
  add_output(*sub, options->output);
  add_report(*sub, options->report);
  sub->footer(kFrontierFooter);
  sub->callback([options, &command] { command = *options; });
}

constexpr const char* kRecommendFooter = R"(
Examples:
  roofbeam recommend ship.yaml
  roofbeam recommend ship.yaml --for latency --require "accuracy >= 70 %, memory < 512 KiB"
  roofbeam recommend ship.yaml --weights latency=2,accuracy=1 --each platform
  roofbeam recommend --table cases.csv --order accuracy,latency --tolerance "1 %"
  roofbeam recommend ship.yaml --report choice.html

Without --for, --weights or --order the scenario's objectives weigh the same. docs/recommend.md says
how cases are weighed, and how sure the answer is.)";

void add_recommend(CLI::App& app, Command& command) {
  auto options = std::make_shared<Recommend>();
  CLI::App* sub = app.add_subcommand("recommend", "Which case to choose, and how sure that is");
  auto* scenario = sub->add_option("scenario", options->scenario, "Scenario file");
  auto* table = sub->add_option("--table", options->table, "Cases as CSV, as sweep writes it");
  scenario->type_name("SCENARIO.yaml")->excludes(table->type_name("FILE.csv"));
  repeatable(sub->add_option("--require", options->requirements,
                             "What a case must meet: \"latency <= 33 ms\" (repeatable)")
                 ->type_name("LIST"));
  add_settings(*sub, options->settings);
  add_calibration(*sub, options->calibration);
  auto* wanted = sub->add_option("--for", options->wanted, "balanced or a metric, such as latency");
  auto* weights = sub->add_option("--weights", options->weights, "Metrics and what each counts");
  auto* order = sub->add_option("--order", options->order, "Metrics, one after another");
  wanted->type_name("METRIC")->capture_default_str()->excludes(weights)->excludes(order);
  weights->type_name("METRIC=N,..")->excludes(order);
  order->type_name("METRIC,..");
  sub->add_option("--tolerance", options->tolerance, "Of --order: so near the best is as good")
      ->type_name("SHARE")
      ->capture_default_str();
  sub->add_option("--each", options->each, "An answer for each value of this axis")
      ->type_name("AXIS");
  sub->add_option("--top", options->top, "How many cases are ranked")
      ->type_name("N")
      ->capture_default_str();
  sub->add_option("--out", options->missed, "How many of the cases that are out are explained")
      ->type_name("N")
      ->capture_default_str();
  add_format(*sub, options->format, {"table", "markdown", "json"});
  add_output(*sub, options->output);
  add_report(*sub, options->report);
  sub->footer(kRecommendFooter);
  sub->callback([options, &command] { command = *options; });
}

}  // namespace

void add_choice_commands(CLI::App& app, Command& command) {
  add_frontier(app, command);
  add_recommend(app, command);
}

}  // namespace roofbeam::app
