#include "platforms/runtime.hpp"

#include <algorithm>

namespace roofbeam {

bool Runtime::fuses(std::string_view pair) const {
  return std::ranges::find(fuse, pair) != fuse.end();
}

}  // namespace roofbeam
