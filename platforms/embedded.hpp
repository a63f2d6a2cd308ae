// The YAML files of catalog/, cores/ and runtimes/ as text inside the program; embed.cmake writes
// the source file when one of them changes.
#pragma once

#include <span>
#include <string_view>

namespace roofbeam {

struct EmbeddedFile {
  std::string_view name;  // without ".yaml"
  std::string_view text;
};

// Sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_platforms();
[[nodiscard]] std::span<const EmbeddedFile> embedded_cores();
[[nodiscard]] std::span<const EmbeddedFile> embedded_runtimes();

}  // namespace roofbeam
