#include "scenarios/expansion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/input_error.hpp"

namespace roofbeam {
namespace {

constexpr std::int64_t kMostCases = std::int64_t{1} << 62;
constexpr std::int64_t kMostLookedAt = 10'000'000;

std::int64_t radix(const ScenarioAxis& axis) {
  return static_cast<std::int64_t>(axis.values.size());
}

// Goes to the next combination of the chosen axes; false after the last.
bool advance(Digits& digits, const std::vector<ScenarioAxis>& axes,
             const std::vector<bool>& chosen) {
  for (std::size_t axis = axes.size(); axis-- > 0;) {
    if (!chosen[axis]) continue;
    if (++digits[axis] < axes[axis].values.size()) return true;
    digits[axis] = 0;
  }
  return false;
}

// An axis acts on some cases only if it changes platforms or runtimes, and nothing else.
bool may_be_partial(const ScenarioAxis& axis) {
  bool any = false;
  for (const AxisValue& value : axis.values) {
    for (const Change& change : value.changes) {
      any = true;
      if (change.room == Change::Room::network || change.room == Change::Room::run) return false;
    }
  }
  return any;
}

}  // namespace

Expansion::Expansion(const Scenario& scenario, Acts acts)
    : scenario_(scenario), acts_(std::move(acts)) {
  for (const ScenarioAxis& axis : scenario.axes) {
    if (size_ > kMostCases / radix(axis)) {
      std::vector<std::string> sizes;
      for (const ScenarioAxis& each : scenario.axes) {
        sizes.push_back(fmt::format("{} ({})", each.name, radix(each)));
      }
      throw InputError(fmt::format(
          "{}: the axes make more than 2^62 cases: {}; list fewer values, or give values that "
          "belong together as a bundle",
          scenario.name, fmt::join(sizes, " x ")));
    }
    size_ *= radix(axis);
  }
  for (std::size_t i = 0; i < scenario.axes.size(); ++i) {
    if (may_be_partial(scenario.axes[i])) partial_.push_back(i);
  }
}

Digits Expansion::digits(std::int64_t index) const {
  Digits digits(scenario_.axes.size());
  for (std::size_t axis = digits.size(); axis-- > 0;) {
    digits[axis] = static_cast<std::size_t>(index % radix(scenario_.axes[axis]));
    index /= radix(scenario_.axes[axis]);
  }
  return digits;
}

std::int64_t Expansion::index(const Digits& digits) const {
  std::int64_t index = 0;
  for (std::size_t axis = 0; axis < digits.size(); ++axis) {
    index = index * radix(scenario_.axes[axis]) + static_cast<std::int64_t>(digits[axis]);
  }
  return index;
}

Digits Expansion::effective(Digits digits) const {
  const Digits all = digits;
  for (const std::size_t axis : partial_) {
    if (!acts_(axis, all)) digits[axis] = kNoDigit;
  }
  return digits;
}

Skip Expansion::skip(const Digits& digits) const {
  const Digits acting = effective(digits);
  for (const std::size_t axis : partial_) {
    if (acting[axis] == kNoDigit && digits[axis] != 0) return Skip::repeated;
  }
  const bool excluded = std::ranges::any_of(
      scenario_.exclude, [&](const Condition& rule) { return rule.holds(acting); });
  return excluded ? Skip::excluded : Skip::no;
}

std::vector<bool> Expansion::decisive() const {
  std::vector<bool> chosen(scenario_.axes.size(), false);
  for (const Condition& rule : scenario_.exclude) {
    for (const auto& on : rule.axes) chosen[on.axis] = true;
  }
  for (const std::size_t axis : partial_) chosen[axis] = true;
  if (partial_.empty()) return chosen;
  for (const std::string_view name : {"platform", "runtime", "stage"}) {
    if (const auto axis = scenario_.axis(name)) chosen[*axis] = true;
  }
  return chosen;
}

CaseCounts Expansion::count() const {
  const std::vector<bool> chosen = decisive();
  std::int64_t each = 1;
  for (std::size_t axis = 0; axis < chosen.size(); ++axis) {
    if (!chosen[axis]) each *= radix(scenario_.axes[axis]);
  }
  CaseCounts counts;
  counts.all = size_;
  Digits digits(chosen.size(), 0);
  do {
    switch (skip(digits)) {
      case Skip::no:
        counts.forecast += each;
        break;
      case Skip::repeated:
        counts.repeated += each;
        break;
      case Skip::excluded:
        counts.excluded += each;
        break;
    }
  } while (advance(digits, scenario_.axes, chosen));
  return counts;
}

std::vector<std::int64_t> Expansion::first_cases(std::size_t most) const {
  std::vector<std::int64_t> found;
  Digits at(scenario_.axes.size(), 0);
  const std::vector<bool> all(at.size(), true);
  for (std::int64_t index = 0; found.size() < most && index < std::min(size_, kMostLookedAt);
       ++index) {
    if (skip(at) == Skip::no) found.push_back(index);
    if (!advance(at, scenario_.axes, all)) break;
  }
  return found;
}

}  // namespace roofbeam
