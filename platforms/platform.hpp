// The hardware: engines, memory levels, storage, energy, as read from a YAML descriptor.
//
// docs/platform_schema.md describes the file. Peaks are never typed: an engine's MACs per cycle
// follow from pipes, vector width and MACs per 32-bit lane.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/node.hpp"
#include "core/config/reader.hpp"
#include "core/quantity/quantity.hpp"
#include "platforms/precision.hpp"

namespace roofbeam {

using config::Sourced;

enum class EngineKind : std::uint8_t { cpu, gpu, mcu, npu };
[[nodiscard]] std::string_view to_text(EngineKind);

// A compute unit. All figures are for one core (a GPU's core is a compute unit or shader core).
struct Engine {
  std::string name;
  EngineKind kind = EngineKind::cpu;
  std::string core;  // "cortex-a76": the core type that the descriptor names; empty if none
  Sourced<int> cores{1, {}};
  Sourced<Hertz> clock;
  Sourced<int> pipes{1, {}};         // units that start one vector instruction each cycle
  Sourced<int> vector_bits{32, {}};  // width of one pipe
  // Peak multiply-adds of one core in one cycle: pipes x vector_bits / 32 x macs_per_lane, or as
  // stated under macs_per_cycle. Absent: the engine has no instructions for this precision.
  PerPrecision<double> macs_per_cycle;
  // Instructions that one core starts each cycle: 2 for a dual-issue microcontroller. It counts as
  // far as a runtime's kernels fill the further slots (Runtime::pairing).
  Sourced<double> issue{1.0, {}};
  // Share of memory time hidden behind compute time: 1 the longer of both, 0 their sum.
  Sourced<double> overlap{1.0, {}};
  Sourced<Seconds> launch;   // hardware and driver cost of one kernel launch; 0 on a CPU
  Sourced<Seconds> submit;   // of handing over work and waiting for its end, once an inference
  std::string architecture;  // of a GPU, one of architecture_words(); "" if not known
  PerPrecision<Sourced<JoulesPerMac>> mac_energy;  // arithmetic alone
  // Above idle while the engine works, whatever the cores in use. Not a number where the descriptor
  // states neither power nor the energy of a multiply-add: then so is every energy that follows.
  Sourced<Watts> active;
  Sourced<Watts> core_active;  // above idle for each core in use
  std::string runtime;         // the profile used when the user names none

  [[nodiscard]] MacsPerSecond peak(Precision precision, int cores_used) const;  // 0 if absent
  [[nodiscard]] bool energy_known() const { return !std::isnan(active.value.si()); }
};

// One level of the hierarchy. A cache is filled by hardware; a memory holds what is placed in it.
struct MemoryLevel {
  enum class Kind : std::uint8_t { cache, memory };
  std::string name;  // "L1", "SLC", "DTCM", "DRAM", "flash"
  Kind kind = Kind::cache;
  std::vector<std::string> engines;  // that use it; empty: all
  bool per_core = false;             // every core has one of this size and bandwidth
  Sourced<Bytes> size;
  Sourced<BytesPerSecond> bandwidth;   // peak of one such level, all its users together
  Sourced<double> sustained{1.0, {}};  // share of the peak that programs reach
  std::optional<Sourced<BytesPerSecond>> core_bandwidth;  // what one core can draw at most
  Sourced<JoulesPerByte> energy;
  bool holds_activations = false;  // memories only
  bool holds_weights = false;      // memories only
  bool cached = true;              // memories only: accesses pass the caches (false for TCM)

  [[nodiscard]] bool serves(const Engine& engine) const;
  // What this many cores of one engine get: bandwidth x sustained of the level, or of each core's
  // own one, and at most core_bandwidth for each core.
  [[nodiscard]] BytesPerSecond bandwidth_for(int cores_used) const;
  [[nodiscard]] Bytes size_for(int cores_used) const;  // all cores' own ones together
};

struct Storage {
  std::string name;  // "NVMe"
  Sourced<Bytes> size;
  Sourced<BytesPerSecond> bandwidth;
};

struct Platform {
  std::string name;
  std::string title;
  std::string picture;              // the ASCII picture: comment lines on top of the file
  std::vector<Engine> engines;      // the first is used when the user names none
  std::vector<MemoryLevel> memory;  // nearest first
  std::optional<Storage> storage;
  Sourced<Watts> idle;
  std::optional<Sourced<Watts>> budget;  // average power that the platform can sustain
  std::vector<std::string> assumptions;  // what the descriptor left out and we filled in

  // Throws InputError listing the engines and the nearest name. Empty name: the first engine.
  [[nodiscard]] const Engine& engine(std::string_view name) const;
  // Levels that serve an engine, nearest first.
  [[nodiscard]] std::vector<const MemoryLevel*> levels(const Engine& engine) const;
};

// A setting of the user's: a dotted path and a value ("memory.DRAM.bandwidth", "34 GB/s").
struct Setting {
  std::string path;
  std::string value;
  std::optional<config::Node> node = {};  // the value as a file has it, with its place; else
                                          // `value` is read
  std::optional<double> times = {};       // what the descriptor states, multiplied; at node's place
};

// Names of the platforms that ship with Roofbeam, sorted.
[[nodiscard]] std::vector<std::string> catalog_platforms();

// By name from the catalogue, or by path of a YAML file (anything with a '/' or ending in .yaml or
// .yml). What `extends: NAME` names is merged below it first (a path is taken from the file's own
// folder), then each `core: NAME` of its engines; settings are written last. Throws InputError with
// all complaints.
[[nodiscard]] Platform load_platform(const std::string& name_or_path,
                                     const std::vector<Setting>& settings = {});
// The YAML text of a catalogue platform or a file, as it stands; variants unmerged.
[[nodiscard]] std::string platform_text(const std::string& name_or_path);
// A whole descriptor, merged and set. The picture is that of the file that states `platform`.
[[nodiscard]] Platform read_platform(const config::Node& root);

}  // namespace roofbeam
