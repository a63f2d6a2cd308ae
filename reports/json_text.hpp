// What the JSON reports share.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace roofbeam {

// Indented by two spaces, with a newline at the end. Bytes that are not UTF-8 (names in a network
// may hold any) become U+FFFD. Numbers that are not finite are null.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& json);

// An object of name -> count; {} for none.
[[nodiscard]] nlohmann::ordered_json counts_json(const std::map<std::string, std::int64_t>& counts);

}  // namespace roofbeam
