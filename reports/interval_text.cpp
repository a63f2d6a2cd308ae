#include "reports/interval_text.hpp"

namespace roofbeam {

std::string interval_text(const std::string& low, const std::string& high) {
  const auto unit = [](const std::string& text) { return text.substr(text.find(' ') + 1); };
  if (low == high && low.find(' ') == std::string::npos) return low;  // "unknown"
  if (unit(low) != unit(high)) return low + "–" + high;
  return low.substr(0, low.find(' ')) + "–" + high;
}

}  // namespace roofbeam
