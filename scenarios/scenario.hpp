// A what-if question as data: networks, platforms, axes to vary, what is required and what is
// wanted. docs/scenario_schema.md describes the file.
//
// Everything that differs between cases is a value of an axis: which network, platform, runtime and
// stage of the pipeline, and what `vary` lists. A value is a list of changes to four rooms.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/node.hpp"
#include "core/quantity/quantity.hpp"
#include "scenarios/requirement.hpp"

namespace roofbeam {

// What no forecast knows.
struct Facts {
  std::optional<double> accuracy;  // a share
  std::optional<Bytes> size;       // of the stored network
};

// One thing that is changed: `network.width`, `platform.memory.DRAM.bandwidth`, `run.batch`.
struct Change {
  enum class Room : std::uint8_t { network, platform, runtime, run };
  Room room = Room::platform;
  std::string path;             // inside the room: "memory.DRAM.bandwidth"
  config::Node value;           // with its place in the file
  std::optional<double> times;  // a factor of what is stated instead of a value
};
[[nodiscard]] std::string_view to_text(Change::Room);

struct ScenarioNetwork {
  std::string name;
  std::string onnx;                           // path as seen from where the program runs
  std::map<std::string, std::int64_t> dims;   // of symbolic dimensions
  std::map<std::string, std::int64_t> trips;  // of loops
  std::vector<Change> rewrites;
  Facts facts;
  config::Mark mark;
};

struct ScenarioPlatform {
  std::string name;      // for people, and the value of the axis
  std::string platform;  // for load_platform
  std::string engine;    // empty: the platform's first
  std::string runtime;   // for load_runtime; empty: the engine's
  std::vector<Change> changes;
  config::Mark mark;
};

struct ScenarioRuntime {
  std::string name;
  std::string runtime;  // for load_runtime
  std::vector<Change> changes;
  config::Mark mark;
};

struct AxisValue {
  std::string text;  // as written: "15 GB/s"
  config::Mark mark;
  std::optional<std::size_t> network;  // of Scenario::networks
  std::optional<std::size_t> platform;
  std::optional<std::size_t> runtime;
  std::vector<Change> changes;
  Facts facts;
};

struct ScenarioAxis {
  std::string name;
  std::vector<AxisValue> values;  // at least one, their texts differ
  config::Mark mark;
};

// A value of each axis: AxisValue indices, in the order of Scenario::axes; kNoDigit where an axis
// does not act.
using Digits = std::vector<std::size_t>;
inline constexpr std::size_t kNoDigit = static_cast<std::size_t>(-1);

// "when: {platform: cortex-m7, network.precision: [int8, fp16]}"; holds if all its axes do.
struct Condition {
  struct OnAxis {
    std::size_t axis = 0;
    std::vector<bool> values;  // of the axis: whether it holds there
  };
  std::vector<OnAxis> axes;  // none: always holds; not where one does not act
  std::string text;          // "platform cortex-m7"

  [[nodiscard]] bool holds(const Digits& digits) const;
};

struct GivenFacts {
  Condition when;
  Facts facts;
};

struct ConditionalRequirement {
  Condition when;
  Requirement requirement;  // whose text says when it holds
};

// A step of the pipeline. The k-th value of the axis `stage` has taken the first k of them.
struct Stage {
  std::string name;
  std::optional<std::size_t> network;  // goes on with this one
  std::optional<std::size_t> runtime;
  std::vector<Change> changes;
  Facts facts;
};

struct Scenario {
  std::string name;
  std::string title;
  std::vector<ScenarioNetwork> networks;
  std::vector<ScenarioPlatform> platforms;
  std::vector<ScenarioRuntime> runtimes;  // of the axis and of stages
  std::vector<Change> changes;            // of every case: `run` and --set
  std::vector<Stage> pipeline;
  std::vector<ScenarioAxis>
      axes;  // network, platform, then runtime and stage if there are any, then vary
  std::vector<GivenFacts> given;  // the last that holds wins, fact by fact
  std::vector<Condition> exclude;
  std::vector<ConditionalRequirement> requirements;
  std::vector<Objective> objectives;  // unless stated: latency, energy, memory
  bool must_fit = true;

  [[nodiscard]] std::optional<std::size_t> axis(std::string_view axis_name) const;
};

// Reads a file and those that it includes. Throws InputError with up to ten complaints, each with
// its place. Paths (of networks, platforms, runtimes, included files) are seen from the file that
// states them. Whether platforms, networks and dotted paths exist is found out when the scenario is
// used (scenarios/case_reader.hpp).
[[nodiscard]] Scenario load_scenario(const std::string& path);
// `root`: a file as parsed, its includes merged below it.
[[nodiscard]] Scenario read_scenario(const config::Node& root);
// A file with what it includes merged below it. Throws InputError: a file that cannot be read, an
// include that comes back to where it was, more than 16 deep.
[[nodiscard]] config::Node load_with_includes(const std::string& path);

// "15 GB/s" of a plain value, of one with its origin, "weights: int8, layers: head*" of a map.
[[nodiscard]] std::string value_text(const config::Node& value);

// "platform.memory.DRAM.bandwidth" into its room and the rest; nothing if it begins with no room.
struct RoomPath {
  Change::Room room;
  std::string path;
};
[[nodiscard]] std::optional<RoomPath> room_path(std::string_view path);

}  // namespace roofbeam
