#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/pipeline_views.hpp"

namespace roofbeam {
namespace {

constexpr std::array kShown = {Metric::size, Metric::latency, Metric::energy, Metric::memory,
                               Metric::accuracy};

std::size_t index(Metric metric) { return static_cast<std::size_t>(metric); }

std::vector<Metric> known_metrics(const Pipeline& pipeline) {
  std::vector<Metric> metrics;
  for (const Metric metric : kShown) {
    const bool known = std::ranges::any_of(pipeline.stages, [&](const PipelineStage& stage) {
      return !std::isnan(stage.metrics[metric]);
    });
    if (known) metrics.push_back(metric);
  }
  return metrics;
}

// "x 0.25"; of the accuracy "-1.2 points".
std::string change(Metric metric, double value) {
  if (std::isnan(value)) return "";
  if (metric == Metric::accuracy) {
    return value == 0 ? "same" : fmt::format("{:+.2f} points", 100 * value);
  }
  return value == 1 ? "same" : fmt::format("x {:.3g}", value);
}

Table stages_table(const Pipeline& pipeline, const std::vector<Metric>& metrics) {
  std::vector<Column> columns = {{"stage", Align::left, true}};
  for (const Metric metric : metrics) {
    columns.push_back({std::string(to_text(metric)), Align::right});
    columns.push_back({"", Align::right});
  }
  columns.push_back({"fits"});
  Table table(columns);
  for (const PipelineStage& stage : pipeline.stages) {
    std::vector<Span> cells = {stage.name};
    for (const Metric metric : metrics) {
      const double value = stage.metrics[metric];
      cells.push_back(std::isnan(value) ? "" : to_text(metric, value));
      cells.push_back(change(metric, stage.change[index(metric)]));
    }
    cells.push_back(stage.fits ? Span{"yes"} : Span{"no", Style::bad});
    table.add(std::move(cells));
  }
  std::vector<std::string> whole = {"all"};
  for (const Metric metric : metrics) {
    whole.emplace_back();
    whole.push_back(change(metric, pipeline.whole[index(metric)]));
  }
  whole.emplace_back();
  table.add(std::move(whole));
  return table;
}

std::string percent(double part) {
  return std::isnan(part) ? "" : fmt::format("{:.0f} %", std::round(100 * part) + 0.0);
}

Table parts_table(const Pipeline& pipeline, const std::vector<Metric>& metrics) {
  std::vector<Column> columns = {{"part of the whole change", Align::left, true}};
  for (const Metric metric : metrics) {
    columns.push_back({std::string(to_text(metric)), Align::right});
  }
  Table table(columns);
  for (std::size_t i = 1; i < pipeline.stages.size(); ++i) {
    std::vector<std::string> cells = {pipeline.stages[i].name};
    for (const Metric metric : metrics) {
      cells.push_back(percent(pipeline.stages[i].part[index(metric)]));
    }
    table.add(std::move(cells));
  }
  return table;
}

std::string verdict(const PipelineCheck& check) {
  if (check.missed_by == 0) return fmt::format("{}: met", check.requirement);
  if (std::isnan(check.missed_by)) return fmt::format("{}: not known", check.requirement);
  if (std::isinf(check.missed_by)) return fmt::format("{}: not met", check.requirement);
  return fmt::format("{}: missed by {:.1f} %", check.requirement, 100 * check.missed_by);
}

}  // namespace

void add_pipelines(Document& document, const std::vector<Pipeline>& pipelines) {
  for (const Pipeline& pipeline : pipelines) {
    const auto metrics = known_metrics(pipeline);
    document.heading(fmt::format("Pipeline of {}", pipeline.where));
    document.table(stages_table(pipeline, metrics));
    if (pipeline.stages.size() > 2) document.table(parts_table(pipeline, metrics));
    for (const PipelineStage& stage : pipeline.stages) {
      if (!stage.fits) document.paragraph(fmt::format("{}: {}", stage.name, stage.fits_reason));
    }
    std::vector<std::string> lines;
    for (const PipelineCheck& check : pipeline.checks) lines.push_back(verdict(check));
    document.bullets("After the last stage", std::move(lines));
  }
}

}  // namespace roofbeam
