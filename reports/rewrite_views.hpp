// What --rewrite can change, for people.
#pragma once

#include <span>

#include "core/rewrites/rewrite.hpp"
#include "reports/document.hpp"

namespace roofbeam {

// Each rewrite with its sentence and how its value is written.
[[nodiscard]] Document rewrite_list(std::span<const RewriteRow> rows);

}  // namespace roofbeam
