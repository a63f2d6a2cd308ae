#include "scenarios/measurement.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/input_error.hpp"
#include "scenarios/readers/readers.hpp"
#include "scenarios/text_file.hpp"

namespace roofbeam {
namespace {

std::string known_formats() {
  std::string names;
  for (const auto& format : readers::formats()) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", format.name);
  }
  return names;
}

}  // namespace

Measurements read_measurements(const std::string& path) {
  const auto text = read_text(path);
  const auto formats = readers::formats();
  const auto found = std::ranges::find_if(
      formats, [&](const auto& format) { return format.recognises(text->text); });
  if (found == formats.end()) {
    throw InputError(fmt::format(
        "{}: error: holds no measurements in a format that is known\n  write one of: {}", path,
        known_formats()));
  }
  return found->read(text);
}

}  // namespace roofbeam
