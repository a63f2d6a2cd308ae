// measurements/devices.yaml as text inside the program; embed.cmake writes the source file when it
// changes.
#pragma once

#include <string_view>

namespace roofbeam {

[[nodiscard]] std::string_view embedded_devices();

}  // namespace roofbeam
