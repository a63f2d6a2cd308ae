// An inspection as text for a terminal.
#pragma once

#include <string>

#include "reports/inspection.hpp"
#include "reports/table.hpp"

namespace roofbeam {

[[nodiscard]] std::string inspect_table(const Inspection& inspection,
                                        std::size_t width = kReportWidth);

}  // namespace roofbeam
