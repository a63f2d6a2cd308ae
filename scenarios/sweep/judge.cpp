#include "scenarios/sweep/judge.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "scenarios/case_rows.hpp"

namespace roofbeam {

std::vector<Sense> senses_of(const Scenario& scenario) {
  std::vector<Sense> senses;
  for (const Objective& objective : scenario.objectives) senses.push_back(objective.sense);
  return senses;
}

Judge::Judge(const CompiledScenario& compiled, bool keep_all)
    : compiled_(compiled),
      keep_all_(keep_all),
      needs_(keep_all ? BlockNeeds::all() : BlockNeeds::of(compiled.scenario())),
      block_(compiled),
      keeper_(senses_of(compiled.scenario())),
      objectives_(compiled.scenario().objectives.size()) {
  part_.rows = empty_table(compiled.scenario());
}

void Judge::range(std::int64_t first, std::int64_t last) {
  const std::int64_t inner = compiled_.inner_cases();
  for (std::int64_t at = first; at < last;) {
    const std::int64_t begin = at % inner;
    const std::int64_t end = std::min(inner, begin + (last - at));
    const auto group = compiled_.group(at / inner);
    at += end - begin;
    if (group->skipped) continue;
    for (std::int64_t from = begin; from < end; from += static_cast<std::int64_t>(kBlock)) {
      const auto to = std::min(end, from + static_cast<std::int64_t>(kBlock));
      block_.take(*group, from, to);
      if (block_.size() > 0) judge(*group);
    }
  }
  add_range(part_.done, first, last);
}

void Judge::judge(const CaseGroup& group) {
  CaseCounts& counts = part_.counts;
  const auto cases = static_cast<std::int64_t>(block_.size());
  if (!group.impossible.empty()) {
    counts.impossible += cases;
    counts.why_impossible[group.impossible] += cases;
    return;
  }
  block_.score(group, needs_);
  counts.forecast += cases;
  if (!group.fits) counts.unfit += cases;
  check_requirements(group);
  keep_feasible();
  if (counts.feasible == 0) keep_nearest();
  if (!keep_all_) return;
  for (std::size_t row = 0; row < block_.size(); ++row) {
    block_.append_to(part_.rows, group, row);
  }
}

void Judge::check_requirements(const CaseGroup& group) {
  const Scenario& scenario = compiled_.scenario();
  const bool unfit = scenario.must_fit && !group.fits;
  feasible_.assign(block_.size(), unfit ? 0 : 1);
  missed_.assign(block_.size(), unfit ? HUGE_VAL : 0);
  auto& failed = part_.counts.failed;
  failed.resize(scenario.requirements.size());
  for (std::size_t i = 0; i < scenario.requirements.size(); ++i) {
    const ConditionalRequirement& each = scenario.requirements[i];
    const auto& values = block_.metric(each.requirement.metric);
    block_.holding(group, each.when, holds_);
    for (std::size_t row = 0; row < block_.size(); ++row) {
      if (holds_[row] == 0 || each.requirement.met_by(values[row])) continue;
      ++failed[i];
      feasible_[row] = 0;
      const double missed = each.requirement.missed_by(values[row]);
      missed_[row] = std::max(missed_[row], std::isnan(missed) ? HUGE_VAL : missed);
    }
  }
}

void Judge::keep_feasible() {
  indices_.clear();
  for (auto& column : objectives_) column.clear();
  for (std::size_t row = 0; row < block_.size(); ++row) {
    if (feasible_[row] != 0) indices_.push_back(static_cast<std::uint64_t>(block_.index()[row]));
  }
  if (indices_.empty()) return;
  part_.counts.feasible += static_cast<std::int64_t>(indices_.size());
  const bool all = indices_.size() == block_.size();
  std::vector<std::span<const double>> columns;
  for (std::size_t i = 0; i < objectives_.size(); ++i) {
    const auto& values = block_.metric(compiled_.scenario().objectives[i].metric);
    for (std::size_t row = 0; !all && row < block_.size(); ++row) {
      if (feasible_[row] != 0) objectives_[i].push_back(values[row]);
    }
    columns.emplace_back(all ? values : objectives_[i]);
  }
  keeper_.add(indices_, columns);
  count_unknown();
}

void Judge::count_unknown() {
  CaseCounts& counts = part_.counts;
  const auto& objectives = compiled_.scenario().objectives;
  for (std::size_t row = 0; row < block_.size(); ++row) {
    if (feasible_[row] == 0) continue;
    bool known = true;
    for (const Objective& objective : objectives) {
      if (!std::isnan(block_.metric(objective.metric)[row])) continue;
      ++counts.unknown_of[std::string(to_text(objective.metric))];
      known = false;
    }
    if (!known) ++counts.unknown;
  }
}

void Judge::keep_nearest() {
  auto& nearest = part_.nearest;
  for (std::size_t row = 0; row < block_.size(); ++row) {
    const NearMiss miss{missed_[row], block_.index()[row]};
    if (nearest.size() == kNearMisses && !(miss < nearest.back())) continue;
    nearest.insert(std::ranges::upper_bound(nearest, miss), miss);
    if (nearest.size() > kNearMisses) nearest.pop_back();
  }
}

SweepPart Judge::take() {
  part_.frontier = keeper_.result();
  SweepPart taken = std::move(part_);
  part_ = {};
  part_.rows = empty_table(compiled_.scenario());
  keeper_ = FrontierKeeper(senses_of(compiled_.scenario()));
  return taken;
}

}  // namespace roofbeam
