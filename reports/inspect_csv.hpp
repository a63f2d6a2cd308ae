// An inspection as CSV: a header, then one row per layer in execution order.
#pragma once

#include <string>

#include "reports/inspection.hpp"

namespace roofbeam {

[[nodiscard]] std::string inspect_csv(const Inspection& inspection);

}  // namespace roofbeam
