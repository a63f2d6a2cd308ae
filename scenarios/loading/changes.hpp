// What one key and value of a scenario file change.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/config/node.hpp"
#include "core/config/reader.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {

// A dotted path and its value, or {times: FACTOR}. Complains, at the key, about a path that begins
// with no room and about keys that networks and runs do not have; `plain` is the room of paths
// that name none.
[[nodiscard]] std::optional<Change> read_change(const config::Entry& entry,
                                                config::Complaints& complaints,
                                                std::optional<Change::Room> plain = std::nullopt);

// All entries of a map.
[[nodiscard]] std::vector<Change> read_changes(const config::Node& map,
                                               config::Complaints& complaints,
                                               std::optional<Change::Room> plain = std::nullopt);

// Whether a key of a stage or a bundle is a path.
[[nodiscard]] bool is_path_key(std::string_view key);

// `accuracy` (a share) and `size`.
[[nodiscard]] Facts read_facts(config::MapReader& map, const config::Node& node,
                               config::Complaints& complaints);

}  // namespace roofbeam
