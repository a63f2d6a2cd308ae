// What bounds kernel calls, as a legend: the same bound has the same colour in every chart of a
// prediction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/prediction.hpp"

namespace roofbeam {

// "compute", the levels nearest first, "dispatch"; "others" last if asked for. Only those that
// bound a layer.
[[nodiscard]] std::vector<std::string> bounds_of(const Prediction& prediction, bool others = false);

[[nodiscard]] std::string_view bound_colour(const Prediction& prediction, std::string_view bound);

}  // namespace roofbeam
