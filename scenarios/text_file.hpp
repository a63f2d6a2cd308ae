// A whole file as text, with its name for messages.
#pragma once

#include <memory>
#include <string>

#include "core/config/node.hpp"

namespace roofbeam {

// Without a byte order mark. Throws InputError: missing, unreadable, not a regular file, empty,
// larger than 256 MiB; sizes are checked before anything is read.
[[nodiscard]] std::shared_ptr<const config::Source> read_text(const std::string& path);

}  // namespace roofbeam
