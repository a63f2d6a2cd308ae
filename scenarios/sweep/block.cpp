#include "scenarios/sweep/block.hpp"

#include <algorithm>
#include <span>

#include "scenarios/case_rows.hpp"

namespace roofbeam {

BlockNeeds BlockNeeds::all() {
  BlockNeeds needs;
  needs.metrics.fill(true);
  needs.deviations = true;
  return needs;
}

BlockNeeds BlockNeeds::of(const Scenario& scenario) {
  BlockNeeds needs;
  const auto need = [&](Metric metric) { needs.metrics[static_cast<std::size_t>(metric)] = true; };
  for (const Objective& objective : scenario.objectives) need(objective.metric);
  for (const auto& each : scenario.requirements) need(each.requirement.metric);
  return needs;
}

Block::Block(const CompiledScenario& compiled)
    : compiled_(compiled), inner_(compiled.axes().inner.size()) {}

void Block::clear() {
  index_.clear();
  for (auto& digits : inner_) digits.clear();
}

void Block::add(const CaseGroup& group, const Digits& digits) {
  std::int64_t index = 0;
  for (std::size_t axis = 0; axis < digits.size(); ++axis) {
    const std::size_t digit = digits[axis] == kNoDigit ? 0 : digits[axis];
    index += static_cast<std::int64_t>(digit) * compiled_.weight(axis);
  }
  index_.push_back(index);
  for (std::size_t i = 0; i < inner_.size(); ++i) {
    const std::size_t axis = compiled_.axes().inner[i];
    inner_[i].push_back(
        static_cast<std::uint32_t>(group.digits[axis] == kNoDigit ? 0 : digits[axis]));
  }
}

void Block::take(const CaseGroup& group, std::int64_t first, std::int64_t last) {
  clear();
  const auto& inner = compiled_.axes().inner;
  std::vector<std::uint32_t> radix;
  std::vector<std::uint32_t> at(inner.size());
  std::int64_t base = 0;
  for (const std::size_t axis : compiled_.axes().outer) {
    const std::size_t digit = group.digits[axis] == kNoDigit ? 0 : group.digits[axis];
    base += static_cast<std::int64_t>(digit) * compiled_.weight(axis);
  }
  std::int64_t rest = first;
  for (const std::size_t axis : inner) {
    radix.push_back(static_cast<std::uint32_t>(compiled_.scenario().axes[axis].values.size()));
  }
  for (std::size_t i = inner.size(); i-- > 0;) {
    at[i] = static_cast<std::uint32_t>(rest % radix[i]);
    rest /= radix[i];
  }
  for (std::int64_t place = first; place < last; ++place) {
    bool acts = true;
    std::int64_t index = base;
    for (std::size_t i = 0; i < inner.size(); ++i) {
      acts = acts && (at[i] == 0 || group.digits[inner[i]] != kNoDigit);
      index += static_cast<std::int64_t>(at[i]) * compiled_.weight(inner[i]);
    }
    if (acts) {
      index_.push_back(index);
      for (std::size_t i = 0; i < inner.size(); ++i) inner_[i].push_back(at[i]);
    }
    for (std::size_t i = inner.size(); i-- > 0 && ++at[i] == radix[i];) at[i] = 0;
  }
  drop_excluded(group);
}

void Block::drop_excluded(const CaseGroup& group) {
  std::vector<std::uint8_t> excluded;
  std::vector<std::uint8_t> any;
  for (const Condition& rule : compiled_.scenario().exclude) {
    if (!compiled_.asks_inner(rule)) continue;
    holding(group, rule, excluded);
    any.resize(size(), 0);
    for (std::size_t row = 0; row < size(); ++row) any[row] |= excluded[row];
  }
  if (any.empty()) return;
  const auto drop = [&](auto& column) {
    std::size_t kept = 0;
    for (std::size_t row = 0; row < any.size(); ++row) {
      if (any[row] == 0) column[kept++] = column[row];
    }
    column.resize(kept);
  };
  for (auto& digits : inner_) drop(digits);
  drop(index_);
}

Digits Block::digits(const CaseGroup& group, std::size_t row) const {
  Digits digits = group.digits;
  for (std::size_t i = 0; i < inner_.size(); ++i) {
    std::size_t& digit = digits[compiled_.axes().inner[i]];
    if (digit != kNoDigit) digit = inner_[i][row];
  }
  return digits;
}

void Block::holding(const CaseGroup& group, const Condition& condition,
                    std::vector<std::uint8_t>& holds) const {
  holds.assign(size(), 1);
  const auto& inner = compiled_.axes().inner;
  for (const Condition::OnAxis& on : condition.axes) {
    const auto found = std::ranges::find(inner, on.axis);
    const std::size_t digit = group.digits[on.axis];
    if (found == inner.end() || digit == kNoDigit) {
      if (digit == kNoDigit || !on.values[digit]) std::ranges::fill(holds, std::uint8_t{0});
      continue;
    }
    const auto& digits = inner_[static_cast<std::size_t>(found - inner.begin())];
    for (std::size_t row = 0; row < size(); ++row) {
      holds[row] = static_cast<std::uint8_t>(holds[row] != 0 && on.values[digits[row]]);
    }
  }
}

// Values of the numbers that inner axes change, by the digit of the axis that changes each.
void Block::fill_columns(const CaseGroup& group) {
  const InnerChanges& changes = *group.inner;
  columns_.resize(changes.numbers.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto& digits = inner_[changes.axis_of[i]];
    const auto& values = changes.values[i];
    columns_[i].resize(size());
    for (std::size_t row = 0; row < size(); ++row) columns_[i][row] = values[digits[row]];
  }
}

void Block::score(const CaseGroup& group, const BlockNeeds& needs) {
  for (std::size_t i = 0; i < kMetrics; ++i) {
    if (needs.metrics[i]) metrics_[i].assign(size(), group.metrics.values[i]);
  }
  latency_deviation_.assign(needs.deviations ? size() : 0, group.latency_error.deviation);
  energy_deviation_.assign(needs.deviations ? size() : 0, group.energy_error.deviation);
  fill_facts(group, needs);
  if (!group.model || size() == 0) return;
  const auto needed = [&](Metric metric) {
    return needs.metrics[static_cast<std::size_t>(metric)];
  };
  const auto column = [&](Metric metric) -> std::vector<double>& {
    return metrics_[static_cast<std::size_t>(metric)];
  };
  fill_columns(group);
  const std::vector<std::span<const double>> inputs(columns_.begin(), columns_.end());
  const bool power = needed(Metric::power);
  const bool latency = needed(Metric::latency) || needed(Metric::throughput) || power;
  const bool energy = needed(Metric::energy) || power;
  CaseOutputs outputs;
  if (latency) column(Metric::latency).resize(size());
  if (energy) column(Metric::energy).resize(size());
  if (latency) outputs.latency = column(Metric::latency);
  if (energy) outputs.energy = column(Metric::energy);
  if (needs.deviations) {
    outputs.latency_deviation = latency_deviation_;
    outputs.energy_deviation = energy_deviation_;
  }
  group.model->evaluate(inputs, size(), outputs);
  for (std::size_t row = 0; power && row < size(); ++row) {
    column(Metric::power)[row] = column(Metric::energy)[row] / column(Metric::latency)[row];
  }
  for (std::size_t row = 0; needed(Metric::throughput) && row < size(); ++row) {
    column(Metric::throughput)[row] = group.batch / column(Metric::latency)[row];
  }
}

// The network's size where it is not given stays that of the weights.
void Block::fill_facts(const CaseGroup& group, const BlockNeeds& needs) {
  const bool accuracy = needs.metrics[static_cast<std::size_t>(Metric::accuracy)];
  const bool stored = needs.metrics[static_cast<std::size_t>(Metric::size)];
  if (!accuracy && !stored) return;
  std::vector<std::uint8_t> holds;
  for (const GivenFacts& rule : compiled_.scenario().given) {
    holding(group, rule.when, holds);
    for (std::size_t row = 0; row < size(); ++row) {
      if (holds[row] == 0) continue;
      if (accuracy && rule.facts.accuracy) {
        metrics_[static_cast<std::size_t>(Metric::accuracy)][row] = *rule.facts.accuracy;
      }
      if (stored && rule.facts.size) {
        metrics_[static_cast<std::size_t>(Metric::size)][row] = rule.facts.size->si();
      }
    }
  }
}

void Block::append_to(CaseTable& table, const CaseGroup& group, std::size_t row) const {
  CaseResult result;
  for (std::size_t i = 0; i < kMetrics; ++i) result.metrics.values[i] = metrics_[i][row];
  result.latency_error = {latency_deviation_[row]};
  result.energy_error = {energy_deviation_[row]};
  result.fits = group.fits;
  result.fits_reason = group.fits_reason;
  add_row(table, compiled_.scenario(), index_[row], digits(group, row), result);
}

}  // namespace roofbeam
