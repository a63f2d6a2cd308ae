// A text file that travels inside the program; cmake/embed.cmake writes the source that holds it.
#pragma once

#include <string_view>

namespace roofbeam {

struct EmbeddedFile {
  std::string_view name;  // without folder and ending
  std::string_view text;
};

}  // namespace roofbeam
