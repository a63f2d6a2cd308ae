// The entries of `vary`, and conditions on axes.
#pragma once

#include <span>
#include <string_view>

#include "core/config/node.hpp"
#include "core/config/reader.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {

inline constexpr std::size_t kMostValues = 10000;  // of one axis

// One entry: a path with a value, a list, {times: [...]} or {from, to, steps, scale}; or the name
// of a bundle with a map from the names of its values to maps of paths. Complaints go to
// `complaints`; an axis that could not be read has no values.
[[nodiscard]] ScenarioAxis read_axis(const config::Entry& entry, config::Complaints& complaints);

// A map from names of axes to a value or a list of them. Complains about axes and values that there
// are not.
[[nodiscard]] Condition read_condition(const config::Node& map, std::span<const ScenarioAxis> axes,
                                       config::Complaints& complaints);

// Complains about a text that two values of an axis share.
void check_distinct(const ScenarioAxis& axis, config::Complaints& complaints);

}  // namespace roofbeam
