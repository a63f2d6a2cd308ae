#include "platforms/runtime.hpp"

#include <algorithm>

namespace roofbeam {

bool Runtime::fuses(std::string_view pair) const {
  return std::ranges::find(fuse, pair) != fuse.end();
}

Precision Runtime::arithmetic(Precision stored) const {
  if (!shaders || !shaders->arithmetic) return stored;
  return bits(stored) < bits(*shaders->arithmetic) ? *shaders->arithmetic : stored;
}

}  // namespace roofbeam
