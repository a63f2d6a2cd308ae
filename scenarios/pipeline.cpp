#include "scenarios/pipeline.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace roofbeam {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::optional<std::size_t> stage_axis(const CaseTable& table) {
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    if (table.axes[axis].name == "stage") return axis;
  }
  return std::nullopt;
}

// Rows with the same values of all other axes, in the order of the stages.
using Groups = std::vector<std::vector<std::size_t>>;

Groups groups_of(const CaseTable& table, std::size_t stage) {
  std::map<std::vector<std::int32_t>, std::size_t> known;
  Groups groups;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::vector<std::int32_t> others;
    for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
      if (axis != stage) others.push_back(table.values[axis][row]);
    }
    const auto [found, is_new] = known.emplace(std::move(others), groups.size());
    if (is_new) groups.emplace_back();
    groups[found->second].push_back(row);
  }
  for (auto& rows : groups) {
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      return table.values[stage][a] < table.values[stage][b];
    });
  }
  return groups;
}

std::string where(const CaseTable& table, std::size_t stage, std::size_t row) {
  std::string text;
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    if (axis == stage || table.values[axis][row] == CaseTable::kNone) continue;
    if (table.axes[axis].values.size() < 2 && table.axes[axis].name != "network" &&
        table.axes[axis].name != "platform") {
      continue;
    }
    text += (text.empty() ? "" : ", ") + std::string(table.text(axis, row));
  }
  return text;
}

bool adds_up(std::size_t metric) { return static_cast<Metric>(metric) == Metric::accuracy; }

// What became of a metric between two stages.
double change_of(std::size_t metric, const Metrics& before, const Metrics& after) {
  const double a = before.values[metric];
  const double b = after.values[metric];
  return adds_up(metric) ? b - a : b / a;
}

// Its size on the scale where changes sum.
double additive(std::size_t metric, double change) {
  return adds_up(metric) ? change : std::log(change);
}

PipelineStage stage_of(const CaseTable& table, std::size_t axis, std::size_t row) {
  PipelineStage stage;
  stage.name = table.text(axis, row);
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    stage.metrics.values[metric] = table.metrics[metric][row];
  }
  stage.change.fill(kUnknown);
  stage.part.fill(kUnknown);
  stage.fits = table.fits[row] != 0;
  if (const auto reason = table.fits_reason[row]; reason != CaseTable::kNone) {
    stage.fits_reason = table.reasons[static_cast<std::size_t>(reason)];
  }
  return stage;
}

void attribute(Pipeline& pipeline) {
  const Metrics& first = pipeline.stages.front().metrics;
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    pipeline.whole[metric] = change_of(metric, first, pipeline.stages.back().metrics);
    const double whole = additive(metric, pipeline.whole[metric]);
    for (std::size_t i = 1; i < pipeline.stages.size(); ++i) {
      PipelineStage& stage = pipeline.stages[i];
      stage.change[metric] = change_of(metric, pipeline.stages[i - 1].metrics, stage.metrics);
      const double part = additive(metric, stage.change[metric]) / whole;
      stage.part[metric] = std::isfinite(part) ? part : kUnknown;
    }
  }
}

}  // namespace

std::vector<Pipeline> pipelines(const CaseTable& table) {
  std::vector<Pipeline> all;
  const auto axis = stage_axis(table);
  if (!axis) return all;
  for (const auto& rows : groups_of(table, *axis)) {
    Pipeline pipeline;
    pipeline.where = where(table, *axis, rows.front());
    for (const std::size_t row : rows) pipeline.stages.push_back(stage_of(table, *axis, row));
    attribute(pipeline);
    for (std::size_t i = 0; i < table.requirements.size(); ++i) {
      pipeline.checks.push_back({table.requirements[i].text, table.missed[i][rows.back()]});
    }
    if (table.must_fit) {
      pipeline.checks.push_back(
          {"fits", pipeline.stages.back().fits ? 0 : std::numeric_limits<double>::infinity()});
    }
    all.push_back(std::move(pipeline));
  }
  return all;
}

}  // namespace roofbeam
