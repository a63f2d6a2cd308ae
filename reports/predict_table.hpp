// Predictions as a document: the platforms, what fits, the costliest layers, what was assumed.
#pragma once

#include <string>
#include <vector>

#include "models/prediction.hpp"
#include "reports/document.hpp"

namespace roofbeam {

struct PredictTableOptions {
  std::size_t top = 10;      // how many layers to show; 0 leaves the layers out
  std::string layers_of;     // platform whose layers and assumptions are shown; empty: the first
  bool utilisation = false;  // how far engines are used, pooling, cold start
};

// All predictions are of one network. Throws InputError if `layers_of` is none of them.
[[nodiscard]] Document predict_document(const std::vector<Prediction>& predictions,
                                        const PredictTableOptions& options = {});

}  // namespace roofbeam
