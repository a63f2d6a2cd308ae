// What --rewrite can change, for people.
#pragma once

#include <span>
#include <string>

#include "core/rewrites/rewrite.hpp"
#include "reports/table.hpp"

namespace roofbeam {

// Each rewrite with its sentence and how its value is written, at most so wide.
[[nodiscard]] std::string rewrite_list(std::span<const RewriteRow> rows,
                                       std::size_t width = kReportWidth);

}  // namespace roofbeam
