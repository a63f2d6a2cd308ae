// Predictions as CSV: a header, then one row per layer of each platform, in SI units.
#pragma once

#include <string>
#include <vector>

#include "models/prediction.hpp"

namespace roofbeam {

// Traffic has a pair of columns (DRAM_bytes, DRAM_time_s) for every level of any of the platforms;
// cells of levels that a platform does not have are empty.
[[nodiscard]] std::string predict_csv(const std::vector<Prediction>& predictions);

}  // namespace roofbeam
