// Forecasts that `roofbeam predict --format json` wrote, read back.
#pragma once

#include <string>
#include <vector>

#include "models/prediction.hpp"

namespace roofbeam {

// All of schema roofbeam.predict/1 (docs/json_schema.md) but the assumptions; unknown keys are left
// alone, as later versions may have more. Throws InputError: no JSON, another schema, a key that is
// missing or of another kind; the file, the place and what was expected.
[[nodiscard]] std::vector<Prediction> read_predictions(const std::string& text,
                                                       const std::string& name);
[[nodiscard]] std::vector<Prediction> load_predictions(const std::string& path);

}  // namespace roofbeam
