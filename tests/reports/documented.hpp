// Holds docs/json_schema.md against what reports write.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace roofbeam::testing {

inline std::string json_documentation() {
  std::ifstream file(ROOFBEAM_SOURCE_DIR "/docs/json_schema.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// That the page names every key, also of objects inside; what stands under `free_keys` has names of
// the user's as keys.
inline void check_documented(const nlohmann::ordered_json& json,
                             const std::vector<std::string>& free_keys) {
  static const std::string documentation = json_documentation();
  for (const auto& [key, value] : json.items()) {
    if (json.is_object()) {
      const std::string word = '`' + key + '`';
      CHECK_MESSAGE(documentation.find(word) != documentation.npos, word);
    }
    const bool is_free = std::find(free_keys.begin(), free_keys.end(), key) != free_keys.end();
    if (value.is_structured() && !is_free) check_documented(value, free_keys);
  }
}

}  // namespace roofbeam::testing
