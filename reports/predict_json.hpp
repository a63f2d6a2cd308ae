// Predictions as JSON, schema roofbeam.predict/1 (docs/json_schema.md): every number, in SI units.
#pragma once

#include <string>
#include <vector>

#include "models/prediction.hpp"

namespace roofbeam {

// Numbers have as many digits as it takes to read back the same bits; ends in a newline.
[[nodiscard]] std::string predict_json(const std::vector<Prediction>& predictions);

}  // namespace roofbeam
