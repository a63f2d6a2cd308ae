// Ranges as people read them.
#pragma once

#include <string>

namespace roofbeam {

// "12.1–18.3 ms" of "12.1 ms" and "18.3 ms"; both units where they differ.
[[nodiscard]] std::string interval_text(const std::string& low, const std::string& high);

}  // namespace roofbeam
