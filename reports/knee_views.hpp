// The knee of a frontier, as a sentence and as JSON.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "scenarios/knee.hpp"

namespace roofbeam {

// "Knee: row 2, 0.50 below the plane through the best of each objective, in shares of the ranges.",
// or how far from the ideal. `point` names it: "row 2".
[[nodiscard]] std::string knee_text(std::string_view point, const Knee& knee);

// {KEY: number, "rule": "bulge" or "nearest", "distance": shares of the ranges}
[[nodiscard]] nlohmann::ordered_json knee_json(std::string_view key, std::uint64_t number,
                                               const Knee& knee);

}  // namespace roofbeam
