// Which axes of a scenario only change rates, so that their values are columns of numbers, and
// which ask for a new compile.
//
// Every value is loaded once through its file, alone, and compared with what the file says without
// it (models/numbers.hpp). Inner axes change rates only, each its own numbers: their changes
// compose. All others are outer: each combination of their values is loaded and compiled. An outer
// axis that changes what a descriptor states at all, or a number that an inner one changes too, is
// keyed: what inner axes change is found anew for each of its values.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "models/numbers.hpp"
#include "scenarios/case_reader.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {

struct AxisEffects {
  std::vector<std::size_t> outer;  // of Scenario::axes, in their order
  std::vector<std::size_t> inner;
  std::vector<std::size_t> keyed;  // some of outer: platform, runtime, stage and the above
  bool platform_lowers = false;    // an outer axis changes a platform so that networks lower anew
};

// A value that cannot be loaded makes its axis an outer one: its cases are impossible.
[[nodiscard]] AxisEffects axis_effects(const Scenario& scenario, const CaseReader& reader);

// What inner axes change with the keyed ones at given values.
struct InnerChanges {
  std::vector<std::size_t> numbers;         // that any of them changes: of numbers_of
  std::vector<std::size_t> axis_of;         // of each: position in AxisEffects::inner
  std::vector<std::vector<double>> values;  // of each, by the axis' digit
};

// `outer` are digits with kNoDigit for inner axes; those that are not keyed do not matter. Throws
// InputError if the setup cannot be loaded.
[[nodiscard]] InnerChanges inner_changes(const Scenario& scenario, const CaseReader& reader,
                                         const AxisEffects& effects, const Digits& outer);

}  // namespace roofbeam
