#include "app/options.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kPlotFooter = R"(
Examples:
  roofbeam plot roofline model.onnx -p apple-m1 -o roofline.svg
  roofbeam plot layers model.onnx -p cortex-m7 --top 20 -o layers.pdf
  roofbeam plot memory model.onnx -p cortex-m7 -o memory.png
  roofbeam plot validation mine.csv --networks networks -o validation.pdf --keep
  roofbeam plot pareto scenario.yaml -o pareto.pdf
  roofbeam sweep scenario.yaml --keep-all --format csv -o cases.csv    # forecast once, draw often
  roofbeam plot pareto cases.csv --objectives "min size, min energy" -o sizes.pdf
  roofbeam plot radar cases.csv --case 3,17,42 -o radar.svg

gnuplot draws them. --keep leaves its script and tables beside the image, to be changed by hand.)";

void add_image(CLI::App& app, std::string& image, bool& keep) {
  app.add_option("-o,--output", image, "The image; its ending says the format: svg, pdf or png")
      ->required()
      ->type_name("FILE");
  app.add_flag("--keep", keep, "Also leave gnuplot's script and tables beside the image");
}

void add_prediction_chart(CLI::App& group, const std::string& chart, const std::string& what,
                          Command& command) {
  auto options = std::make_shared<PlotPrediction>();
  options->chart = chart;
  options->predict.platforms = {"apple-m1"};
  CLI::App* sub = group.add_subcommand(chart, what);
  add_model(*sub, options->predict.model);
  add_network_options(*sub, options->predict.model);
  sub->add_option("-p,--platform", options->predict.platforms, "Platform by name or YAML file")
      ->expected(1)
      ->type_name("NAME")
      ->capture_default_str();
  add_run_options(*sub, options->predict);
  if (chart == "layers") {
    sub->add_option("--top", options->top, "How many of the costliest calls have a bar")
        ->check(CLI::Range(1, 200))
        ->type_name("N")
        ->capture_default_str();
  }
  add_image(*sub, options->image, options->keep);
  sub->callback([options, &command] { command = *options; });
}

void add_validation_chart(CLI::App& group, Command& command) {
  auto options = std::make_shared<PlotValidation>();
  CLI::App* sub = group.add_subcommand("validation", "Forecasts over measurements");
  add_measurements(*sub, options->validate.measured);
  add_calibration(*sub, options->validate.calibration);
  add_image(*sub, options->image, options->keep);
  sub->callback([options, &command] { command = *options; });
}

void add_case_chart(CLI::App& group, const std::string& chart, const std::string& what,
                    Command& command) {
  auto options = std::make_shared<PlotCases>();
  options->chart = chart;
  CLI::App* sub = group.add_subcommand(chart, what);
  sub->add_option("cases", options->cases_from,
                  "A scenario (.yaml), or a CSV of cases as 'roofbeam sweep' writes it")
      ->required()
      ->type_name("FILE");
  if (chart == "pareto") {
    sub->add_option("--objectives", options->objectives,
                    "Two: across, and up; default: the scenario's first, or min latency, max "
                    "accuracy")
        ->type_name("X,Y");
  } else {
    sub->add_option("--metrics", options->metrics, "Three or more; default: all that are known")
        ->type_name("METRIC,..");
    sub->add_option("--case", options->cases, "Cases by their index; default: the first few")
        ->delimiter(',')
        ->type_name("N,..");
  }
  add_image(*sub, options->image, options->keep);
  sub->callback([options, &command] { command = *options; });
}

}  // namespace

void add_plot_commands(CLI::App& app, Command& command) {
  CLI::App* group = app.add_subcommand("plot", "Charts for papers and slides");
  group->require_subcommand(1)->footer(kPlotFooter);
  add_prediction_chart(*group, "roofline", "Kernel calls under the engine's roofs", command);
  add_prediction_chart(*group, "layers", "The costliest kernel calls", command);
  add_prediction_chart(*group, "memory", "Where activations lie, and when", command);
  add_validation_chart(*group, command);
  add_case_chart(*group, "pareto", "Cases by two metrics, and which no other beats", command);
  add_case_chart(*group, "radar", "A few cases by several metrics", command);
}

}  // namespace roofbeam::app
