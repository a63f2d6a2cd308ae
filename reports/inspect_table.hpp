// An inspection as a document.
#pragma once

#include "reports/document.hpp"
#include "reports/inspection.hpp"

namespace roofbeam {

[[nodiscard]] Document inspect_document(const Inspection& inspection);

}  // namespace roofbeam
