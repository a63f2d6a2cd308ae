#include "scenarios/loading/changes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string>

#include "core/nearest.hpp"
#include "scenarios/network_changes.hpp"
#include "scenarios/run_changes.hpp"

namespace roofbeam {
namespace {

using config::Complaints;
using config::Node;
using Room = Change::Room;

constexpr std::array<std::string_view, 4> kRooms = {"network", "platform", "runtime", "run"};

void complain_no_room(const config::Entry& entry, Complaints& complaints) {
  const std::vector<std::string> rooms(kRooms.begin(), kRooms.end());
  const std::string first = entry.key.substr(0, entry.key.find('.'));
  const auto near = first == entry.key ? std::nullopt : nearest(first, rooms);
  complaints.add(
      entry.key_mark,
      fmt::format("'{}': a path begins with network., platform., runtime. or run.", entry.key),
      near ? fmt::format("did you mean '{}{}'?", *near, entry.key.substr(first.size()))
           : fmt::format("did you mean 'platform.{}'?", entry.key));
}

// Keys of networks and runs are known; those of platforms and runtimes are what their files have.
void check_key(const config::Entry& entry, const Change& change, Complaints& complaints) {
  if (change.room != Room::network && change.room != Room::run) return;
  const auto known = change.room == Room::network ? network_keys() : run_keys();
  if (std::ranges::find(known, change.path) != known.end()) return;
  const auto near = nearest(change.path, known);
  complaints.add(entry.key_mark, fmt::format("a {} has no '{}'", to_text(change.room), change.path),
                 near ? fmt::format("did you mean '{}.{}'?", to_text(change.room), *near)
                      : fmt::format("it has: {}", fmt::join(known, ", ")));
}

// The factor of {times: FACTOR}.
std::optional<double> factor_of(const Node& value, Complaints& complaints) {
  const Node* times = value.find("times");
  if (times == nullptr || value.entries.size() != 1) return std::nullopt;
  return config::read_value<double>(*times, "times", complaints).value;
}

}  // namespace

std::string_view to_text(Room room) { return kRooms[static_cast<std::size_t>(room)]; }

std::optional<RoomPath> room_path(std::string_view path) {
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  for (std::size_t i = 0; i < kRooms.size(); ++i) {
    if (path.substr(0, dot) == kRooms[i]) {
      return RoomPath{static_cast<Room>(i), std::string(path.substr(dot + 1))};
    }
  }
  return std::nullopt;
}

bool is_path_key(std::string_view key) { return room_path(key).has_value(); }

std::optional<Change> read_change(const config::Entry& entry, Complaints& complaints,
                                  std::optional<Room> plain) {
  auto place = room_path(entry.key);
  if (!place && plain) place = RoomPath{*plain, entry.key};
  if (!place) {
    complain_no_room(entry, complaints);
    return std::nullopt;
  }
  Change change{place->room, place->path, entry.value, factor_of(entry.value, complaints)};
  check_key(entry, change, complaints);
  const bool scalable = change.room == Room::platform || change.room == Room::runtime;
  if (change.times && !scalable) {
    complaints.add(entry.value.mark,
                   fmt::format("{}: factors are for platforms and runtimes", entry.key),
                   "write the values");
  }
  return change;
}

std::vector<Change> read_changes(const Node& map, Complaints& complaints,
                                 std::optional<Room> plain) {
  std::vector<Change> changes;
  for (const config::Entry& entry : map.entries) {
    if (auto change = read_change(entry, complaints, plain)) changes.push_back(std::move(*change));
  }
  return changes;
}

Facts read_facts(config::MapReader& map, const Node& node, Complaints& complaints) {
  Facts facts;
  if (const auto accuracy = map.optional<double>("accuracy")) {
    facts.accuracy = accuracy->value;
    if (accuracy->value > 1) {
      complaints.add(node.find("accuracy")->mark, "accuracy: more than 1",
                     "write a share such as 0.885 or 88.5 %");
    }
  }
  if (const auto size = map.optional<Bytes>("size")) facts.size = size->value;
  return facts;
}

}  // namespace roofbeam
