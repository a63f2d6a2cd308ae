// What the tests of this room share.
#pragma once

#include <string>

#include "core/config/node.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::testing {

inline Platform platform_of(const std::string& yaml) {
  return read_platform(config::parse(yaml, "p.yaml"));
}

inline Runtime runtime_of(const std::string& yaml) {
  return read_runtime(config::parse(yaml, "r.yaml"));
}

// `text` with the first `old` in it replaced.
inline std::string with(std::string text, const std::string& old, const std::string& replacement) {
  return text.replace(text.find(old), old.size(), replacement);
}

}  // namespace roofbeam::testing
