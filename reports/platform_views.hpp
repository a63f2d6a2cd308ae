// Platforms as text and JSON: the list, and one in full with what follows from it.
#pragma once

#include <string>
#include <vector>

#include "platforms/cores.hpp"
#include "platforms/platform.hpp"
#include "reports/table.hpp"

namespace roofbeam {

// By the kind of their first engine.
[[nodiscard]] std::string platform_list(const std::vector<Platform>& platforms,
                                        std::size_t width = kReportWidth);
[[nodiscard]] std::string core_list(const std::vector<CoreType>& cores,
                                    std::size_t width = kReportWidth);
// {"platforms": [one object each, as platform_json]}
[[nodiscard]] std::string platform_list_json(const std::vector<Platform>& platforms);

// Title, picture, engines with their peaks for each precision, memory, energy, assumptions.
[[nodiscard]] std::string platform_page(const Platform& platform, std::size_t width = kReportWidth);
[[nodiscard]] std::string platform_json(const Platform& platform);

}  // namespace roofbeam
