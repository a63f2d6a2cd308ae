// Runtimes as documents: the list, and one in full.
#pragma once

#include <string>
#include <vector>

#include "platforms/runtime.hpp"
#include "reports/document.hpp"

namespace roofbeam {

[[nodiscard]] Document runtime_list(const std::vector<Runtime>& runtimes);
// Title, precisions, fusions, costs of a call, kernels in the order in which they are tried.
[[nodiscard]] Document runtime_page(const Runtime& runtime);

}  // namespace roofbeam
