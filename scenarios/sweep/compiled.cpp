#include "scenarios/sweep/compiled.hpp"

#include <algorithm>

#include "core/input_error.hpp"
#include "models/lower.hpp"
#include "models/predict.hpp"
#include "scenarios/case_rows.hpp"

namespace roofbeam {
namespace {

std::int64_t radix(const Scenario& scenario, std::size_t axis) {
  return static_cast<std::int64_t>(scenario.axes[axis].values.size());
}

std::string first_line(const std::string& message) { return message.substr(0, message.find('\n')); }

void append(std::vector<const void*>& key, const std::vector<const Change*>& changes) {
  key.push_back(nullptr);
  key.insert(key.end(), changes.begin(), changes.end());
}

}  // namespace

CompiledScenario::CompiledScenario(const Scenario& scenario, const CaseReader& reader)
    : scenario_(scenario),
      reader_(reader),
      expansion_(scenario, [&reader](std::size_t axis,
                                     const Digits& digits) { return reader.acts(axis, digits); }),
      effects_(axis_effects(scenario, reader)),
      weights_(scenario.axes.size(), 1) {
  for (const std::size_t axis : effects_.inner) inner_cases_ *= radix(scenario, axis);
  for (std::size_t axis = scenario.axes.size(); axis-- > 1;) {
    weights_[axis - 1] = weights_[axis] * radix(scenario, axis);
  }
}

std::shared_ptr<const CaseGroup> CompiledScenario::group(std::int64_t number) const {
  return groups_.get(number, [&] { return compile(number); });
}

std::int64_t CompiledScenario::group_of(const Digits& digits) const {
  std::int64_t number = 0;
  for (const std::size_t axis : effects_.outer) {
    number = number * radix(scenario_, axis) + static_cast<std::int64_t>(digits[axis]);
  }
  return number;
}

Digits CompiledScenario::outer_digits(std::int64_t number) const {
  Digits digits(scenario_.axes.size(), 0);
  for (std::size_t i = effects_.outer.size(); i-- > 0;) {
    const std::size_t axis = effects_.outer[i];
    digits[axis] = static_cast<std::size_t>(number % radix(scenario_, axis));
    number /= radix(scenario_, axis);
  }
  return digits;
}

bool CompiledScenario::asks_inner(const Condition& condition) const {
  return std::ranges::any_of(condition.axes, [&](const Condition::OnAxis& on) {
    return std::ranges::find(effects_.inner, on.axis) != effects_.inner.end();
  });
}

CaseGroup CompiledScenario::compile(std::int64_t number) const {
  CaseGroup group;
  const Digits digits = outer_digits(number);
  group.digits = expansion_.effective(digits);
  for (const std::size_t axis : effects_.outer) {
    group.skipped = group.skipped || (group.digits[axis] == kNoDigit && digits[axis] != 0);
  }
  for (const Condition& rule : scenario_.exclude) {
    group.skipped = group.skipped || (!asks_inner(rule) && rule.holds(group.digits));
  }
  if (group.skipped) return group;
  try {
    forecast(group);
  } catch (const InputError& error) {
    group.impossible = first_line(error.what());
  }
  return group;
}

// The group's case in which inner axes change nothing, and the columns for all others.
void CompiledScenario::forecast(CaseGroup& group) const {
  Digits outer = group.digits;
  for (const std::size_t axis : effects_.inner) outer[axis] = kNoDigit;
  const CaseChoice choice = choose(scenario_, outer);
  const Platform platform = reader_.platform(choice);
  const Runtime runtime = reader_.runtime(choice);
  const Engine& engine = platform.engine(reader_.engine_of(choice));
  const auto lowered = workload(choice, engine, runtime);
  const Calibration* calibration = reader_.calibration(platform, engine, runtime);
  group.facts = facts_before_rules(
      scenario_, outer,
      [&](std::size_t network, const Change& change) { return reader_.keeps(network, change); });

  const Prediction base = predict(*lowered, platform, engine, runtime, calibration);
  const CaseResult result = result_of(base, group.facts);
  group.metrics = result.metrics;
  group.latency_error = result.latency_error;
  group.energy_error = result.energy_error;
  group.fits = result.fits;
  group.fits_reason = result.fits_reason;
  group.batch = base.batch;

  std::vector<std::size_t> key;
  for (const std::size_t axis : effects_.keyed) key.push_back(outer[axis]);
  group.inner = inner_.get(key, [&] { return inner_changes(scenario_, reader_, effects_, outer); });
  if (!group.inner->numbers.empty()) {
    group.model.emplace(*lowered, platform, engine, runtime, group.inner->numbers, calibration);
  }
}

std::shared_ptr<const Workload> CompiledScenario::workload(const CaseChoice& choice,
                                                           const Engine& engine,
                                                           const Runtime& runtime) const {
  Pointers key = {&scenario_.networks[choice.network]};
  append(key, choice.of_network);
  const auto network = networks_.get(key, [&] { return reader_.network(choice)->copy(); });
  key.push_back(&scenario_.platforms[choice.platform]);
  key.push_back(choice.runtime ? &scenario_.runtimes[*choice.runtime] : nullptr);
  append(key, choice.of_runtime);
  append(key, choice.of_run);
  if (effects_.platform_lowers) append(key, choice.of_platform);
  return workloads_.get(key, [&] { return lower(*network, runtime, engine, reader_.run(choice)); });
}

}  // namespace roofbeam
