// One reader a format. Each is given the whole text of a file and the name that messages call it
// by, and throws InputError with place, cause and remedy.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/measurement.hpp"

namespace roofbeam::readers {

// Roofbeam's own CSV: columns by name, in any order (docs/measurements.md).
[[nodiscard]] Measurements read_csv(std::string_view text, const std::string& name);

}  // namespace roofbeam::readers
