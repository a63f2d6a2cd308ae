#include <fmt/format.h>

#include <algorithm>

#include "app/commands.hpp"
#include "app/gnuplot.hpp"
#include "app/measured.hpp"
#include "app/model.hpp"
#include "app/platform_forecasts.hpp"
#include "app/scenario_cases.hpp"
#include "core/input_error.hpp"
#include "reports/plots/case_charts.hpp"
#include "reports/plots/charts.hpp"
#include "scenarios/calibration_file.hpp"
#include "scenarios/case_csv.hpp"

namespace roofbeam::app {
namespace {

Plot chart_of(const PlotPrediction& command, const Prediction& prediction) {
  if (command.chart == "layers") return layers_plot(prediction, command.top);
  if (command.chart == "memory") return memory_plot(prediction);
  return roofline_plot(prediction);
}

bool is_scenario(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

Plot pareto_of(const CaseTable& table, const std::string& text) {
  if (text.empty() && table.objectives.size() >= 2) {
    return pareto_plot(table, table.objectives[0], table.objectives[1]);
  }
  const auto objectives = parse_objectives(text.empty() ? "min latency, max accuracy" : text);
  if (objectives.size() != 2) {
    throw InputError(fmt::format(
        "--objectives '{}': a chart has two, across and up, such as \"min latency, max accuracy\"",
        text));
  }
  return pareto_plot(table, objectives[0], objectives[1]);
}

std::vector<Metric> metrics_named(const std::string& text) {
  std::vector<Metric> metrics;
  if (text.empty()) {
    metrics = {Metric::latency, Metric::accuracy, Metric::size, Metric::energy, Metric::memory};
  } else {
    for (const auto& objective : parse_objectives(text)) metrics.push_back(objective.metric);
  }
  return metrics;
}

std::size_t row_of(const CaseTable& table, std::size_t index) {
  const auto wanted = static_cast<std::int64_t>(index);
  const auto found = std::find(table.index.begin(), table.index.end(), wanted);
  if (found == table.index.end()) {
    throw InputError(fmt::format("--case {}: the table has no case of this index", index));
  }
  return static_cast<std::size_t>(found - table.index.begin());
}

constexpr std::size_t kFirstCases = 5;

Plot radar_of(const CaseTable& table, const PlotCases& command) {
  std::vector<std::size_t> rows;
  for (const auto index : command.cases) rows.push_back(row_of(table, index));
  for (std::size_t row = 0; command.cases.empty() && row < table.rows(); ++row) {
    if (rows.size() < kFirstCases) rows.push_back(row);
  }
  return radar_plot(table, rows, metrics_named(command.metrics));
}

}  // namespace

int run(const PlotCases& command) {
  const CaseTable table = is_scenario(command.cases_from)
                              ? forecast_cases({command.cases_from, {}, {}, {}})
                              : read_case_csv(command.cases_from);
  draw(command.chart == "radar" ? radar_of(table, command) : pareto_of(table, command.objectives),
       command.image, command.keep);
  return 0;
}

int run(const PlotPrediction& command) {
  PlatformForecasts forecasts(command.predict);
  const Network network = import_model(command.predict.model);
  draw(chart_of(command, forecasts.all(network).front()), command.image, command.keep);
  return 0;
}

int run(const PlotValidation& command) {
  ForecastOptions how = forecast_options(command.validate.measured);
  if (!command.validate.calibration.empty()) {
    how.calibrations = load_calibrations(command.validate.calibration);
  }
  const Validation validation = validate(forecast_all(command.validate.measured, how));
  draw(validation_plot(validation), command.image, command.keep);
  return 0;
}

}  // namespace roofbeam::app
