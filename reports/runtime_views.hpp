// Runtimes as text: the list, and one in full.
#pragma once

#include <string>
#include <vector>

#include "platforms/runtime.hpp"
#include "reports/table.hpp"

namespace roofbeam {

[[nodiscard]] std::string runtime_list(const std::vector<Runtime>& runtimes,
                                       std::size_t width = kReportWidth);
// Title, precisions, fusions, costs of a call, kernels in the order in which they are tried.
[[nodiscard]] std::string runtime_page(const Runtime& runtime, std::size_t width = kReportWidth);

}  // namespace roofbeam
