// How far engines are used, what pooling saves and what a cold start takes, as tables.
#pragma once

#include <vector>

#include "models/prediction.hpp"
#include "reports/document.hpp"

namespace roofbeam {

// Appends its headings and tables; nothing if there are no predictions. The memory shown is that of
// the activations or of the weights, whichever bandwidth is used more.
void add_utilisation(Document& document, const std::vector<Prediction>& predictions);

}  // namespace roofbeam
