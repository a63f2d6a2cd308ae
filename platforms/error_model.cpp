#include "platforms/error_model.hpp"

#include "platforms/runtime.hpp"

namespace roofbeam {

std::string_view error_class_name(std::size_t index) {
  return index == kOverheadClass ? "overhead" : to_text(static_cast<Algorithm>(index));
}

}  // namespace roofbeam
