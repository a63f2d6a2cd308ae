// Platforms as documents and JSON: the list, and one in full with what follows from it.
#pragma once

#include <string>
#include <vector>

#include "platforms/cores.hpp"
#include "platforms/platform.hpp"
#include "reports/document.hpp"

namespace roofbeam {

// By the kind of their first engine.
[[nodiscard]] Document platform_list(const std::vector<Platform>& platforms);
[[nodiscard]] Document core_list(const std::vector<CoreType>& cores);
// {"platforms": [one object each, as platform_json]}
[[nodiscard]] std::string platform_list_json(const std::vector<Platform>& platforms);

// Title, picture, engines with their peaks for each precision, memory, energy, assumptions.
[[nodiscard]] Document platform_page(const Platform& platform);
[[nodiscard]] std::string platform_json(const Platform& platform);

}  // namespace roofbeam
