// An inspection as JSON, schema roofbeam.inspect/1 (docs/json_schema.md).
#pragma once

#include <string>

#include "reports/inspection.hpp"

namespace roofbeam {

[[nodiscard]] std::string inspect_json(const Inspection& inspection);

}  // namespace roofbeam
