#include "scenarios/case_rows.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/input_error.hpp"
#include "scenarios/case_reader.hpp"
#include "scenarios/expansion.hpp"
#include "scenarios/frontier.hpp"

namespace roofbeam {
namespace {

bool known(const CaseTable& table, std::size_t row) {
  return std::ranges::none_of(table.objectives, [&](const Objective& objective) {
    return std::isnan(table.column(objective.metric)[row]);
  });
}

std::int32_t reason_id(CaseTable& table, const std::string& reason) {
  if (!table.reasons.empty() && table.reasons.back() == reason) {
    return static_cast<std::int32_t>(table.reasons.size()) - 1;
  }
  const auto found = std::ranges::find(table.reasons, reason);
  const auto place = found - table.reasons.begin();
  if (found == table.reasons.end()) table.reasons.push_back(reason);
  return static_cast<std::int32_t>(place);
}

// The first line of a message says why; the rest shows where.
std::string first_line(const std::string& message) { return message.substr(0, message.find('\n')); }

}  // namespace

CaseResult result_of(const Prediction& prediction, const Facts& facts) {
  CaseResult result{metrics_of(prediction), prediction.latency_error, prediction.energy_error,
                    prediction.fits, prediction.fits_reason};
  if (facts.accuracy) result.metrics[Metric::accuracy] = *facts.accuracy;
  if (facts.size) result.metrics[Metric::size] = facts.size->si();
  return result;
}

CaseTable empty_table(const Scenario& scenario) {
  CaseTable table;
  table.scenario = scenario.name;
  table.title = scenario.title;
  for (const ScenarioAxis& axis : scenario.axes) {
    CaseTable::Axis& added = table.axes.emplace_back();
    added.name = axis.name;
    for (const AxisValue& value : axis.values) added.values.push_back(value.text);
  }
  table.objectives = scenario.objectives;
  for (const auto& each : scenario.requirements) table.requirements.push_back(each.requirement);
  table.must_fit = scenario.must_fit;
  table.values.resize(table.axes.size());
  table.missed.resize(table.requirements.size());
  table.counts.failed.resize(table.requirements.size());
  return table;
}

double missed_by(const ConditionalRequirement& requirement, const Digits& digits,
                 const Metrics& metrics) {
  if (!requirement.when.holds(digits)) return 0;
  return requirement.requirement.missed_by(metrics[requirement.requirement.metric]);
}

void add_row(CaseTable& table, const Scenario& scenario, std::int64_t index, const Digits& digits,
             const CaseResult& result) {
  table.index.push_back(index);
  for (std::size_t axis = 0; axis < digits.size(); ++axis) {
    table.values[axis].push_back(
        digits[axis] == kNoDigit ? CaseTable::kNone : static_cast<std::int32_t>(digits[axis]));
  }
  for (std::size_t i = 0; i < kMetrics; ++i) {
    table.metrics[i].push_back(result.metrics.values[i]);
  }
  for (std::size_t i = 0; i < scenario.requirements.size(); ++i) {
    table.missed[i].push_back(missed_by(scenario.requirements[i], digits, result.metrics));
  }
  table.latency_deviation.push_back(result.latency_error.deviation);
  table.energy_deviation.push_back(result.energy_error.deviation);
  table.fits.push_back(result.fits ? 1 : 0);
  table.fits_reason.push_back(reason_id(table, result.fits_reason));
  table.on_frontier.push_back(0);
  table.twins.push_back(0);
}

void mark_frontier(CaseTable& table) {
  std::vector<Sense> senses;
  for (const Objective& objective : table.objectives) senses.push_back(objective.sense);
  std::vector<std::uint64_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    table.on_frontier[row] = 0;
    table.twins[row] = 0;
    if (table.feasible(row)) rows.push_back(row);
  }
  std::vector<std::vector<double>> columns;
  std::vector<std::span<const double>> spans;
  for (const Objective& objective : table.objectives) {
    auto& column = columns.emplace_back();
    for (const auto row : rows) column.push_back(table.column(objective.metric)[row]);
  }
  for (const auto& column : columns) spans.emplace_back(column);
  FrontierKeeper keeper(senses);
  keeper.add(rows, spans);
  const Frontier& best = keeper.result();
  for (std::size_t i = 0; i < best.size(); ++i) {
    table.on_frontier[best.indices[i]] = 1;
    table.twins[best.indices[i]] = static_cast<std::int64_t>(best.ties[i]) - 1;
  }
}

void count_rows(CaseTable& table) {
  CaseCounts& counts = table.counts;
  counts.failed.resize(table.requirements.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    ++counts.forecast;
    if (table.fits[row] == 0) ++counts.unfit;
    for (std::size_t i = 0; i < table.missed.size(); ++i) {
      if (table.missed[i][row] != 0) ++counts.failed[i];  // NaN too
    }
    if (!table.feasible(row)) continue;
    ++counts.feasible;
    if (known(table, row)) continue;
    ++counts.unknown;
    for (const Objective& objective : table.objectives) {
      if (std::isnan(table.column(objective.metric)[row])) {
        ++counts.unknown_of[std::string(to_text(objective.metric))];
      }
    }
  }
}

CaseTable table_by_predict(const Scenario& scenario, const CaseReader& reader) {
  const Expansion expansion(
      scenario, [&](std::size_t axis, const Digits& digits) { return reader.acts(axis, digits); });
  CaseTable table = empty_table(scenario);
  table.counts = expansion.count();
  table.counts.forecast = 0;
  for (std::int64_t index = 0; index < expansion.size(); ++index) {
    const Digits digits = expansion.digits(index);
    if (expansion.skip(digits) != Skip::no) continue;
    const Digits acting = expansion.effective(digits);
    try {
      add_row(table, scenario, index, acting,
              result_of(reader.predict(acting), reader.facts(acting)));
    } catch (const InputError& error) {
      ++table.counts.impossible;
      ++table.counts.why_impossible[first_line(error.what())];
    }
  }
  count_rows(table);
  mark_frontier(table);
  return table;
}

}  // namespace roofbeam
