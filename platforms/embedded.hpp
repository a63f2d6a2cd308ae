// The YAML files of catalog/, cores/ and runtimes/ as text inside the program.
#pragma once

#include <span>

#include "core/embedded_file.hpp"

namespace roofbeam {

// Sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_platforms();
[[nodiscard]] std::span<const EmbeddedFile> embedded_cores();
[[nodiscard]] std::span<const EmbeddedFile> embedded_runtimes();

}  // namespace roofbeam
