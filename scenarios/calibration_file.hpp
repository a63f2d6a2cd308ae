// Calibrations as a YAML file: an overlay for --calibration (docs/calibration.md).
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"

namespace roofbeam {

[[nodiscard]] std::string calibration_text(const std::vector<Calibration>& calibrations);

// Throws InputError with all complaints.
[[nodiscard]] std::vector<Calibration> read_calibrations(std::string text, const std::string& name);
[[nodiscard]] std::vector<Calibration> load_calibrations(const std::string& path);

}  // namespace roofbeam
